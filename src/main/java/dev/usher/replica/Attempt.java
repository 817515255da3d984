package dev.usher.replica;

import dev.usher.raft.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Something that a caller waits for and that is tried again while its time lasts. Begun on the
 * caller's thread, from then on handled by the {@link Retrier} only.
 */
abstract sealed class Attempt permits ProposalAttempt, ReadAttempt {
  private final long deadlineMs;

  /** Counts the tries, so that a late word about an old one is recognized. */
  private volatile int round;

  private volatile long triedAtMs;

  /** Where it is being tried; null while it waits for a leader. */
  private volatile @Nullable NodeId triedAt;

  Attempt(long deadlineMs) {
    this.deadlineMs = deadlineMs;
  }

  /** Ends the waiting: the time is up. */
  abstract void expire();

  abstract boolean isDone();

  final boolean isExpired(long nowMs) {
    return nowMs >= deadlineMs;
  }

  final int round() {
    return round;
  }

  final long triedAtMs() {
    return triedAtMs;
  }

  final @Nullable NodeId triedAt() {
    return triedAt;
  }

  /** Starts the next try at a node; gives its round. */
  final int startRound(NodeId at, long nowMs) {
    int next = round + 1;
    triedAtMs = nowMs;
    triedAt = at;
    round = next;
    return next;
  }

  /** Nothing is expected from the current try any more. */
  final void waitForLeader() {
    triedAt = null;
  }
}
