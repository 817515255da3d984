package dev.usher.replica;

import static dev.usher.replica.TestCluster.ALL;
import static dev.usher.replica.TestCluster.PATIENCE;
import static dev.usher.replica.TestCluster.get;
import static dev.usher.replica.TestCluster.without;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.usher.raft.NodeId;
import dev.usher.raft.RaftConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots between real actors: taken while entries are applied, sent, installed, read again. */
class SnapshotClusterTest {
  /** A snapshot after some forty entries, of which few stay, in pieces of a few lines. */
  private static final RaftConfig.Snapshots OFTEN = new RaftConfig.Snapshots(4096, 4, 512);

  private static final ActorTestKit KIT =
      ActorTestKit.create(
          ConfigFactory.parseString(TestCluster.CONFIGURATION).withFallback(ConfigFactory.load()));

  @TempDir Path directory;

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  @Test
  void aFollowerCutOffBeyondTheCompactedLogCatchesUpBySnapshot() {
    try (TestCluster cluster = new TestCluster(KIT, directory, OFTEN)) {
      NodeId away = without(cluster.awaitLeader())[0];
      cluster.network.isolate(away);
      NodeId leader = cluster.awaitLeader(without(away));
      write(cluster, leader, 0, 200);
      cluster.await(() -> !cluster.snapshots(leader).isEmpty());
      assertThat(cluster.snapshots(away)).isEmpty();

      cluster.network.heal();

      cluster.await(() -> cluster.ledger(away).equals(cluster.ledger(leader)));
      assertThat(cluster.ledger(away)).hasSize(200).startsWith("line-0").endsWith("line-199");
      assertThat(cluster.snapshots(away)).isNotEmpty();
      assertThat(cluster.read(away)).hasSize(200);
    }
  }

  @Test
  void aRestartBeginsWithTheSnapshot() {
    try (TestCluster cluster = new TestCluster(KIT, directory, OFTEN)) {
      NodeId leader = cluster.awaitLeader();
      write(cluster, leader, 0, 200);
      ALL.forEach(node -> cluster.await(() -> !cluster.snapshots(node).isEmpty()));
      ALL.forEach(cluster::stop);

      ALL.forEach(cluster::start);

      // Its own copy, before anybody was asked: it was not made of the log, which is not applied
      // yet.
      assertThat(cluster.ledger(leader)).isNotEmpty();
      cluster.awaitLeader();
      assertThat(cluster.read(leader)).hasSize(200);
      assertThat(cluster.snapshots(leader)).hasSizeLessThanOrEqualTo(2);
    }
  }

  @Test
  void aDamagedSnapshotIsFetchedFromTheOthers() throws IOException {
    try (TestCluster cluster = new TestCluster(KIT, directory, OFTEN)) {
      NodeId leader = cluster.awaitLeader();
      NodeId unlucky = without(leader)[0];
      write(cluster, leader, 0, 200);
      cluster.await(() -> !cluster.snapshots(unlucky).isEmpty());
      cluster.stop(unlucky);
      for (String file : cluster.snapshots(unlucky)) {
        Path snapshot = cluster.directoryOf(unlucky).resolve(file);
        byte[] content = Files.readAllBytes(snapshot);
        content[content.length / 2] ^= 1;
        Files.write(snapshot, content);
      }

      cluster.start(unlucky);

      NodeId now = cluster.awaitLeader(without(unlucky));
      write(cluster, now, 200, 210);
      cluster.await(() -> cluster.ledger(unlucky).size() == 210);
      assertThat(cluster.ledger(unlucky)).isEqualTo(cluster.ledger(now));
    }
  }

  @Test
  void installingWhileLoadGoesOnLosesNothing() {
    try (TestCluster cluster = new TestCluster(KIT, directory, OFTEN)) {
      NodeId away = without(cluster.awaitLeader())[0];
      cluster.network.isolate(away);
      NodeId leader = cluster.awaitLeader(without(away));
      write(cluster, leader, 0, 150);
      cluster.network.heal();

      write(cluster, leader, 150, 400);

      cluster.await(() -> cluster.ledger(away).size() == 400);
      assertThat(new HashSet<>(cluster.ledger(away))).hasSize(400);
      assertThat(cluster.ledger(away)).isEqualTo(cluster.ledger(leader));
    }
  }

  @Test
  void retryAfterLeaderChangeAppliesOnce() {
    // The answers already given are in the snapshot: the entries that they came of are gone.
    try (TestCluster cluster = new TestCluster(KIT, directory, OFTEN)) {
      NodeId leader = cluster.awaitLeader();
      Outcome first = cluster.propose(leader, "key", "once");
      write(cluster, leader, 0, 200);
      ALL.forEach(node -> cluster.await(() -> !cluster.snapshots(node).isEmpty()));
      ALL.forEach(cluster::stop);
      ALL.forEach(cluster::start);
      NodeId next = without(leader)[0];
      cluster.awaitLeader();
      get(cluster.node(next).transferLeadership(TestCluster.GROUP.id(), Optional.of(next)));

      Outcome again = cluster.propose(next, "key", "once");

      assertThat(again).isEqualTo(first);
      assertThat(cluster.read(next)).containsOnlyOnce("once");
    }
  }

  @Test
  void everyReplicaHasTheSameDigestAtOneIndex() {
    try (TestCluster cluster = new TestCluster(KIT, directory, OFTEN)) {
      NodeId leader = cluster.awaitLeader();
      write(cluster, leader, 0, 100);
      ALL.forEach(node -> cluster.await(() -> cluster.ledger(node).size() == 100));

      var digests = get(cluster.node(without(leader)[0]).digests(TestCluster.GROUP.id(), PATIENCE));

      assertThat(digests.digests().keySet()).isEqualTo(ALL);
      assertThat(digests.verdicts().values()).containsOnly(GroupDigests.Verdict.SAME);
      assertThat(cluster.status(leader).appliedIndex()).isGreaterThanOrEqualTo(digests.index());
    }
  }

  @Test
  void whatAFollowerGivesOutHasEveryAnsweredWrite() {
    try (TestCluster cluster = new TestCluster(KIT, directory, OFTEN)) {
      NodeId leader = cluster.awaitLeader();
      write(cluster, leader, 0, 50);
      long revision = ((Outcome.Done) cluster.propose(leader, "last", "last")).revision();

      GroupState state =
          get(cluster.node(without(leader)[0]).export(TestCluster.GROUP.id(), PATIENCE));

      assertThat(state.point().index()).isGreaterThanOrEqualTo(revision);
      assertThat(state.point().term()).isEqualTo(cluster.status(leader).term());
      assertThat(state.point().configuration().voters()).isEqualTo(ALL);
      StateMachineHost<List<String>> restored =
          new StateMachineHost<>(TestCluster.GROUP.machine().get());
      restored.restore(state.pieces());
      assertThat(restored.appliedIndex()).isEqualTo(state.point().index());
      assertThat(restored.view()).hasSize(51).endsWith("last");
    }
  }

  private static void write(TestCluster cluster, NodeId node, int from, int to) {
    List<CompletionStage<Outcome>> outcomes = new ArrayList<>();
    for (int i = from; i < to; i++) {
      outcomes.add(
          cluster.replica(node).propose(Ledger.proposal("key-" + i, "line-" + i), PATIENCE));
    }
    outcomes.forEach(outcome -> assertThat(get(outcome)).isInstanceOf(Outcome.Done.class));
  }
}
