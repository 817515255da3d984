package dev.usher.replica;

import dev.usher.raft.NodeId;
import java.util.List;

/**
 * What a node says about itself.
 *
 * @param groups in the order of their names
 */
public record NodeStatus(NodeId node, List<GroupStatus> groups, NodeFacts facts) {
  public NodeStatus {
    groups = List.copyOf(groups);
  }
}
