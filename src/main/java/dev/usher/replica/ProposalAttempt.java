package dev.usher.replica;

import dev.usher.raft.Bytes;
import java.util.concurrent.CompletableFuture;

/** A proposal under way; only with a request key may it be proposed more than once. */
final class ProposalAttempt extends Attempt {
  private final Bytes envelope;
  private final boolean isKeyed;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private volatile boolean mayBeInLog;
  private volatile long forwardId;

  ProposalAttempt(Bytes envelope, boolean isKeyed, long deadlineMs) {
    super(deadlineMs);
    this.envelope = envelope;
    this.isKeyed = isKeyed;
  }

  Bytes envelope() {
    return envelope;
  }

  boolean isKeyed() {
    return isKeyed;
  }

  CompletableFuture<Outcome> outcome() {
    return outcome;
  }

  /** True when an earlier try may have come, or may still come, into the log. */
  boolean mayBeInLog() {
    return mayBeInLog;
  }

  void lost() {
    mayBeInLog = true;
  }

  /** Of the latest try at another node. */
  long forwardId() {
    return forwardId;
  }

  void forwardedAs(long id) {
    forwardId = id;
  }

  /** Reads in the opposite order of {@link Retrier}'s writes: never Rejected for a lost try. */
  @Override
  void expire() {
    outcome.complete(
        triedAt() != null || mayBeInLog
            ? new Outcome.Unknown()
            : new Outcome.Rejected(Outcome.Reason.NO_LEADER));
  }

  @Override
  boolean isDone() {
    return outcome.isDone();
  }
}
