package dev.usher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.api.cluster.v1.ClusterStatus;
import dev.usher.api.cluster.v1.GroupStatus;
import dev.usher.cli.client.Poll;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who leads, through the death of one leader after the other. */
@ExtendWith(Theatre.Opened.class)
class ElectionIT {
  /** Who was ever seen to lead a group in a term. */
  private static final class Terms {
    private final Map<String, Set<String>> leaders = new HashMap<>();

    ClusterStatus see(ClusterStatus status) {
      for (var node : status.getNodesList()) {
        for (var group : node.getGroupsList()) {
          String term = group.getGroup() + " term " + group.getTerm();
          if (group.getRole() == GroupStatus.Role.ROLE_LEADER) {
            leaders.computeIfAbsent(term, t -> new TreeSet<>()).add(node.getName());
          }
          if (!group.getLeader().isEmpty()) {
            leaders.computeIfAbsent(term, t -> new TreeSet<>()).add(group.getLeader());
          }
        }
      }
      return status;
    }

    void assertOneLeaderEach() {
      assertThat(leaders).isNotEmpty().allSatisfy((term, nodes) -> assertThat(nodes).hasSize(1));
    }
  }

  @Test
  void everyTermHasOneLeaderAndADeadOneIsReplacedByAnother(Theatre theatre) {
    var terms = new Terms();
    var led = new HashSet<Long>();
    for (int round = 0; round < 3; round++) {
      var leader = theatre.leaderExcept(Set.of());
      assertThat(led.add(leader.term())).as("a new leader has a new term").isTrue();
      terms.see(theatre.status());
      theatre.cluster().kill(theatre.node(leader.id()));
      var next = theatre.leaderExcept(Set.of(leader.id()));
      assertThat(next.term()).isGreaterThan(leader.term());
      terms.see(theatre.status());
      theatre.cluster().restart(theatre.node(leader.id()), news -> {});
      assertThat(Poll.holds(Theatre.LIMIT, () -> agreed(terms.see(theatre.status()), leader.id())))
          .as("the old leader follows the same leader as the others")
          .isTrue();
    }
    terms.assertOneLeaderEach();
  }

  /** All three nodes name the same leader of the seats in the same term, and it is another one. */
  private static boolean agreed(ClusterStatus status, String oldLeader) {
    var views = new HashSet<String>();
    int nodes = 0;
    for (var node : status.getNodesList()) {
      for (var group : node.getGroupsList()) {
        if (group.getGroup().equals(Theatre.GROUP)) {
          views.add(group.getLeader() + " in " + group.getTerm());
          nodes++;
        }
      }
    }
    return nodes == 3
        && views.size() == 1
        && views.stream()
            .noneMatch(v -> v.startsWith(" in ") || v.startsWith("nodes/" + oldLeader + " "));
  }
}
