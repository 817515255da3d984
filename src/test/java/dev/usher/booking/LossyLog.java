package dev.usher.booking;

import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import dev.usher.replica.LocalReplica;
import dev.usher.replica.Outcome;
import dev.usher.replica.Proposal;
import dev.usher.replica.Replica;
import dev.usher.seats.SeatView;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The way to a log that loses proposals, or their answers, when it is told to. */
final class LossyLog implements Replica<SeatView> {
  enum Fault {
    APPLIED_BUT_UNANSWERED,
    LOST,
    NO_LEADER
  }

  private record Planned(String requestKeyPrefix, Fault fault) {}

  private final LocalReplica<SeatView> log;
  private final Deque<Planned> faults = new ArrayDeque<>();

  LossyLog(LocalReplica<SeatView> log) {
    this.log = log;
  }

  /** The next proposals whose request key begins so go wrong like that. */
  synchronized void next(String requestKeyPrefix, Fault... coming) {
    for (var fault : coming) {
      faults.add(new Planned(requestKeyPrefix, fault));
    }
  }

  private synchronized Optional<Fault> poll(String requestKey) {
    var head = faults.peek();
    return head != null && requestKey.startsWith(head.requestKeyPrefix())
        ? Optional.of(faults.remove().fault())
        : Optional.empty();
  }

  @Override
  public CompletionStage<Outcome> propose(Proposal proposal, Duration timeout) {
    var fault = poll(proposal.requestKey());
    if (fault.isEmpty()) {
      return log.propose(proposal, timeout);
    }
    return switch (fault.get()) {
      case APPLIED_BUT_UNANSWERED ->
          log.propose(proposal, timeout).thenApply(done -> new Outcome.Unknown());
      case LOST -> CompletableFuture.completedFuture(new Outcome.Unknown());
      case NO_LEADER ->
          CompletableFuture.completedFuture(new Outcome.Rejected(Outcome.Reason.NO_LEADER));
    };
  }

  @Override
  public GroupId group() {
    return log.group();
  }

  @Override
  public <R> CompletionStage<R> read(Function<SeatView, R> query, Duration timeout) {
    return log.read(query, timeout);
  }

  @Override
  public <R> CompletionStage<R> readStale(Function<SeatView, R> query) {
    return log.readStale(query);
  }

  @Override
  public boolean isLeader() {
    return log.isLeader();
  }

  @Override
  public Optional<NodeId> leader() {
    return log.leader();
  }
}
