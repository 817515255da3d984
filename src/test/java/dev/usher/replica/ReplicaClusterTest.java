package dev.usher.replica;

import static dev.usher.replica.TestCluster.ALL;
import static dev.usher.replica.TestCluster.get;
import static dev.usher.replica.TestCluster.without;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.usher.raft.NodeId;
import dev.usher.raft.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three healthy nodes: any of them takes proposals and answers reads. */
class ReplicaClusterTest {
  private static final ActorTestKit KIT =
      ActorTestKit.create(
          ConfigFactory.parseString(TestCluster.CONFIGURATION).withFallback(ConfigFactory.load()));

  @TempDir Path directory;
  private TestCluster cluster;

  @BeforeEach
  void startCluster() {
    cluster = new TestCluster(KIT, directory);
  }

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  @Test
  void oneLeaderIsElectedAndTheOthersFollowIt() {
    NodeId leader = cluster.awaitLeader();

    for (NodeId follower : without(leader)) {
      assertThat(cluster.status(follower).role()).isEqualTo(Role.FOLLOWER);
      assertThat(cluster.replica(follower).leader()).contains(leader);
      assertThat(cluster.replica(follower).isLeader()).isFalse();
    }
    assertThat(cluster.replica(leader).isLeader()).isTrue();
  }

  @Test
  void aProposalIsAppliedOnEveryNode() {
    NodeId leader = cluster.awaitLeader();

    Outcome outcome = cluster.propose(leader, "k", "a");

    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    ALL.forEach(node -> cluster.await(() -> cluster.ledger(node).equals(List.of("a"))));
  }

  @Test
  void aProposalBeforeThereIsALeaderWaitsForOne() {
    assertThat(cluster.propose(TestCluster.TWO, "k", "a")).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void aFollowerForwardsAProposalToTheLeader() {
    NodeId follower = without(cluster.awaitLeader())[0];

    Outcome.Done first = (Outcome.Done) cluster.propose(follower, "k", "a");
    Outcome again = cluster.propose(without(follower)[0], "k", "a");

    assertThat(Ledger.text(first.result())).isEqualTo("#1");
    assertThat(again).isEqualTo(first);
  }

  @Test
  void aFollowerPassesTheRefusalOfAReusedKeyOn() {
    NodeId follower = without(cluster.awaitLeader())[0];
    cluster.propose(follower, "k", "a");

    assertThat(cluster.propose(follower, "k", "b"))
        .isEqualTo(new Outcome.Rejected(Outcome.Reason.REQUEST_ID_REUSED));
  }

  @Test
  void aReadOnAFollowerSeesTheLatestWrite() {
    NodeId leader = cluster.awaitLeader();
    NodeId follower = without(leader)[0];
    for (int i = 0; i < 50; i++) {
      cluster.propose(leader, "k" + i, "line " + i);

      List<String> seen = cluster.read(follower);

      assertThat(seen).hasSize(i + 1).endsWith("line " + i);
    }
  }

  @Test
  void aReadBeforeThereIsALeaderWaitsForOne() {
    assertThat(cluster.read(TestCluster.THREE)).isEmpty();
  }

  @Test
  void logTimeMovesOnWhenTheStateMachineHasSomethingDue() {
    NodeId leader = cluster.awaitLeader();
    long dueMs = System.currentTimeMillis() + 1;

    cluster.propose(leader, "k", "due:" + dueMs);

    ALL.forEach(node -> cluster.await(() -> cluster.ledger(node).contains("rang:" + dueMs)));
  }

  @Test
  void leadershipIsHandedOverFromWhateverNodeAsks() {
    NodeId leader = cluster.awaitLeader();
    NodeId target = without(leader)[0];
    NodeId asked = without(leader)[1];

    // One that takes longer than an election timeout is given up, and asked for again.
    cluster.await(
        () ->
            cluster.awaitLeader().equals(target)
                || get(
                        cluster
                            .node(asked)
                            .transferLeadership(TestCluster.GROUP.id(), Optional.of(target)))
                    == TransferResult.DONE);
    cluster.await(() -> cluster.awaitLeader().equals(target));
  }

  @Test
  void everyNodeKnowsTheStatusOfAll() {
    NodeId leader = cluster.awaitLeader();
    NodeId follower = without(leader)[0];

    cluster.await(
        () ->
            get(cluster.node(follower).statusOfAll()).stream()
                .allMatch(peer -> peer.status().isPresent()));
    cluster.stop(leader);

    List<PeerStatus> statuses = get(cluster.node(follower).statusOfAll());
    assertThat(statuses).extracting(PeerStatus::node).containsExactlyElementsOf(ALL);
    assertThat(statuses)
        .filteredOn(peer -> peer.status().isEmpty())
        .extracting(PeerStatus::node)
        .contains(leader);
  }
}
