package dev.usher.cli;

import dev.usher.api.cluster.v1.ClusterStatus;
import dev.usher.api.cluster.v1.GroupStatus;
import dev.usher.api.cluster.v1.Node;
import dev.usher.cli.term.Names;
import dev.usher.cli.term.Table;
import java.util.Comparator;

/** The cluster's status as a table: one line for each node and group. */
final class ClusterText {
  private ClusterText() {}

  static String of(ClusterStatus status) {
    var table =
        Table.of(
            "NODE", "ADDRESS", "MEMBER", "GROUP", "ROLE", "TERM", "LEADER", "COMMIT", "APPLIED",
            "LAG");
    for (Node node : status.getNodesList()) {
      String id = Names.id(node.getName());
      String member = node.getMembership().isEmpty() ? "-" : node.getMembership();
      if (!node.getReachable()) {
        table.row(id, node.getClientAddress(), member, "-", "no answer", "-", "-", "-", "-", "-");
      }
      node.getGroupsList().stream()
          .sorted(Comparator.comparing(GroupStatus::getGroup, Names.NATURAL))
          .forEach(
              group ->
                  table.row(
                      id,
                      node.getClientAddress(),
                      member,
                      Names.id(group.getGroup()),
                      Words.of(group.getRole()),
                      group.getTerm(),
                      group.getLeader().isEmpty() ? "-" : Names.id(group.getLeader()),
                      group.getCommitIndex(),
                      group.getAppliedIndex(),
                      group.getLag()));
    }
    return table.render();
  }
}
