package dev.usher.replica;

import dev.usher.raft.NodeId;
import java.util.Optional;

/**
 * Who leads a group, as this node knows.
 *
 * @param isSelf this node leads
 */
record Leadership(long term, boolean isSelf, Optional<NodeId> leader) {
  static final Leadership UNKNOWN = new Leadership(0, false, Optional.empty());
}
