package dev.usher.raft;

import static dev.usher.raft.TestNode.messages;
import static dev.usher.raft.TestNode.recovered;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Pre-vote (thesis §9.6) and the three ways in which others have locked a cluster up with it. */
class PreVoteTest {
  @Nested
  class PreVoteDoesNotDeadlock {
    /** etcd#8243: a node left far behind in terms and one ahead, with the leader gone. */
    @Test
    void preVoteDoesNotDeadlockWhenOneTermIsFarBehind() {
      Cluster cluster =
          new Cluster(3, number -> number == 1 ? recovered(1, 1, 1) : recovered(5, 1, 1));
      cluster.crash(cluster.node(3));
      cluster.awaitLeader();
    }

    /** etcd#8501: the longer log has the older term, the shorter log the newer one. */
    @Test
    void preVoteDoesNotDeadlockWhenTheLongLogHasTheOldTerm() {
      Cluster cluster =
          new Cluster(3, number -> number == 1 ? recovered(3, 1, 3, 3) : recovered(7, 1, 3));
      cluster.crash(cluster.node(3));
      assertThat(cluster.awaitLeader()).isSameAs(cluster.node(1));
    }

    /** openraft#1796: one cohort has the log, the other the term, and each blocks the other. */
    @Test
    void preVoteDoesNotDeadlockBetweenTwoCohorts() {
      Cluster cluster =
          new Cluster(
              5,
              number ->
                  number <= 2
                      ? recovered(4, 1, 4, 4)
                      : new Recovered(
                          new HardState(9, Optional.of(TestNode.n(5))), TestNode.log(1, 4)));
      cluster.crash(cluster.node(3));
      assertThat(cluster.awaitLeader()).isIn(cluster.node(1), cluster.node(2));
    }
  }

  @Test
  void aPreVoteChangesNobodysTermAndNothingOnDisk() {
    TestNode voter = TestNode.ofThree(recovered(3, 1));
    var outputs = voter.receive(2, new Message.PreVoteRequest(4, 1, 1));
    assertThat(outputs)
        .containsExactly(new Output.Send(TestNode.n(2), new Message.PreVoteResponse(3, 4, true)));
    assertThat(voter.status().term()).isEqualTo(3);
  }

  @Test
  void aPreCandidateWithoutMajorityStaysInItsTerm() {
    TestNode node = TestNode.ofThree(recovered(3, 1));
    for (int i = 0; i < 10; i++) {
      node.advance(300);
    }
    assertThat(node.status().role()).isEqualTo(Role.PRE_CANDIDATE);
    assertThat(node.status().term()).isEqualTo(3);
    assertThat(node.diskState.term()).isEqualTo(3);
  }

  @Test
  void aGrantForAnotherTermDoesNotCount() {
    TestNode node = TestNode.ofThree(recovered(3, 1));
    node.advance(300);
    node.receive(2, new Message.PreVoteResponse(2, 3, true));
    assertThat(node.status().role()).isEqualTo(Role.PRE_CANDIDATE);
    node.receive(2, new Message.PreVoteResponse(3, 4, true));
    assertThat(node.status().role()).isEqualTo(Role.CANDIDATE);
  }

  @Test
  void aRefusalFromANewerTermIsLearned() {
    TestNode node = TestNode.ofThree(recovered(3, 1));
    node.advance(300);
    node.receive(2, new Message.PreVoteResponse(8, 4, false));
    assertThat(node.status().role()).isEqualTo(Role.FOLLOWER);
    assertThat(node.diskState.term()).isEqualTo(8);
  }

  @Test
  void aVoteAlreadyGivenInThatTermMeansNo() {
    TestNode voter = TestNode.ofThree();
    voter.receive(2, new Message.VoteRequest(4, 0, 0, false));
    var answers =
        messages(
            voter.receive(3, new Message.PreVoteRequest(4, 0, 0)), Message.PreVoteResponse.class);
    assertThat(answers).containsExactly(new Message.PreVoteResponse(4, 4, false));
  }
}
