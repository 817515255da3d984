package dev.usher.raft;

/** One change of a group's members; one at a time (§6, thesis §4). */
public sealed interface MembershipChange {
  /** Whom it concerns. */
  NodeId node();

  /**
   * The node gets the log from now on and counts for nothing. A name whose disk was wiped is
   * removed first, then added with its new directory.
   */
  record AddLearner(NodeId node, Configuration.Identity identity) implements MembershipChange {}

  /** A learner that has caught up becomes a voter, by joint consensus. */
  record Promote(NodeId node) implements MembershipChange {}

  /** A voter, by joint consensus, or a learner leaves; the leader itself too. */
  record Remove(NodeId node) implements MembershipChange {}

  /** What became of a change. */
  enum Outcome {
    /** The last configuration of the change is committed. */
    DONE,
    NOT_LEADER,
    /** The leader has not committed in its own term yet; ask again (Ongaro 2015). */
    NOT_READY,
    /** Another change, or a transfer of leadership, is under way; ask again. */
    BUSY,
    /** The learner to promote lacks too much of the log, or is silent; ask again. */
    NOT_CAUGHT_UP,
    /** There is no such learner or member, it is there already, or no voter would be left. */
    NOT_POSSIBLE,
    /** Leadership was lost meanwhile: it may or may not happen. */
    UNKNOWN
  }
}
