package dev.usher.replica;

/** What became of the wish to hand leadership over. */
public enum TransferResult {
  /** Another node leads, in a later term. */
  DONE,
  /** The target did not take over within an election timeout, or is no other member. */
  ABORTED,
  /** Nobody leads the group, or its leader cannot be reached. */
  NO_LEADER
}
