package dev.usher.replica;

import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * A group as this node offers it to the house. On the leader a proposal takes one hop to the {@link
 * RaftActor} and its answer one hop back; everything that goes otherwise is the {@link Retrier}'s.
 */
final class GroupReplica<V> implements Replica<V>, Retrier.Tries {
  /**
   * What a replica works with.
   *
   * @param callbacks completes the futures
   * @param inFlightMax proposals, and as many reads
   */
  record Parts<V>(
      GroupId group,
      NodeId self,
      Clock clock,
      Forwarder forwarder,
      ActorRef<StateMachineActor.Command<V>> machine,
      Executor callbacks,
      int inFlightMax) {}

  /** The actors that can only be made when the replica is there. */
  private record Actors(ActorRef<RaftActor.Command> raft, ActorRef<Retrier.Command> retrier) {}

  private static final Duration TIMEOUT_MAX = Duration.ofDays(1);

  private final Parts<V> parts;
  private final CompletableFuture<Actors> actors = new CompletableFuture<>();
  private final Set<Attempt> underWay = ConcurrentHashMap.newKeySet();
  private final AtomicInteger proposals = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();
  private volatile Leadership leadership = Leadership.UNKNOWN;

  GroupReplica(Parts<V> parts) {
    this.parts = parts;
  }

  /** Must be called before the first proposal or read. */
  void connect(ActorRef<RaftActor.Command> raft, ActorRef<Retrier.Command> retrier) {
    actors.complete(new Actors(raft, retrier));
  }

  void leadershipChanged(Leadership now) {
    leadership = now;
    if (actors.isDone()) {
      retrier().tell(Retrier.LeaderChanged.NOW);
    }
  }

  @Override
  public GroupId group() {
    return parts.group();
  }

  @Override
  public CompletionStage<Outcome> propose(Proposal proposal, Duration timeout) {
    if (proposals.incrementAndGet() > parts.inFlightMax()) {
      proposals.decrementAndGet();
      return CompletableFuture.completedFuture(new Outcome.Rejected(Outcome.Reason.OVERLOADED));
    }
    ProposalAttempt attempt =
        new ProposalAttempt(
            EnvelopeCodec.encode(proposal), !proposal.requestKey().isEmpty(), deadlineMs(timeout));
    return begin(
        attempt,
        attempt.outcome(),
        () -> {
          proposals.decrementAndGet();
          forget(attempt);
        });
  }

  private void forget(ProposalAttempt attempt) {
    if (attempt.forwardId() != 0) {
      parts.forwarder().forget(attempt.forwardId());
    }
  }

  @Override
  public <R> CompletionStage<R> read(Function<V, R> query, Duration timeout) {
    if (reads.incrementAndGet() > parts.inFlightMax()) {
      reads.decrementAndGet();
      return CompletableFuture.failedFuture(UnavailableException.overloaded(parts.group()));
    }
    ReadAttempt<V, R> attempt =
        new ReadAttempt<>(parts.group(), query, parts.callbacks(), deadlineMs(timeout));
    return begin(attempt, attempt.result(), reads::decrementAndGet);
  }

  /** Known to the sweep only after its first try, so that none is both expired and proposed. */
  private <T> CompletionStage<T> begin(
      Attempt attempt, CompletableFuture<T> done, Runnable cleanUp) {
    if (!attempt(attempt)) {
      retrier().tell(new Retrier.NoLeader(attempt));
    }
    underWay.add(attempt);
    return done.whenComplete(
        (result, failed) -> {
          underWay.remove(attempt);
          cleanUp.run();
        });
  }

  @Override
  public <R> CompletionStage<R> readStale(Function<V, R> query) {
    ReadAttempt<V, R> attempt =
        new ReadAttempt<>(parts.group(), query, parts.callbacks(), Long.MAX_VALUE);
    parts.machine().tell(new StateMachineActor.Read<>(0, attempt));
    return attempt.result();
  }

  @Override
  public boolean isLeader() {
    return leadership.isSelf();
  }

  @Override
  public Optional<NodeId> leader() {
    return leadership.leader();
  }

  @Override
  public Iterable<Attempt> underWay() {
    return underWay;
  }

  @Override
  public boolean attempt(Attempt attempt) {
    Leadership now = leadership;
    if (now.leader().isEmpty()) {
      return false;
    }
    long nowMs = parts.clock().now().monotonicMs();
    switch (attempt) {
      case ProposalAttempt proposal -> propose(proposal, now.leader().get(), nowMs);
      case ReadAttempt<?, ?> read -> read(read, nowMs);
    }
    return true;
  }

  private void propose(ProposalAttempt attempt, NodeId leader, long nowMs) {
    int round = attempt.startRound(leader, nowMs);
    if (leader.equals(parts.self())) {
      raft().tell(new RaftActor.Propose(attempt.envelope(), fate -> learned(attempt, round, fate)));
    } else {
      forget(attempt);
      attempt.forwardedAs(
          parts
              .forwarder()
              .forward(
                  leader,
                  parts.group(),
                  attempt.envelope(),
                  fate -> parts.callbacks().execute(() -> learned(attempt, round, fate))));
    }
  }

  /** A settled try counts whichever round it was: the request table gives all the same answer. */
  private void learned(ProposalAttempt attempt, int round, Fate fate) {
    if (fate instanceof Fate.Settled settled) {
      attempt.outcome().complete(settled.outcome());
    } else {
      retrier().tell(new Retrier.Unsettled(attempt, round, fate));
    }
  }

  /** Every node can ask for a read index: the engine passes it on to the leader. */
  private void read(ReadAttempt<?, ?> attempt, long nowMs) {
    int round = attempt.startRound(parts.self(), nowMs);
    StateMachineActor.Reading<V> reading = ownView(attempt);
    raft()
        .tell(
            new RaftActor.Read(
                index -> parts.machine().tell(new StateMachineActor.Read<>(index, reading)),
                () -> retrier().tell(new Retrier.ReadRejected(attempt, round))));
  }

  /** Only {@link #read} makes read attempts of this replica, and with this replica's view. */
  @SuppressWarnings("unchecked")
  private StateMachineActor.Reading<V> ownView(ReadAttempt<?, ?> attempt) {
    return (StateMachineActor.Reading<V>) attempt;
  }

  @Override
  public void expire(Attempt attempt) {
    parts.callbacks().execute(attempt::expire);
  }

  @Override
  public void complete(ProposalAttempt attempt, Outcome outcome) {
    parts.callbacks().execute(() -> attempt.outcome().complete(outcome));
  }

  private ActorRef<RaftActor.Command> raft() {
    return actors.join().raft();
  }

  private ActorRef<Retrier.Command> retrier() {
    return actors.join().retrier();
  }

  private long deadlineMs(Duration timeout) {
    Duration bounded = timeout.compareTo(TIMEOUT_MAX) < 0 ? timeout : TIMEOUT_MAX;
    return parts.clock().now().monotonicMs() + Math.max(0, bounded.toMillis());
  }
}
