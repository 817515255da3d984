package dev.usher.raft;

import static dev.usher.raft.TestNode.n;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A node is a name and a disk. */
class IdentityTest {
  private static final DirectoryId OLD = new DirectoryId("old-disk");
  private static final DirectoryId NEW = new DirectoryId("new-disk");

  private static Configuration bound() {
    return Configuration.of(TestNode.ids(3)).bound(n(2), OLD);
  }

  /**
   * Ongaro 2015, KAFKA-20740: a wiped disk has forgotten votes and entries that were counted; under
   * its old name it would let a quorum be had that overlaps with none.
   */
  @Test
  void wipedDiskSameNameIsRefused() {
    TestNode candidate =
        TestNode.ofThree(
            new Recovered(
                new HardState(1, Optional.empty()),
                List.of(MembershipTest.configuration(1, 1, bound()))));
    candidate.advance(300);
    candidate.step(new Input.Received(n(2), NEW, new Message.PreVoteResponse(1, 2, true)));
    assertThat(candidate.status().role()).isEqualTo(Role.PRE_CANDIDATE);
    candidate.step(new Input.Received(n(2), OLD, new Message.PreVoteResponse(1, 2, true)));
    candidate.step(new Input.Received(n(2), NEW, new Message.VoteResponse(2, true)));
    assertThat(candidate.status().role()).isEqualTo(Role.CANDIDATE);
    candidate.step(new Input.Received(n(2), OLD, new Message.VoteResponse(2, true)));
    assertThat(candidate.status().role()).isEqualTo(Role.LEADER);
    candidate.step(new Input.Received(n(2), NEW, new Message.AppendSucceeded(2, 2, 0)));
    assertThat(candidate.status().commitIndex()).isZero();
    candidate.step(new Input.Received(n(2), OLD, new Message.AppendSucceeded(2, 2, 0)));
    assertThat(candidate.status().commitIndex()).isEqualTo(2);
  }

  /**
   * Found by the simulator (seed 1077936): a voter whose own disk had hung lost the entry that
   * named the disks, and took the new disk of another for the founder's. Together they led without
   * what the third had committed with the old disk.
   */
  @Test
  void aJoinersDiskIsNobodyWhereDisksAreNotNamed() {
    DirectoryId joiner = DirectoryId.joiner("new-disk");
    TestNode candidate = new TestNode(TestNode.config(1, 3).withDirectory(OLD), Recovered.NOTHING);
    candidate.advance(300);
    candidate.step(new Input.Received(n(2), joiner, new Message.PreVoteResponse(0, 1, true)));
    assertThat(candidate.status().role()).isEqualTo(Role.PRE_CANDIDATE);
    candidate.step(new Input.Received(n(2), NEW, new Message.PreVoteResponse(0, 1, true)));
    candidate.step(new Input.Received(n(2), joiner, new Message.VoteResponse(1, true)));
    assertThat(candidate.status().role()).isEqualTo(Role.CANDIDATE);
    candidate.step(new Input.Received(n(2), NEW, new Message.VoteResponse(1, true)));
    assertThat(candidate.status().role()).isEqualTo(Role.LEADER);
    candidate.step(new Input.Received(n(3), joiner, new Message.AppendSucceeded(1, 1, 0)));
    assertThat(candidate.status().commitIndex()).isZero();
    candidate.step(new Input.Received(n(2), NEW, new Message.AppendSucceeded(1, 1, 0)));
    assertThat(candidate.status().commitIndex()).isEqualTo(1);
    candidate.advance(50);
    assertThat(candidate.core.configuration().members())
        .containsEntry(n(2), new Configuration.Identity(NEW, ""))
        .containsEntry(n(3), Configuration.Identity.UNKNOWN);
  }

  @Test
  void aNodeWhoseDiskIsNotTheMembersDoesNotCampaign() {
    Entry members =
        MembershipTest.configuration(1, 1, Configuration.of(TestNode.ids(3)).bound(n(1), OLD));
    TestNode wiped =
        new TestNode(
            TestNode.config(1, 3).withDirectory(NEW),
            new Recovered(new HardState(1, Optional.empty()), List.of(members)));
    wiped.advance(10_000);
    assertThat(wiped.status().role()).isEqualTo(Role.FOLLOWER);
  }

  /** The first leader writes down whose disks they are, as soon as it has heard of them. */
  @Test
  void theFirstLeaderNamesTheDisks() {
    TestNode leader =
        new TestNode(TestNode.config(1, 3).withDirectory(NEW), Recovered.NOTHING).leadInStep();
    leader.step(new Input.Received(n(2), OLD, new Message.AppendSucceeded(1, 1, 0)));
    leader.advance(50);
    Configuration named = leader.core.configuration();
    assertThat(named.members())
        .containsEntry(n(1), new Configuration.Identity(NEW, ""))
        .containsEntry(n(2), new Configuration.Identity(OLD, ""))
        .containsEntry(n(3), Configuration.Identity.UNKNOWN);
    assertThat(named.isJoint()).isFalse();
  }

  @Test
  void membersAreTextThatCanBeReadBack() {
    Configuration joint =
        Configuration.of(TestNode.ids(3))
            .withLearner(n(4), new Configuration.Identity(NEW, "10.0.0.4:7000"))
            .bound(n(2), OLD)
            .removing(n(3));
    Bytes text = ConfigurationText.encode(joint);
    assertThat(ConfigurationText.decode(text)).isEqualTo(joint);
    assertThat(new String(text.toArray(), StandardCharsets.UTF_8))
        .isEqualTo("vo\tn1\t\t\nvo\tn2\told-disk\t\no\tn3\t\t\nl\tn4\tnew-disk\t10.0.0.4:7000\n");
    for (String other : List.of("v", "x\tn1\t\t\n", "vl\tn1\t\t\n", "v\tN\t\t\n")) {
      assertThatThrownBy(() -> ConfigurationText.decode(TestNode.payload(other)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
