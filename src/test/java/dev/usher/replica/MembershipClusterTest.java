package dev.usher.replica;

import static dev.usher.replica.TestCluster.ALL;
import static dev.usher.replica.TestCluster.GROUP;
import static dev.usher.replica.TestCluster.PATIENCE;
import static dev.usher.replica.TestCluster.get;
import static dev.usher.replica.TestCluster.without;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.usher.raft.Configuration;
import dev.usher.raft.MembershipChange;
import dev.usher.raft.NodeId;
import dev.usher.raft.RaftConfig;
import java.nio.file.Path;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members come and go between real actors (§6): the shell carries the engine's word. */
class MembershipClusterTest {
  private static final RaftConfig.Snapshots OFTEN = new RaftConfig.Snapshots(4096, 4, 512);
  private static final NodeId FOUR = new NodeId("node-4");

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
      Configuration.Identity identity =
          new Configuration.Identity(cluster.node(FOUR).directoryId(), "");

      change(cluster, new MembershipChange.AddLearner(FOUR, identity));
      cluster.await(() -> cluster.ledger(FOUR).size() == 100);
      change(cluster, new MembershipChange.Promote(FOUR));
      change(cluster, new MembershipChange.Remove(leader));

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
      Configuration.Identity identity =
          new Configuration.Identity(cluster.node(FOUR).directoryId(), "");
      change(cluster, new MembershipChange.AddLearner(FOUR, identity));
      ALL.forEach(cluster::stop);
      ALL.forEach(cluster::start);
      cluster.awaitLeader();

      Outcome outcome = cluster.propose(leader, "after", "after");

      assertThat(outcome).isInstanceOf(Outcome.Done.class);
      cluster.await(() -> cluster.ledger(FOUR).contains("after"));
    }
  }

  /** Asks at a node that does not lead, until the leader is ready for it. */
  private static void change(TestCluster cluster, MembershipChange change) {
    NodeId asked = TestCluster.THREE;
    cluster.await(
        () -> {
          MembershipChange.Outcome outcome =
              get(cluster.node(asked).changeMembers(GROUP.id(), change, PATIENCE));
          assertThat(outcome)
              .isNotIn(MembershipChange.Outcome.NOT_POSSIBLE, MembershipChange.Outcome.UNKNOWN);
          return outcome == MembershipChange.Outcome.DONE;
        });
  }
}
