package dev.usher.booking;

import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import dev.usher.replica.LocalReplica;
import dev.usher.replica.Outcome;
import dev.usher.replica.Proposal;
import dev.usher.replica.Replica;
import dev.usher.replica.UnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A log at a distance, over the real state machine: answers come later, and when its leader dies
 * what was under way may or may not have been committed.
 */
final class SimLog<V> implements Replica<V> {
  private final LocalReplica<V> log;
  private final SimClock clock;
  private long downUntilMs;
  private long losesUntilMs;

  SimLog(LocalReplica<V> log, SimClock clock) {
    this.log = log;
    this.clock = clock;
  }

  /**
   * What is proposed in this moment gets lost, before or after the commit; no leader for a second.
   */
  void killLeader() {
    losesUntilMs = clock.nowMs() + 100;
    downUntilMs = clock.nowMs() + 1000;
  }

  @Override
  public CompletionStage<Outcome> propose(Proposal proposal, Duration timeout) {
    var answer = new CompletableFuture<Outcome>();
    if (clock.nowMs() < losesUntilMs) {
      if (clock.random().nextBoolean()) {
        clock.soon(() -> apply(proposal, timeout));
      }
      clock.after(timeout, () -> answer.complete(new Outcome.Unknown()));
    } else if (clock.nowMs() < downUntilMs) {
      clock.after(timeout, () -> answer.complete(new Outcome.Rejected(Outcome.Reason.NO_LEADER)));
    } else {
      clock.soon(
          () -> {
            var outcome = apply(proposal, timeout);
            clock.soon(() -> answer.complete(outcome));
          });
    }
    return answer;
  }

  private Outcome apply(Proposal proposal, Duration timeout) {
    log.setTime(clock.nowMs());
    return log.propose(proposal, timeout).toCompletableFuture().join();
  }

  @Override
  public <R> CompletionStage<R> read(Function<V, R> query, Duration timeout) {
    var answer = new CompletableFuture<R>();
    if (clock.nowMs() < downUntilMs) {
      clock.after(timeout, () -> answer.completeExceptionally(new UnavailableException(group())));
    } else {
      clock.soon(() -> answer.complete(log.readStale(query).toCompletableFuture().join()));
    }
    return answer;
  }

  @Override
  public <R> CompletionStage<R> readStale(Function<V, R> query) {
    return log.readStale(query);
  }

  @Override
  public GroupId group() {
    return log.group();
  }

  @Override
  public boolean isLeader() {
    return true;
  }

  @Override
  public Optional<NodeId> leader() {
    return log.leader();
  }
}
