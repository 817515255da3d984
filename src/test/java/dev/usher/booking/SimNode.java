package dev.usher.booking;

import dev.usher.booking.SagaEvent.Declined;
import dev.usher.booking.SagaEvent.Intended;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A node whose sagas run in a simulation: does what {@code BookingSaga} does, with the real {@link
 * SagaFlow} and {@link SagaSteps}, and dies at a step when it is told to.
 */
final class SimNode {
  /** When something breaks: before a step is done, or when it is done and nobody has heard. */
  enum When {
    BEFORE,
    AFTER
  }

  /** Told at every step; may kill this node. */
  interface Watcher {
    void at(SimNode node, CrashPoint point, When when);
  }

  private final SimHouse house;
  private final SagaFlow flow = new SagaFlow(SagaSettings.DEFAULT);
  private final Watcher watcher;
  private final Set<String> running = new HashSet<>();
  private final List<CrashPoint> steps = new ArrayList<>();
  private boolean alive = true;

  SimNode(SimHouse house, Watcher watcher) {
    this.house = house;
    this.watcher = watcher;
  }

  void die() {
    alive = false;
  }

  boolean isAlive() {
    return alive;
  }

  boolean runs(String bookingId) {
    return alive && running.contains(bookingId);
  }

  List<CrashPoint> steps() {
    return List.copyOf(steps);
  }

  /** A buyer asks; hears of the end only while this node lives. */
  void book(Wanted wanted, Consumer<Bookings.Result> answer) {
    begin(wanted.bookingId(), Optional.of(wanted), answer, false);
  }

  void wake(String bookingId) {
    begin(bookingId, Optional.empty(), result -> {}, false);
  }

  private void begin(
      String bookingId,
      Optional<Wanted> wanted,
      Consumer<Bookings.Result> answer,
      boolean caughtUp) {
    running.add(bookingId);
    house
        .recover(bookingId, caughtUp)
        .whenComplete(
            (memory, failure) -> {
              if (failure != null) {
                house.clock.after(
                    SagaSettings.DEFAULT.maxBackoff(),
                    () -> begin(bookingId, wanted, answer, caughtUp));
                return;
              }
              var run = new Run(bookingId, wanted, answer, memory.lastNumber());
              switch (memory.saga()) {
                case SagaMemory.Nothing nothing ->
                    wanted.ifPresentOrElse(
                        order ->
                            run.take(
                                new SagaStep.Check(
                                    order, true, SagaSettings.DEFAULT.stepTimeout())),
                        () -> running.remove(bookingId));
                case SagaMemory.Open(var intent) -> run.take(flow.resume(intent));
                case SagaMemory.Ended(var intent, var declined) ->
                    run.take(
                        flow.next(
                            new SagaStep.Decline(
                                intent, declined.declineCode(), declined.message()),
                            new SagaAnswer.Persisted(),
                            house.clock.nowMs()));
              }
            });
  }

  private final class Run {
    private final String bookingId;
    private final Optional<Wanted> asked;
    private final Consumer<Bookings.Result> answer;
    private long lastNumber;

    Run(
        String bookingId,
        Optional<Wanted> asked,
        Consumer<Bookings.Result> answer,
        long lastNumber) {
      this.bookingId = bookingId;
      this.asked = asked;
      this.answer = answer;
      this.lastNumber = lastNumber;
    }

    void take(SagaStep step) {
      if (alive) {
        house.clock.after(step.pause(), () -> act(step));
      }
    }

    private void act(SagaStep step) {
      if (!alive) {
        return;
      }
      steps.add(step.point());
      watcher.at(SimNode.this, step.point(), When.BEFORE);
      if (!alive) {
        return;
      }
      switch (step) {
        case SagaStep.Intend(var intent) -> write(step, new Intended(intent));
        case SagaStep.Decline(var intent, var code, var message) ->
            write(step, new Declined(code, message));
        case SagaStep.End end -> end(end);
        case SagaStep.Outward outward ->
            house.steps.perform(outward).thenAccept(result -> done(step, result));
      }
    }

    private void write(SagaStep step, SagaEvent event) {
      house
          .persist(bookingId, ++lastNumber, event)
          .whenComplete(
              (written, failure) -> {
                if (failure == null) {
                  done(step, new SagaAnswer.Persisted());
                } else if (alive) {
                  begin(bookingId, asked, answer, true);
                }
              });
    }

    private void done(SagaStep step, SagaAnswer result) {
      if (!alive) {
        return;
      }
      watcher.at(SimNode.this, step.point(), When.AFTER);
      take(flow.next(step, result, house.clock.nowMs()));
    }

    private void end(SagaStep.End end) {
      running.remove(bookingId);
      if (end.settled() && lastNumber > 0) {
        house.delete(bookingId, lastNumber);
      }
      watcher.at(SimNode.this, CrashPoint.END, When.AFTER);
      if (alive) {
        answer.accept(end.interim());
      }
    }
  }
}
