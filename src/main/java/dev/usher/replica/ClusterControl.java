package dev.usher.replica;

import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The nodes and their groups, for operators. Safe for any thread. */
public interface ClusterControl {
  /** The cluster's own name. */
  String name();

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
   * A group's whole state, with everything in it that was answered before the call.
   *
   * @param group one of {@link #status}
   */
  CompletionStage<GroupState> export(GroupId group, Duration timeout);

  /**
   * Every node's copy of a group right after one and the same entry.
   *
   * @param group one of {@link #status}
   */
  CompletionStage<GroupDigests> digests(GroupId group, Duration timeout);

  /**
   * One node.
   *
   * @param clientAddress host:port
   * @param status empty when the node did not answer in time
   */
  record NodeReport(NodeId node, String clientAddress, Optional<NodeStatus> status) {}
}
