package dev.usher.replica;

import dev.usher.raft.NodeId;
import java.util.List;

/**
 * What a node says about itself.
 *
 * @param groups in the order of their names
 * @param draining it hands its leaderships away and sends clients elsewhere
 */
public record NodeStatus(NodeId node, List<GroupStatus> groups, boolean draining, NodeFacts facts) {
  public NodeStatus {
    groups = List.copyOf(groups);
  }
}
