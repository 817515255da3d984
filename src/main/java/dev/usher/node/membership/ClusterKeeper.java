package dev.usher.node.membership;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.BehaviorBuilder;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Brings the clustered system into the cluster and back. There are no fixed seed nodes (measured: a
 * first seed, restarted while it was cut off, formed a cluster of its own and never merged).
 * Instead a node without a cluster, every 300 ms:
 *
 * <ol>
 *   <li>asks its peers; if one has a cluster address, joins it;
 *   <li>else, if it believed itself the leader of the system group before it asked, shows its own
 *       address (FORMING), then has its leadership confirmed by a quorum, then joins itself.
 * </ol>
 *
 * <p>Two nodes can't both form: if A was confirmed and B was elected later, then A showed its
 * address before B was elected, so before B asked, and B joins A. If B was elected before A's
 * confirmation began, that confirmation fails. What remains is that B could not reach A when it
 * asked: the clusters of A and B then find each other as follows. A node whose cluster is not a
 * majority of all nodes keeps asking; when a majority is elsewhere, or some peer is and this node
 * doesn't lead, it starts anew and joins there.
 *
 * <p>Only members of the groups belong to the cluster: a node that waits to be added keeps away,
 * and one that was removed leaves.
 */
final class ClusterKeeper {
  static final Duration TICK = Duration.ofMillis(300);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(1);
  private static final Duration JOIN_WITHIN = Duration.ofSeconds(2);
  private static final Duration LOOK_ROUND_EVERY = Duration.ofSeconds(2);

  sealed interface Command {}

  /** Leaves the cluster and ends. */
  record Stop(ActorRef<Done> replyTo) implements Command {}

  record Tick() implements Command {}

  private record PeersAnswered(int round, List<String> addresses) implements Command {}

  private record Confirmed(boolean leader) implements Command {}

  private record JoinTookTooLong() implements Command {}

  private record LookRound() implements Command {}

  record Terminated(Incarnation incarnation) implements Command {}

  record DeadlinePassed() implements Command {}

  record Started(Incarnation incarnation) implements Command {}

  record StartFailed(String message) implements Command {}

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final ClusteredSystem.Hands hands;
  private final Passage passage;
  private Incarnation incarnation;
  private int joins;
  private int rounds;

  private ClusterKeeper(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ClusteredSystem.Hands hands,
      Incarnation first) {
    this.context = context;
    this.timers = timers;
    this.hands = hands;
    this.passage = new Passage(context, timers, hands, this::live);
    this.incarnation = first;
  }

  static Behavior<Command> create(ClusteredSystem.Hands hands, Incarnation first) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new ClusterKeeper(context, timers, hands, first).live(first)));
  }

  private Behavior<Command> live(Incarnation next) {
    incarnation = next;
    context.pipeToSelf(next.system().getWhenTerminated(), (done, failure) -> new Terminated(next));
    timers.startTimerAtFixedRate(new Tick(), Duration.ZERO, TICK);
    return seeking();
  }

  private Behavior<Command> seeking() {
    show(hands.peers().belongs() ? Membership.SEEKING : Membership.APART);
    return running()
        .onMessage(Tick.class, tick -> hands.peers().belongs() ? ask() : seeking())
        .build();
  }

  private Behavior<Command> ask() {
    boolean leads = hands.peers().leads();
    askPeers();
    return running()
        .onMessage(
            PeersAnswered.class,
            answer -> {
              if (answer.round() != rounds) {
                return Behaviors.same();
              }
              var elsewhere = elsewhere(answer.addresses());
              if (!elsewhere.isEmpty()) {
                return join(elsewhere.get(joins++ % elsewhere.size()));
              }
              return leads ? confirm() : seeking();
            })
        .build();
  }

  private Behavior<Command> confirm() {
    show(Membership.FORMING);
    context.pipeToSelf(
        within(hands.peers().leadershipConfirmed().toCompletableFuture()),
        (leader, failure) -> new Confirmed(failure == null && leader));
    return running()
        .onMessage(
            Confirmed.class,
            answer -> answer.leader() ? join(hands.settings().address()) : seeking())
        .build();
  }

  private Behavior<Command> join(String address) {
    boolean forming = address.equals(hands.settings().address());
    context.getLog().info("cluster={} peer={}", forming ? "form" : "join", address);
    show(forming ? Membership.FORMING : Membership.JOINING);
    incarnation.join(address);
    timers.startSingleTimer(new JoinTookTooLong(), JOIN_WITHIN);
    return running()
        .onMessage(Tick.class, tick -> incarnation.isUp() ? up() : Behaviors.same())
        .onMessage(JoinTookTooLong.class, late -> joinTookTooLong())
        .build();
  }

  private Behavior<Command> joinTookTooLong() {
    if (incarnation.isOutside()) {
      return seeking();
    }
    // Welcomed already, and waiting to become Up: that takes as long as an unreachable member does.
    timers.startSingleTimer(new JoinTookTooLong(), JOIN_WITHIN);
    return incarnation.isLost() ? passage.lost(incarnation) : Behaviors.same();
  }

  private Behavior<Command> up() {
    context.getLog().info("cluster=up members={}", incarnation.members());
    show(Membership.UP);
    timers.cancel(new JoinTookTooLong());
    timers.startTimerWithFixedDelay(new LookRound(), LOOK_ROUND_EVERY);
    return running()
        .onMessage(Tick.class, tick -> stay())
        .onMessage(LookRound.class, look -> lookRound())
        .onMessage(
            PeersAnswered.class,
            answer ->
                belongsElsewhere(answer.addresses()) ? passage.lost(incarnation) : Behaviors.same())
        .build();
  }

  private Behavior<Command> stay() {
    if (incarnation.isLost()) {
      return passage.lost(incarnation);
    }
    return hands.peers().belongs() ? Behaviors.same() : passage.leave(incarnation);
  }

  private Behavior<Command> lookRound() {
    if (!isMajority(incarnation.members().size())) {
      askPeers();
    }
    return Behaviors.same();
  }

  private boolean belongsElsewhere(List<String> addresses) {
    var members = incarnation.members();
    long elsewhere = addresses.stream().filter(address -> !members.contains(address)).count();
    return !isMajority(members.size())
        && (isMajority(elsewhere) || (elsewhere > 0 && !hands.peers().leads()));
  }

  /** What every state of a running system does. */
  private BehaviorBuilder<Command> running() {
    return Behaviors.receive(Command.class)
        .onMessage(
            Terminated.class,
            ended -> ended.incarnation().equals(incarnation) ? passage.restart() : Behaviors.same())
        .onMessage(Stop.class, stop -> passage.stop(stop, incarnation));
  }

  private void askPeers() {
    int round = ++rounds;
    context.pipeToSelf(
        within(hands.peers().clusterAddresses().toCompletableFuture()),
        (addresses, failure) -> new PeersAnswered(round, failure == null ? addresses : List.of()));
  }

  private List<String> elsewhere(List<String> addresses) {
    return addresses.stream()
        .filter(address -> !address.isEmpty() && !address.equals(hands.settings().address()))
        .sorted()
        .toList();
  }

  private boolean isMajority(long count) {
    return count * 2 > hands.peers().count();
  }

  private void show(Membership membership) {
    hands.show(membership);
  }

  private static <T> CompletableFuture<T> within(CompletableFuture<T> stage) {
    return stage.copy().orTimeout(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
  }
}
