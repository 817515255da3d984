package dev.usher.raft;

import static dev.usher.raft.TestNode.append;
import static dev.usher.raft.TestNode.entry;
import static dev.usher.raft.TestNode.n;
import static dev.usher.raft.TestNode.only;
import static dev.usher.raft.TestNode.recovered;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When an entry is committed and may be applied: §5.3, §5.4. */
class CommitTest {
  /**
   * copycat#265, and the original prototype: what follows the place that a heartbeat has checked
   * may be another leader's.
   */
  @Test
  void heartbeatMustNotCommitUnmatchedSuffix() {
    TestNode follower = TestNode.ofThree(recovered(2, 1, 1, 2, 2));
    follower.receive(2, append(3, 2, 1, 4));
    assertThat(follower.status().commitIndex()).isEqualTo(2);
    assertThat(follower.applied).hasSize(2);
  }

  /** §5.4.2, figure 8: (c) a copy of term 2 on a majority is not committed by counting it. */
  @Test
  void doNotCommitPriorTermByCounting() {
    TestNode s1 = new TestNode(TestNode.config(1, 5), recovered(3, 1, 2)).lead();
    assertThat(s1.status().term()).isEqualTo(4);
    s1.ack(2, 2);
    s1.ack(3, 2);
    assertThat(s1.status().commitIndex()).isZero();
    s1.ack(2, 3);
    s1.ack(3, 3);
    assertThat(s1.status().commitIndex()).isEqualTo(3);
  }

  /**
   * Figure 8 as a whole: after (c) S5 may win with the votes of S2 to S4 and overwrite the entry of
   * term 2 (d), which nobody has applied.
   */
  @Test
  void figure8() {
    Cluster cluster =
        new Cluster(
            5,
            number ->
                switch (number) {
                  case 1 -> recovered(2, 1, 2);
                  case 2 -> recovered(2, 1, 2);
                  case 5 -> recovered(3, 1, 3);
                  default -> recovered(2, 1);
                });
    TestNode s5 = cluster.node(5);
    s5.receive(1, new Message.TimeoutNow(3));
    cluster.settle();
    cluster.run(200);
    assertThat(s5.status().role()).isEqualTo(Role.LEADER);
    assertThat(cluster.nodes)
        .allSatisfy(
            node -> {
              assertThat(node.diskLog).extracting(Entry::term).containsExactly(1L, 3L, 4L);
              assertThat(node.applied).isEqualTo(node.diskLog);
            });
  }

  /** logcabin#44: an old entry on a minority must not keep new ones from being committed. */
  @Test
  void oldTermEntryDoesNotBlockNewCommits() {
    TestNode leader = TestNode.ofThree(recovered(1, 1, 1, 1)).lead();
    leader.propose(1, "a");
    leader.ack(2, 5);
    assertThat(leader.status().commitIndex()).isEqualTo(5);
  }

  /** A proposal is bound to (term, index): what is applied there in another term is not it. */
  @Test
  void proposalBoundToTermAndIndex() {
    TestNode old = TestNode.ofThree().leadInStep();
    var accepted =
        only(old.propose(1, "a"), Output.ProposalAccepted.class).findFirst().orElseThrow();
    assertThat(accepted).isEqualTo(new Output.ProposalAccepted(1, 1, 2));
    Entry another = new Entry(2, 2, old.now().wallMs(), Entry.Kind.COMMAND, TestNode.payload("b"));
    old.receive(2, append(2, 1, 1, 2, another));
    assertThat(old.applied.getLast().index()).isEqualTo(accepted.index());
    assertThat(old.applied.getLast().term()).isNotEqualTo(accepted.term());
  }

  @Test
  void everyEntryIsAppliedOnceAndInOrder() {
    Cluster cluster = new Cluster(3);
    TestNode leader = cluster.awaitLeader();
    for (int i = 0; i < 100; i++) {
      leader.propose(i, "x" + i);
    }
    cluster.run(200);
    assertThat(cluster.nodes)
        .allSatisfy(
            node -> {
              assertThat(node.applied).hasSize(101);
              assertThat(node.applied).isEqualTo(node.diskLog);
            });
  }

  /** Nothing that a majority has can be lost with the leader. */
  @Test
  void committedEntriesSurviveTheLeader() {
    Cluster cluster = new Cluster(3);
    TestNode leader = cluster.awaitLeader();
    leader.propose(1, "a");
    cluster.settle();
    cluster.crash(leader);
    TestNode next = cluster.awaitLeader();
    cluster.run(50);
    assertThat(next.applied).extracting(Entry::payload).contains(TestNode.payload("a"));
    cluster.restart(leader);
    cluster.run(500);
    assertThat(leader.diskLog).isEqualTo(next.diskLog);
  }

  @Test
  void aLeaderStepsDownBeforeItOverwritesItsOwnLog() {
    TestNode leader = TestNode.ofThree().lead();
    leader.receive(2, append(5, 0, 0, 0, entry(5, 1)));
    assertThat(leader.status().leader()).contains(n(2));
    assertThat(leader.diskLog).containsExactly(entry(5, 1));
  }
}
