package dev.usher.replica;

import static dev.usher.replica.TestCluster.ALL;
import static dev.usher.replica.TestCluster.PATIENCE;
import static dev.usher.replica.TestCluster.THREE;
import static dev.usher.replica.TestCluster.TWO;
import static dev.usher.replica.TestCluster.UNUSED;
import static dev.usher.replica.TestCluster.get;
import static dev.usher.replica.TestCluster.without;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.usher.raft.Configuration;
import dev.usher.raft.NodeId;
import dev.usher.raft.RaftConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members come and go between real actors (§6), as an operator has them. */
class MembershipClusterTest {
  private static final RaftConfig.Snapshots OFTEN = new RaftConfig.Snapshots(4096, 4, 512);
  private static final NodeId FOUR = new NodeId("node-4");
  private static final MemberOutcome DONE = new MemberOutcome.Done();

  private static final ActorTestKit KIT =
      ActorTestKit.create(
          ConfigFactory.parseString(TestCluster.CONFIGURATION).withFallback(ConfigFactory.load()));

  @TempDir Path directory;

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  @Test
  void aNodeIsAddedBySnapshotPromotedAndTakesTheLeadersPlace() {
    try (TestCluster cluster = new TestCluster(KIT, directory, OFTEN)) {
      NodeId leader = cluster.awaitLeader();
      for (int i = 0; i < 100; i++) {
        cluster.propose(leader, "key-" + i, "line-" + i);
      }
      cluster.startEmpty(FOUR);

      assertThat(add(cluster, FOUR)).isEqualTo(DONE);
      cluster.await(() -> cluster.ledger(FOUR).size() == 100);
      assertThat(get(members(cluster).promote(FOUR, PATIENCE))).isEqualTo(DONE);
      assertThat(get(cluster.members(leader).remove(leader, PATIENCE))).isEqualTo(DONE);

      NodeId other = without(leader)[0];
      Outcome outcome = cluster.propose(other, "after", "after");
      assertThat(outcome).isInstanceOf(Outcome.Done.class);
      cluster.await(() -> cluster.ledger(FOUR).contains("after"));
      assertThat(cluster.ledger(leader)).hasSizeLessThanOrEqualTo(101);
    }
  }

  @Test
  void theMembersAreThoseOfTheLogAfterARestart() {
    try (TestCluster cluster = new TestCluster(KIT, directory, OFTEN)) {
      NodeId leader = cluster.awaitLeader();
      cluster.startEmpty(FOUR);
      assertThat(add(cluster, FOUR)).isEqualTo(DONE);
      ALL.forEach(cluster::stop);
      ALL.forEach(cluster::start);
      cluster.awaitLeader();

      Outcome outcome = cluster.propose(leader, "after", "after");

      assertThat(outcome).isInstanceOf(Outcome.Done.class);
      cluster.await(() -> cluster.ledger(FOUR).contains("after"));
      assertThat(cluster.node(TWO).nodes().clientAddress(FOUR)).isEqualTo("node-4:7101");
    }
  }

  @Test
  void everyCallMayBeRepeated() {
    try (TestCluster cluster = new TestCluster(KIT, directory, OFTEN)) {
      cluster.awaitLeader();
      cluster.startEmpty(FOUR);
      for (int i = 0; i < 2; i++) {
        assertThat(add(cluster, FOUR)).isEqualTo(DONE);
      }
      for (int i = 0; i < 2; i++) {
        assertThat(get(members(cluster).promote(FOUR, PATIENCE))).isEqualTo(DONE);
      }
      assertThat(voters(cluster)).hasSize(4);
      for (int i = 0; i < 2; i++) {
        assertThat(get(members(cluster).remove(FOUR, PATIENCE))).isEqualTo(DONE);
      }
      assertThat(voters(cluster)).isEqualTo(ALL);
    }
  }

  @Test
  void whatIsNoMemberIsSaidToBeNone() {
    try (TestCluster cluster = new TestCluster(KIT, directory, OFTEN)) {
      cluster.awaitLeader();
      MemberOutcome nobody = new MemberOutcome.NoSuchMember();

      assertThat(get(members(cluster).promote(FOUR, PATIENCE))).isEqualTo(nobody);
      assertThat(get(members(cluster).remove(FOUR, PATIENCE))).isEqualTo(nobody);
      assertThat(get(members(cluster).drain(FOUR, PATIENCE))).isEqualTo(nobody);
      assertThat(get(members(cluster).undrain(FOUR, PATIENCE))).isEqualTo(nobody);
    }
  }

  @Test
  void aLearnerThatLacksTooMuchIsNotPromotedInTime() {
    try (TestCluster cluster = new TestCluster(KIT, directory, OFTEN)) {
      cluster.awaitLeader();
      cluster.startEmpty(FOUR);
      assertThat(add(cluster, FOUR)).isEqualTo(DONE);
      cluster.network.isolate(FOUR);

      MemberOutcome outcome = get(members(cluster).promote(FOUR, Duration.ofSeconds(2)));

      assertThat(outcome)
          .isEqualTo(
              new MemberOutcome.NotYet("node-4 still lacks too much of the log of group system"));
      assertThat(voters(cluster)).isEqualTo(ALL);
    }
  }

  @Test
  void aStepThatWouldLeaveNoMajorityIsRefused() {
    try (TestCluster cluster = new TestCluster(KIT, directory, OFTEN)) {
      NodeId leader = cluster.awaitLeader();
      NodeId dead = without(leader)[0];
      NodeId other = without(leader)[1];
      cluster.stop(dead);

      MemberOutcome outcome = get(cluster.members(leader).remove(other, PATIENCE));

      assertThat(outcome).isInstanceOf(MemberOutcome.Refused.class);
      assertThat(((MemberOutcome.Refused) outcome).why())
          .contains("of which 2 must answer, and only [" + leader + "] do");
      // The dead one may go: that makes the group stronger.
      assertThat(get(cluster.members(leader).remove(dead, PATIENCE))).isEqualTo(DONE);
      assertThat(voters(cluster)).containsExactlyInAnyOrder(leader, other);
    }
  }

  @Test
  void theLastVoterStays() {
    try (TestCluster cluster = new TestCluster(KIT, directory, OFTEN)) {
      NodeId last = cluster.awaitLeader();
      for (NodeId other : without(last)) {
        assertThat(get(cluster.members(last).remove(other, PATIENCE))).isEqualTo(DONE);
      }

      assertThat(get(cluster.members(last).remove(last, PATIENCE)))
          .isEqualTo(new MemberOutcome.Refused("group system would have no voter left"));
      assertThat(get(cluster.members(last).drain(last, PATIENCE)))
          .isEqualTo(new MemberOutcome.Refused("no other voter of group system could lead it"));
    }
  }

  @Test
  void aWipedDiskUnderAKnownNameIsRemovedAndAddedAgain() {
    try (TestCluster cluster = new TestCluster(KIT, directory, OFTEN)) {
      cluster.awaitLeader();
      cluster.startEmpty(FOUR);
      assertThat(add(cluster, FOUR)).isEqualTo(DONE);
      cluster.stop(FOUR);
      cluster.wipe(FOUR);
      cluster.startEmpty(FOUR);

      assertThat(add(cluster, FOUR))
          .isEqualTo(
              new MemberOutcome.Refused(
                  "node-4 is a member already, with another disk; remove it first"));
      assertThat(get(members(cluster).remove(FOUR, PATIENCE))).isEqualTo(DONE);
      assertThat(add(cluster, FOUR)).isEqualTo(DONE);
    }
  }

  @Test
  void aDrainedNodeLeadsNothingUntilItServesAgain() {
    try (TestCluster cluster = new TestCluster(KIT, directory, OFTEN)) {
      NodeId leader = cluster.awaitLeader();

      assertThat(get(cluster.members(without(leader)[0]).drain(leader, PATIENCE))).isEqualTo(DONE);
      assertThat(cluster.node(leader).draining().isOn()).isTrue();
      assertThat(cluster.awaitLeader()).isNotEqualTo(leader);
      // Whoever hands leadership to it gets it back.
      cluster.await(
          () -> {
            get(
                cluster
                    .node(leader)
                    .transferLeadership(TestCluster.GROUP.id(), Optional.of(leader)));
            return !cluster.awaitLeader().equals(leader);
          });

      assertThat(get(cluster.members(without(leader)[0]).undrain(leader, PATIENCE)))
          .isEqualTo(DONE);
      assertThat(cluster.node(leader).draining().isOn()).isFalse();
    }
  }

  private static MemberControl members(TestCluster cluster) {
    return cluster.members(THREE);
  }

  private static MemberOutcome add(TestCluster cluster, NodeId node) {
    return get(members(cluster).add(node, UNUSED.peers(), PATIENCE));
  }

  private static SortedSet<NodeId> voters(TestCluster cluster) {
    NodeId any = cluster.someNode();
    return ClusterView.of(get(cluster.node(any).statusOfAll()))
        .configurations()
        .getOrDefault(TestCluster.GROUP.id(), Configuration.NONE)
        .voters();
  }
}
