package dev.usher.cli;

import dev.usher.api.cluster.v1.ClusterStatus;
import dev.usher.api.cluster.v1.Group;
import dev.usher.api.cluster.v1.GroupStatus;
import dev.usher.api.cluster.v1.Node;
import dev.usher.cli.term.Names;
import dev.usher.cli.term.Table;
import java.util.Comparator;

/** The cluster's status as a table: one line for each node and group. */
final class ClusterText {
  private static final String OTHER_DISK = "OTHER_DISK";

  private ClusterText() {}

  static String of(ClusterStatus status) {
    var table =
        Table.of(
            "NODE", "ADDRESS", "MEMBER", "GROUP", "VOTES", "ROLE", "TERM", "LEADER", "COMMIT",
            "APPLIED", "LAG");
    for (Node node : status.getNodesList()) {
      String id = Names.id(node.getName());
      String address = node.getClientAddress().isEmpty() ? "-" : node.getClientAddress();
      String member = member(node);
      if (!node.getReachable()) {
        for (Group group : status.getGroupsList()) {
          table.row(
              id,
              address,
              member,
              Names.id(group.getName()),
              votes(group, node),
              "no answer",
              "-",
              "-",
              "-",
              "-",
              "-");
        }
      }
      node.getGroupsList().stream()
          .sorted(Comparator.comparing(GroupStatus::getGroup, Names.NATURAL))
          .forEach(
              group ->
                  table.row(
                      id,
                      address,
                      member,
                      Names.id(group.getGroup()),
                      votes(status, group.getGroup(), node),
                      Words.of(group.getRole()),
                      group.getTerm(),
                      group.getLeader().isEmpty() ? "-" : Names.id(group.getLeader()),
                      group.getCommitIndex(),
                      group.getAppliedIndex(),
                      group.getLag()));
    }
    return table.render();
  }

  private static String member(Node node) {
    String member = node.getMembership().isEmpty() ? "-" : node.getMembership();
    return node.getDraining() ? member + " (draining)" : member;
  }

  private static String votes(ClusterStatus status, String group, Node node) {
    return status.getGroupsList().stream()
        .filter(members -> members.getName().equals(group))
        .map(members -> votes(members, node))
        .findFirst()
        .orElse("-");
  }

  private static String votes(Group group, Node node) {
    if (group.getVotersList().contains(node.getName())) {
      return node.getMembership().equals(OTHER_DISK) ? "no" : "yes";
    }
    if (group.getLearnersList().contains(node.getName())) {
      return "learner";
    }
    return group.getOutgoingList().contains(node.getName()) ? "leaving" : "no";
  }
}
