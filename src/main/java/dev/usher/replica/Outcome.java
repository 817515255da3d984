package dev.usher.replica;

import dev.usher.raft.Bytes;

/** What became of a proposal. */
public sealed interface Outcome {
  /**
   * Committed and applied.
   *
   * @param revision the log index
   * @param result the state machine's answer
   */
  record Done(long revision, Bytes result) implements Outcome {}

  /** Not done, and never will be. */
  record Rejected(Reason reason) implements Outcome {}

  /** The time ran out after it was proposed: it may or may not come to be. Ask again, same key. */
  record Unknown() implements Outcome {}

  enum Reason {
    /** No leader was found in time. */
    NO_LEADER,
    /** Too much in flight. */
    OVERLOADED,
    /** The leader's disk is full; what is running goes on when there is space again. */
    DISK_FULL,
    /** The request key was used before with other parameters. */
    REQUEST_ID_REUSED
  }
}
