package dev.usher.raft;

/**
 * Something that must never be was seen: this node's copy of the group stops rather than serve a
 * wrong answer. It is a defect of the engine, its interpreter or its disk, never of a client.
 */
public final class InvariantViolation extends RuntimeException {
  private static final long serialVersionUID = 1;

  InvariantViolation(String message) {
    super(message);
  }

  InvariantViolation(GroupId group, NodeId node, InvariantViolation cause) {
    super(
        "group="
            + group
            + " node="
            + node
            + " stops, keep its data directory for inspection: "
            + cause.getMessage(),
        cause);
  }
}
