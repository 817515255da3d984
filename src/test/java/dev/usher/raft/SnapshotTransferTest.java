package dev.usher.raft;

import static dev.usher.raft.TestNode.append;
import static dev.usher.raft.TestNode.entry;
import static dev.usher.raft.TestNode.messages;
import static dev.usher.raft.TestNode.n;
import static dev.usher.raft.TestNode.only;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A snapshot on its way from the leader to a follower, §7. */
class SnapshotTransferTest {
  private static final Configuration THREE = Configuration.of(TestNode.ids(3));
  private static final SnapshotMeta SNAPSHOT = TestShell.meta(5, 1, THREE);

  /** Its log begins after entry 5; chunks of 100 bytes of a file of 250. */
  private static Recovered afterFive() {
    return new Recovered(
        new HardState(1, Optional.empty()), Optional.of(SNAPSHOT), List.of(), OptionalLong.empty());
  }

  private static TestNode leader() {
    return new TestNode(
            TestNode.config(1, 3).withSnapshots(new RaftConfig.Snapshots(Long.MAX_VALUE, 0, 100)),
            afterFive())
        .lead();
  }

  private static List<Message.SnapshotChunk> chunks(List<Output> outputs) {
    return messages(outputs, Message.SnapshotChunk.class);
  }

  /**
   * openraft#1828, RATIS-2523: nothing is proposed, and still the follower that has nothing gets
   * what the leader's log has no more.
   */
  @Test
  void emptyFollowerGetsSnapshotWhenIdle() {
    Cluster cluster = new Cluster(3, number -> number == 3 ? Recovered.NOTHING : afterFive());
    TestNode leader = cluster.awaitLeader();
    TestNode empty = cluster.node(3);
    assertThat(leader).isNotSameAs(empty);
    cluster.run(200);
    assertThat(empty.core.snapshot()).contains(SNAPSHOT);
    assertThat(empty.status().commitIndex()).isEqualTo(leader.status().commitIndex());
    assertThat(empty.status().lastIndex()).isEqualTo(6);
  }

  @Test
  void oneChunkIsUnderWayAtATime() {
    TestNode leader = leader();
    var first = chunks(leader.receive(2, new Message.AppendRejected(2, 5, 0, 0, 0)));
    assertThat(first).extracting(Message.SnapshotChunk::offset).containsExactly(0L);
    assertThat(chunks(leader.advance(50))).isEmpty();
    var second = chunks(leader.receive(2, new Message.SnapshotAnswer(2, 5, 100)));
    assertThat(second).extracting(Message.SnapshotChunk::offset).containsExactly(100L);
    assertThat(chunks(leader.receive(2, new Message.SnapshotAnswer(2, 5, 100))))
        .as("an answer that was repeated")
        .isEmpty();
  }

  @Test
  void aLostChunkIsSentAgain() {
    TestNode leader = leader();
    leader.receive(2, new Message.AppendRejected(2, 5, 0, 0, 0));
    leader.outputs.clear();
    for (int ms = 0; ms < 350; ms += 50) {
      leader.ack(n(3), 6, 0);
      leader.advance(50);
    }
    assertThat(chunks(leader.outputs))
        .extracting(Message.SnapshotChunk::offset)
        .containsExactly(0L);
  }

  @Test
  void afterTheSnapshotTheLogGoesOn() {
    TestNode leader = leader();
    leader.receive(2, new Message.AppendRejected(2, 5, 0, 0, 0));
    var answers = leader.ack(n(2), 5, 0);
    assertThat(messages(answers, Message.AppendRequest.class))
        .singleElement()
        .satisfies(request -> assertThat(request.prevIndex()).isEqualTo(5))
        .satisfies(request -> assertThat(request.entries()).hasSize(1));
  }

  @Test
  void aFileThatCannotBeReadIsTriedAgainLater() {
    TestNode leader = leader();
    leader.shell.lose(SNAPSHOT);
    leader.receive(2, new Message.AppendRejected(2, 5, 0, 0, 0));
    leader.shell.keep(SNAPSHOT);
    leader.outputs.clear();
    for (int ms = 0; ms < 350; ms += 50) {
      leader.ack(n(3), 6, 0);
      leader.advance(50);
    }
    assertThat(chunks(leader.outputs)).hasSize(1);
  }

  @Test
  void aFollowerWritesPiecesInOrderAndSaysWhereToGoOn() {
    TestNode follower = TestNode.ofThree();
    assertThat(
            messages(
                follower.receive(2, TestShell.chunk(1, SNAPSHOT, 0, 100)),
                Message.SnapshotAnswer.class))
        .containsExactly(new Message.SnapshotAnswer(1, 5, 100));
    assertThat(
            messages(
                follower.receive(2, TestShell.chunk(1, SNAPSHOT, 200, 50)),
                Message.SnapshotAnswer.class))
        .as("a piece too far")
        .containsExactly(new Message.SnapshotAnswer(1, 5, 100));
    assertThat(only(follower.outputs, Output.WriteChunk.class)).hasSize(1);
    follower.receive(2, TestShell.chunk(1, SNAPSHOT, 100, 150));
    assertThat(follower.core.snapshot()).contains(SNAPSHOT);
    assertThat(follower.status().commitIndex()).isEqualTo(5);
    assertThat(messages(follower.outputs, Message.AppendSucceeded.class))
        .endsWith(new Message.AppendSucceeded(1, 5, 0));
  }

  @Test
  void aDamagedPieceIsNotWritten() {
    TestNode follower = TestNode.ofThree();
    Message.SnapshotChunk good = TestShell.chunk(1, SNAPSHOT, 0, 100);
    follower.receive(
        2, new Message.SnapshotChunk(1, SNAPSHOT, 0, good.data(), good.checksum() + 1));
    assertThat(only(follower.outputs, Output.WriteChunk.class)).isEmpty();
  }

  /** Nothing of it is acknowledged before the log on disk begins with it. */
  @Test
  void anInstalledSnapshotIsAcknowledgedWhenTheLogNamesIt() {
    TestNode follower = TestNode.ofThree();
    follower.receive(2, append(1, 0, 0, 0, entry(1, 1)));
    follower.diskWorks = false;
    follower.outputs.clear();
    follower.receive(2, TestShell.chunk(1, SNAPSHOT, 0, 250));
    assertThat(messages(follower.outputs, Message.AppendSucceeded.class))
        .allMatch(answer -> answer.matchIndex() == 0);
    follower.persistAll();
    assertThat(messages(follower.outputs, Message.AppendSucceeded.class))
        .endsWith(new Message.AppendSucceeded(1, 5, 0));
  }

  /** §7: what follows the snapshot in the log is kept if the log agrees with it, else dropped. */
  @Test
  void whatFollowsTheSnapshotIsKeptOnlyIfTheLogAgrees() {
    TestNode agrees = TestNode.ofThree(TestNode.recovered(1, 1, 1, 1, 1, 1, 1));
    agrees.receive(2, TestShell.chunk(1, SNAPSHOT, 0, 250));
    assertThat(agrees.status().lastIndex()).isEqualTo(6);
    TestNode differs = TestNode.ofThree(TestNode.recovered(3, 1, 1, 1, 1, 2, 2));
    SnapshotMeta later = TestShell.meta(5, 3, THREE);
    differs.receive(2, TestShell.chunk(3, later, 0, 250));
    assertThat(differs.status().lastIndex()).isEqualTo(5);
    assertThat(differs.diskLog).isEmpty();
  }

  /** openraft#1808: members that stood in the replaced log are not the group's any more. */
  @Test
  void snapshotInstallResetsEffectiveMembership() {
    Configuration four = Configuration.of(TestNode.ids(4));
    Entry lost =
        new Entry(1, 1, TestNode.WALL, Entry.Kind.CONFIGURATION, ConfigurationText.encode(four));
    TestNode follower =
        TestNode.ofThree(new Recovered(new HardState(2, Optional.empty()), List.of(lost)));
    assertThat(follower.core.configuration()).isEqualTo(four);
    SnapshotMeta sent = TestShell.meta(5, 2, THREE);
    var outputs = follower.receive(2, TestShell.chunk(2, sent, 0, 250));
    assertThat(follower.core.configuration()).isEqualTo(THREE);
    assertThat(outputs).contains(new Output.ConfigurationChanged(THREE));
    follower.restart();
    assertThat(follower.core.configuration()).isEqualTo(THREE);
  }

  @Test
  void aFailedInstallBeginsAnew() {
    TestNode follower = TestNode.ofThree();
    follower.shell.works = false;
    follower.receive(2, TestShell.chunk(1, SNAPSHOT, 0, 250));
    follower.step(new Input.ChunkWritten(SNAPSHOT, 250));
    follower.step(new Input.InstallFailed(SNAPSHOT));
    assertThat(follower.status().commitIndex()).isZero();
    assertThat(follower.receive(2, TestShell.chunk(1, SNAPSHOT, 0, 100)))
        .contains(new Output.WriteChunk(SNAPSHOT, 0, TestShell.chunk(1, SNAPSHOT, 0, 100).data()));
  }

  @Test
  void aFollowerThatHasItAllSaysSo() {
    TestNode follower = TestNode.ofThree();
    follower.receive(2, append(1, 0, 0, 6, TestNode.log(1, 1, 1, 1, 1, 1).toArray(Entry[]::new)));
    assertThat(
            messages(
                follower.receive(2, TestShell.chunk(1, SNAPSHOT, 0, 250)),
                Message.AppendSucceeded.class))
        .containsExactly(new Message.AppendSucceeded(1, 6, 0));
    assertThat(only(follower.outputs, Output.WriteChunk.class)).isEmpty();
  }
}
