package dev.usher.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.api.cluster.v1.ClusterStatus;
import dev.usher.api.cluster.v1.GroupStatus;
import dev.usher.api.cluster.v1.Node;
import org.junit.jupiter.api.Test;

class LeadershipTest {
  private static final String GROUP = "groups/seats-0";

  private static Node node(String id, boolean reachable, GroupStatus.Role role, long term) {
    return Node.newBuilder()
        .setName("nodes/" + id)
        .setReachable(reachable)
        .addGroups(GroupStatus.newBuilder().setGroup(GROUP).setRole(role).setTerm(term))
        .build();
  }

  @Test
  void ofTwoThatSayTheyLeadTheHigherTermLeads() {
    var status =
        ClusterStatus.newBuilder()
            .addNodes(node("node-1", true, GroupStatus.Role.ROLE_LEADER, 3))
            .addNodes(node("node-2", true, GroupStatus.Role.ROLE_LEADER, 4))
            .addNodes(node("node-3", true, GroupStatus.Role.ROLE_FOLLOWER, 4))
            .build();
    assertThat(Leadership.of(status, GROUP)).contains(new Leadership.Leader("nodes/node-2", 4, 0));
  }

  @Test
  void aNodeThatDoesNotAnswerDoesNotLead() {
    var status =
        ClusterStatus.newBuilder()
            .addNodes(node("node-1", false, GroupStatus.Role.ROLE_LEADER, 3))
            .build();
    assertThat(Leadership.of(status, GROUP)).isEmpty();
    assertThat(Leadership.part(status, "node-1", GROUP)).isEmpty();
  }
}
