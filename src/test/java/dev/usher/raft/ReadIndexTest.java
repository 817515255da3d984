package dev.usher.raft;

import static dev.usher.raft.TestNode.append;
import static dev.usher.raft.TestNode.messages;
import static dev.usher.raft.TestNode.n;
import static dev.usher.raft.TestNode.only;
import static dev.usher.raft.TestNode.recovered;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Linearizable reads without log entries: §8, thesis §6.4. */
class ReadIndexTest {
  @Test
  void aReadIsReadyWhenAMajorityHasConfirmedItsRound() {
    TestNode leader = TestNode.ofThree().leadInStep();
    var asked = leader.step(new Input.Read(7));
    assertThat(messages(asked, Message.AppendRequest.class))
        .hasSize(2)
        .allMatch(request -> request.readRound() == 1 && request.entries().isEmpty());
    assertThat(leader.ack(n(2), 1, 1)).containsExactly(new Output.ReadReady(7, 1));
    assertThat(leader.status().lastIndex()).as("no entry is written").isEqualTo(1);
  }

  /** etcd#20418: an answer to an earlier round proves nothing about a later read. */
  @Test
  void staleReadIndexAckDoesNotReleaseRetry() {
    TestNode leader = TestNode.ofThree().leadInStep();
    leader.step(new Input.Read(1));
    leader.ack(n(2), 1, 1);
    leader.step(new Input.Read(1));
    assertThat(leader.ack(n(3), 1, 1)).isEmpty();
    assertThat(leader.ack(n(2), 1, 2)).contains(new Output.ReadReady(1, 1));
  }

  /** etcd#20418, on the follower: the grant that comes late belongs to the read that gave up. */
  @Test
  void staleReadIndexGrantDoesNotReleaseRetry() {
    TestNode follower = TestNode.ofThree();
    follower.receive(2, append(1, 0, 0, 0));
    long first = ticket(follower);
    for (int ms = 0; ms < 300; ms += 50) {
      follower.receive(2, append(1, 0, 0, 0));
      follower.advance(50);
    }
    assertThat(follower.outputs).contains(new Output.ReadRejected(1));
    long second = ticket(follower);
    assertThat(second).isNotEqualTo(first);
    assertThat(follower.receive(2, new Message.ReadIndexGranted(1, first, 5))).isEmpty();
    assertThat(follower.receive(2, new Message.ReadIndexGranted(1, second, 6)))
        .containsExactly(new Output.ReadReady(1, 6));
  }

  /** etcd#7331: before its first commit a leader does not know what earlier terms committed. */
  @Test
  void readIndexWaitsForFirstCommitInTerm() {
    TestNode leader = TestNode.ofThree(recovered(1, 1, 1)).lead();
    assertThat(leader.step(new Input.Read(1))).isEmpty();
    leader.ack(2, 2);
    assertThat(only(leader.ack(n(2), 3, 0), Output.ReadReady.class)).isEmpty();
    assertThat(leader.ack(n(2), 3, 1)).contains(new Output.ReadReady(1, 3));
  }

  @Test
  void whatIsAskedDuringARoundSharesTheNext() {
    TestNode leader = TestNode.ofThree().leadInStep();
    leader.step(new Input.Read(1));
    assertThat(leader.step(new Input.Read(2))).isEmpty();
    assertThat(leader.step(new Input.Read(3))).isEmpty();
    var next = leader.ack(n(2), 1, 1);
    assertThat(only(next, Output.ReadReady.class)).hasSize(1);
    assertThat(messages(next, Message.AppendRequest.class))
        .hasSize(2)
        .allMatch(request -> request.readRound() == 2);
    assertThat(only(leader.ack(n(3), 1, 2), Output.ReadReady.class))
        .containsExactly(new Output.ReadReady(2, 1), new Output.ReadReady(3, 1));
  }

  @Test
  void aLostRoundIsRepeatedByTheHeartbeat() {
    TestNode leader = TestNode.ofThree().leadInStep();
    leader.step(new Input.Read(1));
    leader.outbox.clear();
    assertThat(messages(leader.advance(50), Message.AppendRequest.class))
        .allMatch(request -> request.readRound() == 1);
  }

  @Test
  void aFollowerReadsThroughItsLeader() {
    Cluster cluster = new Cluster(3);
    TestNode leader = cluster.awaitLeader();
    leader.propose(1, "a");
    cluster.settle();
    TestNode follower = cluster.others(leader).getFirst();
    follower.step(new Input.Read(5));
    cluster.settle();
    assertThat(follower.outputs).contains(new Output.ReadReady(5, 2));
  }

  @Test
  void anUnansweredReadIsRejectedAfterAnElectionTimeout() {
    TestNode follower = TestNode.ofThree();
    follower.receive(2, append(1, 0, 0, 0));
    follower.step(new Input.Read(5));
    follower.advance(300);
    assertThat(follower.outputs).contains(new Output.ReadRejected(5));
  }

  @Test
  void withoutALeaderAReadIsRejectedAtOnce() {
    assertThat(TestNode.ofThree().step(new Input.Read(1)))
        .containsExactly(new Output.ReadRejected(1));
  }

  @Test
  void readsEndWithTheLeadership() {
    TestNode leader = TestNode.ofThree().leadInStep();
    leader.step(new Input.Read(1));
    leader.receive(2, new Message.ReadIndexRequest(1, 77));
    var outputs = leader.receive(3, append(2, 0, 0, 0));
    assertThat(outputs).contains(new Output.ReadRejected(1));
    assertThat(messages(outputs, Message.ReadIndexRefused.class))
        .extracting(Message.ReadIndexRefused::readId)
        .containsExactly(77L);
  }

  /** A leader that was overtaken can confirm nothing: its read is never released. */
  @Test
  void aCutOffLeaderServesNoRead() {
    Cluster cluster = new Cluster(3);
    TestNode old = cluster.awaitLeader();
    cluster.isolate(old);
    old.step(new Input.Read(1));
    cluster.run(1000);
    assertThat(only(old.outputs, Output.ReadReady.class)).isEmpty();
    assertThat(old.outputs).contains(new Output.ReadRejected(1));
  }

  /** redisraft#18: after a restart the log must be committed and applied anew before a read. */
  @Test
  void restartServesNoReadBeforeReplay() {
    TestNode alone = new TestNode(TestNode.config(1, 1), Recovered.NOTHING).campaign();
    alone.propose(1, "a");
    alone.restart();
    assertThat(alone.step(new Input.Read(1))).containsExactly(new Output.ReadRejected(1));
    alone.diskWorks = false;
    alone.advance(300);
    alone.persistNext();
    assertThat(alone.status().role()).isEqualTo(Role.LEADER);
    assertThat(alone.step(new Input.Read(2))).isEmpty();
    alone.persistNext();
    assertThat(alone.applied).hasSize(3);
    assertThat(alone.outputs).contains(new Output.ReadReady(2, 3));
  }

  private static long ticket(TestNode follower) {
    return messages(follower.step(new Input.Read(1)), Message.ReadIndexRequest.class)
        .getFirst()
        .readId();
  }
}
