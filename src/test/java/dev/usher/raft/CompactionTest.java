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

/** Snapshots of a node's own and what they let the log forget, §7. */
class CompactionTest {
  private static final Configuration THREE = Configuration.of(TestNode.ids(3));

  /** Takes a snapshot of five entries, of which two stay in memory. */
  static TestNode compacted() {
    TestNode node =
        new TestNode(
            TestNode.config(1, 3).withSnapshots(new RaftConfig.Snapshots(Long.MAX_VALUE, 2, 100)),
            Recovered.NOTHING);
    node.receive(2, append(1, 0, 0, 5, TestNode.log(1, 1, 1, 1, 1).toArray(Entry[]::new)));
    node.step(new Input.TakeSnapshot());
    return node;
  }

  /**
   * etcd 3.5 lost the tie between state and index (etcd#13766): what a snapshot names is exactly
   * what was given to apply before it.
   */
  @Test
  void appliedIndexAtomicWithState() {
    TestNode node = TestNode.ofThree();
    node.shell.works = false;
    node.receive(2, append(1, 0, 0, 2, entry(1, 1), entry(1, 2), entry(1, 3)));
    assertThat(node.applied).hasSize(2);
    assertThat(node.step(new Input.TakeSnapshot()))
        .containsExactly(new Output.StartSnapshot(2, 1, TestNode.WALL, THREE));
  }

  @Test
  void aSnapshotIsTakenWhenTheLogHasGrownEnough() {
    RaftConfig often = TestNode.config(1, 3).withSnapshots(new RaftConfig.Snapshots(200, 0, 100));
    TestNode node = new TestNode(often, Recovered.NOTHING);
    node.receive(2, append(1, 0, 0, 2, entry(1, 1), entry(1, 2)));
    assertThat(only(node.outputs, Output.StartSnapshot.class)).isEmpty();
    node.receive(2, append(1, 2, 1, 3, entry(1, 3)));
    assertThat(only(node.outputs, Output.StartSnapshot.class))
        .extracting(Output.StartSnapshot::lastIndex)
        .containsExactly(3L);
  }

  @Test
  void theLogForgetsWhatTheSnapshotHoldsButForATail() {
    TestNode node = compacted();
    assertThat(node.core.member.log.baseIndex()).isEqualTo(3);
    assertThat(node.core.snapshot()).map(SnapshotMeta::lastIndex).contains(5L);
    assertThat(node.diskLog).isEmpty();
    assertThat(node.status().lastIndex()).isEqualTo(5);
  }

  @Test
  void theLogForgetsNothingBeforeTheFileIsThere() {
    TestNode node = TestNode.ofThree();
    node.shell.works = false;
    node.receive(2, append(1, 0, 0, 2, entry(1, 1), entry(1, 2)));
    node.step(new Input.TakeSnapshot());
    assertThat(node.core.member.log.baseIndex()).isZero();
    assertThat(node.core.snapshot()).isEmpty();
  }

  @Test
  void aRestartBeginsWithTheSnapshot() {
    TestNode node = compacted();
    node.receive(2, append(1, 5, 1, 5, entry(1, 6)));
    node.restart();
    assertThat(node.status().commitIndex()).isEqualTo(5);
    assertThat(node.status().lastIndex()).isEqualTo(6);
    node.receive(2, append(1, 6, 1, 6));
    assertThat(node.applied).containsExactly(entry(1, 6));
  }

  /**
   * openraft#511: the place that a late request compares is compacted away; it equals all the same.
   */
  @Test
  void purgedPrevLogIsNotConflict() {
    TestNode node = compacted();
    node.outbox.clear();
    var answers = node.receive(2, append(1, 1, 1, 5, entry(1, 2), entry(1, 3)));
    assertThat(messages(answers, Message.AppendSucceeded.class))
        .containsExactly(new Message.AppendSucceeded(1, 5, 0));
    node.receive(
        2, append(1, 1, 1, 6, TestNode.log(1, 1, 1, 1, 1, 1).subList(1, 6).toArray(Entry[]::new)));
    assertThat(node.status().lastIndex()).isEqualTo(6);
    assertThat(node.status().commitIndex()).isEqualTo(6);
  }

  /**
   * lerna#111, #113: a snapshot that is finished during an install, or older than what was
   * installed, is thrown away, and none is begun meanwhile.
   */
  @Test
  void compactionAndInstallSnapshotDoNotInterleave() {
    TestNode node = TestNode.ofThree();
    node.shell.works = false;
    node.receive(2, append(1, 0, 0, 2, entry(1, 1), entry(1, 2)));
    node.step(new Input.TakeSnapshot());
    SnapshotMeta own = TestShell.meta(2, 1, THREE);
    SnapshotMeta sent = TestShell.meta(9, 1, THREE);
    node.receive(2, TestShell.chunk(1, sent, 0, 250));
    assertThat(node.step(new Input.ChunkWritten(sent, 250)))
        .contains(new Output.InstallSnapshot(sent));
    assertThat(node.step(new Input.SnapshotTaken(own)))
        .containsExactly(new Output.DiscardSnapshot(own));
    assertThat(node.step(new Input.TakeSnapshot())).isEmpty();
    assertThat(node.core.member.log.baseIndex()).isZero();
    node.step(new Input.SnapshotInstalled(sent));
    assertThat(node.core.snapshot()).contains(sent);
    assertThat(node.step(new Input.SnapshotTaken(own)))
        .containsExactly(new Output.DiscardSnapshot(own));
  }

  /** The file that is being sent must not vanish under the receiver's feet again and again. */
  @Test
  void noSnapshotIsTakenWhileOneIsBeingSent() {
    TestNode leader =
        new TestNode(
                TestNode.config(1, 3),
                new Recovered(
                    new HardState(1, Optional.empty()),
                    Optional.of(TestShell.meta(5, 1, THREE)),
                    List.of(entry(1, 6)),
                    OptionalLong.empty()))
            .lead();
    leader.receive(2, new Message.AppendRejected(2, 6, 0, 0, 0));
    leader.ack(n(3), 7, 0);
    assertThat(only(leader.step(new Input.TakeSnapshot()), Output.StartSnapshot.class)).isEmpty();
    leader.ack(n(2), 7, 0);
    assertThat(only(leader.step(new Input.TakeSnapshot()), Output.StartSnapshot.class)).hasSize(1);
  }

  @Test
  void aFailedSnapshotChangesNothingAndIsTakenAgain() {
    TestNode node = TestNode.ofThree();
    node.shell.works = false;
    node.receive(2, append(1, 0, 0, 1, entry(1, 1)));
    node.step(new Input.TakeSnapshot());
    node.step(new Input.SnapshotFailed());
    assertThat(only(node.step(new Input.TakeSnapshot()), Output.StartSnapshot.class)).hasSize(1);
  }
}
