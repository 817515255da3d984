package dev.usher.booking;

import dev.usher.raft.NodeId;
import dev.usher.seats.SeatGroups;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/** What all sagas of a node share. */
public final class SagaShare {
  private final NodeId home;
  private final SessionCheck sessions;
  private final SagaSteps steps;
  private final Cancellations cancellations;
  private final AwaitedBuyers awaited;
  private final SagaSettings settings;
  private final LongSupplier wallClock;
  private final Semaphore lingering;

  /**
   * @param home this node
   * @param awaited gets the sagas that wait for their buyer
   * @param wallClock milliseconds since 1970
   */
  public SagaShare(
      NodeId home,
      SessionCheck sessions,
      SeatGroups seats,
      SagaSteps steps,
      DebtPayer debts,
      AwaitedBuyers awaited,
      SagaSettings settings,
      LongSupplier wallClock) {
    this.home = home;
    this.sessions = sessions;
    this.steps = steps;
    this.cancellations = new Cancellations(sessions, seats, debts);
    this.awaited = awaited;
    this.settings = settings;
    this.wallClock = wallClock;
    this.lingering = new Semaphore(settings.lingering());
  }

  NodeId home() {
    return home;
  }

  SessionCheck sessions() {
    return sessions;
  }

  SagaSteps steps() {
    return steps;
  }

  Cancellations cancellations() {
    return cancellations;
  }

  AwaitedBuyers awaited() {
    return awaited;
  }

  SagaSettings settings() {
    return settings;
  }

  LongSupplier wallClock() {
    return wallClock;
  }

  Semaphore lingering() {
    return lingering;
  }
}
