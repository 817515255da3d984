package dev.usher.raft;

import static dev.usher.raft.TestNode.append;
import static dev.usher.raft.TestNode.entry;
import static dev.usher.raft.TestNode.log;
import static dev.usher.raft.TestNode.messages;
import static dev.usher.raft.TestNode.n;
import static dev.usher.raft.TestNode.only;
import static dev.usher.raft.TestNode.recovered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Nothing is promised before the disk has it; nothing waits for the disk that need not (§5.1). */
class DurabilityTest {
  /** sofa-jraft#96, #1241: a vote that a crash could undo is told to nobody. */
  @Test
  void voteIsDurableBeforeReply() {
    TestNode voter = withSlowDisk(TestNode.ofThree());
    var before = voter.receive(2, new Message.VoteRequest(1, 0, 0, false));
    assertThat(messages(before, Message.VoteResponse.class)).isEmpty();
    assertThat(messages(voter.persistNext(), Message.VoteResponse.class))
        .containsExactly(new Message.VoteResponse(1, true));
    assertThat(voter.diskState).isEqualTo(new HardState(1, Optional.of(n(2))));
  }

  /** sofa-jraft#1245: the same for the candidate's vote for itself. */
  @Test
  void selfVoteDurableBeforeRequestVote() {
    TestNode candidate = withSlowDisk(TestNode.ofThree()).campaign();
    assertThat(candidate.status().role()).isEqualTo(Role.CANDIDATE);
    assertThat(messages(candidate.outputs, Message.VoteRequest.class)).isEmpty();
    assertThat(messages(candidate.persistNext(), Message.VoteRequest.class)).hasSize(2);
  }

  /** camunda#5356: no answer from the disk, no vote, however often it is asked for. */
  @Test
  void failedVoteWriteNeverGrants() {
    TestNode voter = withSlowDisk(TestNode.ofThree());
    for (int i = 0; i < 20; i++) {
      voter.receive(2, new Message.VoteRequest(1, 0, 0, false));
      voter.advance(100);
    }
    assertThat(messages(voter.outputs, Message.VoteResponse.class)).isEmpty();
  }

  /** etcd#14370: a leader counts itself only up to what it has on disk, alone or not. */
  @Test
  void committedMeansDurableOnQuorum() {
    TestNode alone = new TestNode(TestNode.config(1, 1), Recovered.NOTHING).campaign();
    alone.diskWorks = false;
    alone.propose(1, "a");
    assertThat(alone.status().commitIndex()).isEqualTo(1);
    alone.persistNext();
    assertThat(alone.status().commitIndex()).isEqualTo(2);

    TestNode leader = withSlowDisk(TestNode.ofThree().leadInStep());
    leader.propose(1, "a");
    leader.ack(2, 1);
    assertThat(leader.status().commitIndex()).isEqualTo(1);
    leader.ack(2, 2);
    assertThat(leader.status().commitIndex()).isEqualTo(1);
    leader.persistNext();
    assertThat(leader.status().commitIndex()).isEqualTo(2);
  }

  /** Thesis §10.2.1: the followers' disks are enough, the leader's may be the slowest. */
  @Test
  void aLeaderMayCommitBeforeItsOwnDisk() {
    TestNode leader = withSlowDisk(TestNode.ofThree().leadInStep());
    leader.propose(1, "a");
    leader.ack(2, 2);
    leader.ack(3, 2);
    assertThat(leader.status().commitIndex()).isEqualTo(2);
  }

  /** etcd#14370: what is committed is applied here only once a restart here cannot undo it. */
  @Test
  void noApplyBeforePersist() {
    TestNode leader = withSlowDisk(TestNode.ofThree().leadInStep());
    leader.propose(1, "a");
    leader.ack(2, 2);
    leader.ack(3, 2);
    assertThat(leader.applied).hasSize(1);
    leader.persistNext();
    assertThat(leader.applied).hasSize(2);

    TestNode follower = withSlowDisk(TestNode.ofThree());
    follower.receive(2, append(1, 0, 0, 1, entry(1, 1)));
    assertThat(follower.status().commitIndex()).isEqualTo(1);
    assertThat(follower.applied).isEmpty();
    follower.persistNext();
    assertThat(follower.applied).containsExactly(entry(1, 1));
  }

  @Test
  void entriesAreAcknowledgedWhenTheyAreOnDisk() {
    TestNode follower = withSlowDisk(TestNode.ofThree());
    follower.receive(2, append(1, 0, 0, 0, entry(1, 1)));
    follower.receive(2, append(1, 1, 1, 0, entry(1, 2)));
    assertThat(follower.outbox).isEmpty();
    assertThat(messages(follower.persistNext(), Message.AppendSucceeded.class))
        .containsExactly(new Message.AppendSucceeded(1, 1, 0));
    assertThat(messages(follower.persistNext(), Message.AppendSucceeded.class))
        .containsExactly(new Message.AppendSucceeded(1, 2, 0));
  }

  @Test
  void heartbeatsAndTheirAnswersDoNotWaitForTheDisk() {
    TestNode leader = withSlowDisk(TestNode.ofThree().leadInStep());
    leader.propose(1, "a");
    assertThat(messages(leader.advance(50), Message.AppendRequest.class)).hasSize(2);

    TestNode follower = TestNode.ofThree();
    follower.receive(2, append(1, 0, 0, 0));
    follower.diskWorks = false;
    follower.receive(2, append(1, 0, 0, 0, entry(1, 1)));
    assertThat(messages(follower.receive(2, append(1, 1, 1, 0)), Message.AppendSucceeded.class))
        .containsExactly(new Message.AppendSucceeded(1, 0, 0));
  }

  /**
   * etcd's append storage: (1, index 2) is written, cut off and written anew by another leader; the
   * first answer of the disk must not make the second write look durable.
   */
  @Test
  void asyncAppendAbaRace() {
    TestNode follower = withSlowDisk(TestNode.ofThree(recovered(1, 1)));
    follower.receive(2, append(1, 1, 1, 0, entry(1, 2), entry(1, 3)));
    follower.receive(3, append(2, 1, 1, 0, entry(2, 2)));
    follower.receive(2, append(3, 1, 1, 0, entry(3, 2), entry(3, 3)));
    follower.outbox.clear();
    follower.persistNext();
    follower.persistNext();
    assertThat(messages(follower.outputs, Message.AppendSucceeded.class))
        .noneMatch(answer -> answer.matchIndex() > 1);
    assertThat(messages(follower.persistNext(), Message.AppendSucceeded.class))
        .containsExactly(new Message.AppendSucceeded(3, 3, 0));
    assertThat(follower.diskLog).isEqualTo(log(1, 3, 3));
  }

  /** hashicorp/raft#503, camunda: heartbeats alone would keep a leader that can store nothing. */
  @Test
  void leaderWithHungOrFailingDiskStepsDown() {
    TestNode leader = withSlowDisk(TestNode.ofThree().leadInStep());
    leader.propose(1, "a");
    for (int ms = 0; ms < 300; ms += 50) {
      assertThat(leader.status().role()).isEqualTo(Role.LEADER);
      leader.ack(2, 1);
      leader.advance(50);
    }
    assertThat(leader.status().role()).isEqualTo(Role.FOLLOWER);
    for (int i = 0; i < 20; i++) {
      leader.advance(100);
    }
    assertThat(leader.status().role()).as("campaigns no more").isEqualTo(Role.FOLLOWER);
    assertThat(preVoteGranted(leader)).as("cannot vote, so does not offer to").isFalse();
    leader.persistAll();
    leader.advance(300);
    assertThat(leader.status().role()).isEqualTo(Role.PRE_CANDIDATE);
  }

  /** camunda: a write that failed is known at once; no need to wait for an election timeout. */
  @Test
  void leaderWithAFailedDiskStepsDownAtOnce() {
    TestNode leader = TestNode.ofThree().leadInStep();
    leader.step(new Input.DiskFailed());
    assertThat(leader.status().role()).isEqualTo(Role.FOLLOWER);
    leader.advance(10_000);
    assertThat(leader.status().role()).isEqualTo(Role.FOLLOWER);
    assertThat(preVoteGranted(leader)).isFalse();
  }

  /** §5.1: a restarted node has its vote, its term and its log, and knows of nothing committed. */
  @Test
  void aRestartKeepsTermVoteAndLog() {
    TestNode node = TestNode.ofThree().leadInStep();
    node.propose(1, "a");
    node.restart();
    assertThat(node.status()).isEqualTo(new Status(Role.FOLLOWER, 1, Optional.empty(), 2, 0));
    node.receive(2, new Message.VoteRequest(1, 9, 9, false));
    assertThat(messages(node.outputs, Message.VoteResponse.class).getLast().granted()).isFalse();
  }

  @Test
  void aLogWithAHoleIsRefused() {
    Recovered broken = new Recovered(HardState.INITIAL, java.util.List.of(entry(1, 2)));
    assertThatThrownBy(() -> TestNode.ofThree(broken))
        .isInstanceOf(InvariantViolation.class)
        .hasMessageContaining("group=seats-0 node=n1")
        .hasMessageContaining("no holes");
  }

  /** A broken invariant stops the group here for good: better no answer than a wrong one. */
  @Test
  void aBrokenEngineStaysStopped() {
    TestNode follower = TestNode.ofThree();
    follower.receive(2, append(1, 0, 0, 1, entry(1, 1)));
    assertThatThrownBy(() -> follower.receive(3, append(2, 0, 0, 1, entry(2, 1))))
        .hasMessageContaining("what is committed is never truncated");
    assertThatThrownBy(() -> follower.advance(1)).isInstanceOf(InvariantViolation.class);
    assertThat(only(follower.outputs, Output.Apply.class)).hasSize(1);
  }

  private static boolean preVoteGranted(TestNode voter) {
    return messages(
            voter.receive(2, new Message.PreVoteRequest(9, 9, 9)), Message.PreVoteResponse.class)
        .getFirst()
        .granted();
  }

  private static TestNode withSlowDisk(TestNode node) {
    node.diskWorks = false;
    return node;
  }
}
