package dev.usher.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Figure 4 of the paper, with the pre-candidate of thesis §9.6. */
class TransitionsTest {
  @Test
  void onlyACandidateBecomesLeaderAndALeaderOnlyFollower() {
    assertThat(rolesFromWhich(Role.LEADER)).containsExactly(Role.CANDIDATE);
    assertThat(Transitions.isLegal(Role.LEADER, Role.CANDIDATE)).isFalse();
    assertThat(Transitions.isLegal(Role.LEADER, Role.PRE_CANDIDATE)).isFalse();
    assertThat(rolesFromWhich(Role.FOLLOWER)).containsExactly(Role.values());
  }

  @Test
  void anIllegalChangeStopsTheEngine() {
    Member follower = TestNode.ofThree().core.member;
    Leader usurper = new Leader(follower);
    assertThatThrownBy(() -> follower.become(usurper))
        .isInstanceOf(InvariantViolation.class)
        .hasMessageContaining("(FOLLOWER, LEADER)");
    assertThat(follower.role().role()).isEqualTo(Role.FOLLOWER);
  }

  private static List<Role> rolesFromWhich(Role to) {
    return Arrays.stream(Role.values()).filter(from -> Transitions.isLegal(from, to)).toList();
  }
}
