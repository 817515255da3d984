package dev.usher.replica;

import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a node that drains free of leaderships: hands each to another voter, the first time and
 * whenever an election brings one back. A leadership that no other voter can take stays.
 */
final class Drainer {
  sealed interface Command {}

  /** Drain, or serve again. */
  record Drain(boolean on) implements Command {}

  private enum Look implements Command {
    NOW
  }

  private record Seen(ClusterView cluster) implements Command {}

  /** What the drainer needs of its node. */
  interface Node {
    NodeId self();

    /** The groups that this node leads. */
    Set<GroupId> led();

    CompletionStage<List<PeerStatus>> statusOfAll();

    CompletionStage<TransferResult> transferLeadership(GroupId group, Optional<NodeId> target);
  }

  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final Node node;

  private Drainer(ActorContext<Command> context, TimerScheduler<Command> timers, Node node) {
    this.context = context;
    this.timers = timers;
    this.node = node;
  }

  static Behavior<Command> create(Node node) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  context.setLoggerName(Drainer.class);
                  return new Drainer(context, timers, node).serving();
                }));
  }

  private Behavior<Command> serving() {
    return Behaviors.receive(Command.class)
        .onMessage(Drain.class, drain -> drain.on() ? drain() : Behaviors.same())
        .onAnyMessage(stale -> Behaviors.same())
        .build();
  }

  private Behavior<Command> drain() {
    context.getLog().info("draining=on leads={}", node.led());
    timers.startTimerWithFixedDelay(Look.NOW, Duration.ZERO, LOOK_EVERY);
    return draining(false);
  }

  /** One look at the others is under way at a time. */
  private Behavior<Command> draining(boolean looking) {
    return Behaviors.receive(Command.class)
        .onMessage(Drain.class, drain -> drain.on() ? Behaviors.same() : serveAgain())
        .onMessage(Look.class, look -> looking || node.led().isEmpty() ? Behaviors.same() : look())
        .onMessage(Seen.class, this::handOver)
        .build();
  }

  private Behavior<Command> look() {
    context.pipeToSelf(
        node.statusOfAll(),
        (@Nullable List<PeerStatus> all, @Nullable Throwable failed) ->
            new Seen(ClusterView.of(all == null ? List.of() : all)));
    return draining(true);
  }

  private Behavior<Command> handOver(Seen seen) {
    for (GroupId group : node.led()) {
      seen.cluster()
          .successor(group, node.self())
          .ifPresent(
              target -> {
                var unused = node.transferLeadership(group, Optional.of(target));
              });
    }
    return draining(false);
  }

  private Behavior<Command> serveAgain() {
    context.getLog().info("draining=off");
    timers.cancel(Look.NOW);
    return serving();
  }
}
