package dev.usher.replica;

import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The nodes and their groups, for operators. Safe for any thread. */
public interface ClusterControl {
  /** Every member's view of itself, in the order of their names. */
  CompletionStage<List<NodeReport>> status(Duration timeout);

  /**
   * Hands leadership of a group over.
   *
   * @param target empty: the most up-to-date follower
   */
  CompletionStage<TransferResult> transferLeadership(
      GroupId group, Optional<NodeId> target, Duration timeout);

  /**
   * One node.
   *
   * @param clientAddress host:port
   * @param status empty when the node did not answer in time
   */
  record NodeReport(NodeId node, String clientAddress, Optional<NodeStatus> status) {}
}
