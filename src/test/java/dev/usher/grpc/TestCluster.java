package dev.usher.grpc;

import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import dev.usher.replica.ClusterControl;
import dev.usher.replica.proto.peer.GroupStatus;
import dev.usher.replica.proto.peer.NodeStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Three nodes: the first leads, the second is three entries behind, the third does not answer. */
final class TestCluster implements ClusterControl {
  @Override
  public CompletionStage<List<NodeReport>> status(Duration timeout) {
    return CompletableFuture.completedFuture(
        List.of(
            report("node-1", Optional.of(node("node-1", GroupStatus.Role.ROLE_LEADER, 10))),
            report("node-2", Optional.of(node("node-2", GroupStatus.Role.ROLE_FOLLOWER, 7))),
            report("node-3", Optional.empty())));
  }

  /** Only node-2 ever catches up. */
  @Override
  public CompletionStage<Boolean> transferLeadership(
      GroupId group, Optional<NodeId> target, Duration timeout) {
    return CompletableFuture.completedFuture(
        target.map(node -> node.value().equals("node-2")).orElse(true));
  }

  private static NodeReport report(String node, Optional<NodeStatus> status) {
    return new NodeReport(new NodeId(node), "127.0.0.1:7101", status);
  }

  private static NodeStatus node(String name, GroupStatus.Role role, long applied) {
    return NodeStatus.newBuilder()
        .setNode(name)
        .setMembership("Up")
        .setUptimeSeconds(5)
        .addGroups(
            GroupStatus.newBuilder()
                .setGroup("system")
                .setRole(role)
                .setTerm(2)
                .setLeader("node-1")
                .setLastIndex(10)
                .setCommitIndex(applied)
                .setAppliedIndex(applied))
        .build();
  }
}
