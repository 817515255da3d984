package dev.usher.booking;

import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import dev.usher.replica.LocalReplica;
import dev.usher.replica.Outcome;
import dev.usher.replica.Proposal;
import dev.usher.replica.Replica;
import dev.usher.replica.StateMachine;
import dev.usher.replica.UnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A log at a distance, over the real state machine: answers come later, and when its leader dies
 * what was under way may or may not have been committed. When a follower dies nothing that was
 * committed is lost and nothing is decided otherwise, since the others are a majority; but a commit
 * takes longer, and who reads that replica's own copy when it is back reads what was.
 */
final class SimLog<V> implements Replica<V> {
  private final LocalReplica<V> log;
  private final SimClock clock;
  private final Supplier<StateMachine<V>> empty;
  private LocalReplica<V> follower;
  private long behindUntilMs;
  private long downUntilMs;
  private long losesUntilMs;

  /**
   * @param empty makes a state machine before its first entry
   */
  SimLog(LocalReplica<V> log, SimClock clock, Supplier<StateMachine<V>> empty) {
    this.log = log;
    this.clock = clock;
    this.empty = empty;
    this.follower = log;
  }

  /**
   * What is proposed in this moment gets lost, before or after the commit; no leader for a second.
   */
  void killLeader() {
    losesUntilMs = clock.nowMs() + 100;
    downUntilMs = clock.nowMs() + 1000;
  }

  /** The follower that is read from stays as far as it has come, for ten seconds. */
  void killFollower() {
    follower = log.copy(empty.get());
    behindUntilMs = clock.nowMs() + 10_000;
  }

  /** Every replica gets a snapshot instead of the log. */
  void reinstall() {
    log.reinstall(empty.get());
  }

  private boolean isFollowerBehind() {
    return clock.nowMs() < behindUntilMs;
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
    } else if (isFollowerBehind()) {
      clock.soon(() -> clock.soon(() -> commit(proposal, timeout, answer)));
    } else {
      clock.soon(() -> commit(proposal, timeout, answer));
    }
    return answer;
  }

  private void commit(Proposal proposal, Duration timeout, CompletableFuture<Outcome> answer) {
    var outcome = apply(proposal, timeout);
    clock.soon(() -> answer.complete(outcome));
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
    return (isFollowerBehind() ? follower : log).readStale(query);
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
