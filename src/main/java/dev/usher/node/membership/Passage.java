package dev.usher.node.membership;

import dev.usher.node.membership.ClusterKeeper.Command;
import dev.usher.node.membership.ClusterKeeper.DeadlinePassed;
import dev.usher.node.membership.ClusterKeeper.StartFailed;
import dev.usher.node.membership.ClusterKeeper.Started;
import dev.usher.node.membership.ClusterKeeper.Stop;
import dev.usher.node.membership.ClusterKeeper.Terminated;
import dev.usher.node.membership.ClusterKeeper.Tick;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** The {@link ClusterKeeper} between two lives of the clustered system, and after the last. */
final class Passage {
  static final Duration STOP_WITHIN = Duration.ofSeconds(5);
  private static final int START_ATTEMPTS = 10;

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final ClusteredSystem.Hands hands;
  private final Function<Incarnation, Behavior<Command>> next;

  /**
   * Begins nothing yet.
   *
   * @param next what the keeper does with a new life
   */
  Passage(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ClusteredSystem.Hands hands,
      Function<Incarnation, Behavior<Command>> next) {
    this.context = context;
    this.timers = timers;
    this.hands = hands;
    this.next = next;
  }

  /** Downed, or alone while the others are together: end this life within the deadline. */
  Behavior<Command> lost(Incarnation incarnation) {
    context.getLog().warn("cluster=lost status={} next=restart", incarnation.status());
    hands.show(Membership.RESTARTING);
    timers.cancelAll();
    timers.startSingleTimer(new DeadlinePassed(), STOP_WITHIN);
    incarnation.system().terminate();
    return Behaviors.receive(Command.class)
        .onMessage(Terminated.class, ended -> restart())
        .onMessage(DeadlinePassed.class, late -> giveUp("the clustered system did not end in time"))
        .onMessage(Stop.class, stop -> stop(stop, incarnation))
        .onAnyMessage(stale -> Behaviors.same())
        .build();
  }

  /** Not a member of the groups any more: hand the shards over, and wait to be added again. */
  Behavior<Command> leave(Incarnation incarnation) {
    context.getLog().info("cluster=leave");
    end(incarnation, Membership.APART);
    return Behaviors.receive(Command.class)
        .onMessage(Terminated.class, ended -> apart())
        .onMessage(
            DeadlinePassed.class,
            late -> {
              incarnation.system().terminate();
              return Behaviors.same();
            })
        .onMessage(Stop.class, stop -> stop(stop, incarnation))
        .onAnyMessage(stale -> Behaviors.same())
        .build();
  }

  private Behavior<Command> apart() {
    timers.cancelAll();
    timers.startTimerWithFixedDelay(new Tick(), ClusterKeeper.TICK);
    return Behaviors.receive(Command.class)
        .onMessage(Tick.class, tick -> hands.peers().belongs() ? restart() : Behaviors.same())
        .onMessage(Stop.class, Passage::stopped)
        .onAnyMessage(stale -> Behaviors.same())
        .build();
  }

  /** Starts the next life. */
  Behavior<Command> restart() {
    hands.show(Membership.RESTARTING);
    return restart(START_ATTEMPTS);
  }

  private Behavior<Command> restart(int attempts) {
    timers.cancelAll();
    // Binding and starting take a second: not on the dispatcher that everybody shares.
    var blocking = context.getSystem().dispatchers().lookup(DispatcherSelector.blocking());
    context.pipeToSelf(
        CompletableFuture.supplyAsync(hands::incarnate, blocking),
        (started, failure) ->
            failure == null ? new Started(started) : new StartFailed(String.valueOf(failure)));
    return Behaviors.receive(Command.class)
        .onMessage(Started.class, started -> next.apply(started.incarnation()))
        .onMessage(StartFailed.class, failed -> startFailed(failed, attempts - 1))
        .onMessage(Stop.class, this::stopWhenStarted)
        .onAnyMessage(stale -> Behaviors.same())
        .build();
  }

  /** The old life's port may be free only a moment later. */
  private Behavior<Command> startFailed(StartFailed failed, int attemptsLeft) {
    context.getLog().warn("cluster=restart-failed attempts-left={} {}", attemptsLeft, failed);
    if (attemptsLeft == 0) {
      return giveUp(failed.message());
    }
    timers.startSingleTimer(new Tick(), ClusterKeeper.TICK);
    return Behaviors.receive(Command.class)
        .onMessage(Tick.class, tick -> restart(attemptsLeft))
        .onMessage(Stop.class, Passage::stopped)
        .onAnyMessage(stale -> Behaviors.same())
        .build();
  }

  private Behavior<Command> giveUp(String why) {
    context.getLog().error("cluster=given-up next=halt reason={}", why);
    hands.giveUp();
    return Behaviors.stopped();
  }

  private Behavior<Command> stopWhenStarted(Stop stop) {
    return Behaviors.receive(Command.class)
        .onMessage(
            Started.class,
            started -> {
              var incarnation = started.incarnation();
              context.pipeToSelf(
                  incarnation.system().getWhenTerminated(),
                  (done, failure) -> new Terminated(incarnation));
              return stop(stop, incarnation);
            })
        .onMessage(StartFailed.class, failed -> stopped(stop))
        .onAnyMessage(stale -> Behaviors.same())
        .build();
  }

  /** Leaves the cluster and ends the keeper. */
  Behavior<Command> stop(Stop stop, Incarnation incarnation) {
    end(incarnation, Membership.STOPPED);
    return Behaviors.receive(Command.class)
        .onMessage(Terminated.class, ended -> stopped(stop))
        .onMessage(
            DeadlinePassed.class,
            late -> {
              incarnation.system().terminate();
              return stopped(stop);
            })
        .onAnyMessage(stale -> Behaviors.same())
        .build();
  }

  private void end(Incarnation incarnation, Membership shown) {
    hands.show(shown);
    timers.cancelAll();
    timers.startSingleTimer(new DeadlinePassed(), STOP_WITHIN);
    CoordinatedShutdown.get(incarnation.system()).runAll(EndedByNode.INSTANCE);
  }

  private static Behavior<Command> stopped(Stop stop) {
    stop.replyTo().tell(Done.getInstance());
    return Behaviors.stopped();
  }

  private enum EndedByNode implements CoordinatedShutdown.Reason {
    INSTANCE
  }
}
