package dev.usher.replica;

import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * One replicated state machine as the rest of the house sees it, the same on every node: it follows
 * the leader and waits, within the caller's time, while one is elected. Safe for any thread.
 *
 * @param <V> the state machine's view
 */
public interface Replica<V> {
  GroupId group();

  /** Proposes a command, again and again until its outcome is known or the time is up. */
  CompletionStage<Outcome> propose(Proposal proposal, Duration timeout);

  /**
   * A linearizable read: sees every write that was answered before this call, on any node. The
   * query runs on the state machine's thread and must be short; it must not let the view escape.
   *
   * @return fails with {@link UnavailableException} when no leader confirmed it in time
   */
  <R> CompletionStage<R> read(Function<V, R> query, Duration timeout);

  /** Reads this node's own copy, which may lag behind. */
  <R> CompletionStage<R> readStale(Function<V, R> query);

  /** True while this node leads the group, as far as it knows. */
  boolean isLeader();

  /** The leader this node knows of. */
  Optional<NodeId> leader();
}
