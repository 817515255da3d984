package dev.usher.replica;

/** What one attempt to propose came to, at the node that was asked. */
sealed interface Fate {
  /** Applied, or refused by the request table: the caller's answer. */
  record Settled(Outcome outcome) implements Fate {}

  /** In no log, and never will be: that node does not lead (any more, or at the moment). */
  record NotLeader() implements Fate {}

  /** In no log, and never will be: too much in flight. */
  record Overloaded() implements Fate {}

  /** In no log, and never will be: the leader's disk is full. */
  record DiskFull() implements Fate {}

  /** It was or may have been proposed, and nobody here will learn what becomes of it. */
  record Lost() implements Fate {}
}
