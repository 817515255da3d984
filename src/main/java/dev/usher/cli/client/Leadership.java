package dev.usher.cli.client;

import dev.usher.api.cluster.v1.ClusterStatus;
import dev.usher.api.cluster.v1.GroupStatus;
import dev.usher.api.cluster.v1.Node;
import java.util.Comparator;
import java.util.Optional;

/** Reads who leads from the cluster's status. */
public final class Leadership {
  private Leadership() {}

  /**
   * The leader of a group: the reachable node that says of itself that it leads, in the highest
   * term when two say so. Its name is {@code nodes/{node}}.
   */
  public static Optional<Leader> of(ClusterStatus status, String group) {
    return status.getNodesList().stream()
        .filter(Node::getReachable)
        .flatMap(
            node ->
                node.getGroupsList().stream()
                    .filter(g -> g.getGroup().equals(group))
                    .filter(g -> g.getRole() == GroupStatus.Role.ROLE_LEADER)
                    .map(g -> new Leader(node.getName(), g.getTerm(), g.getCommitIndex())))
        .max(Comparator.comparingLong(Leader::term));
  }

  /** Who leads, and how far. */
  public record Leader(String node, long term, long commitIndex) {
    /** The node's id, without the collection. */
    public String id() {
      return node.substring(node.indexOf('/') + 1);
    }
  }

  /** A node's part in a group, when the node answered. */
  public static Optional<GroupStatus> part(ClusterStatus status, String nodeId, String group) {
    return status.getNodesList().stream()
        .filter(node -> node.getReachable() && node.getName().equals("nodes/" + nodeId))
        .flatMap(node -> node.getGroupsList().stream())
        .filter(g -> g.getGroup().equals(group))
        .findFirst();
  }
}
