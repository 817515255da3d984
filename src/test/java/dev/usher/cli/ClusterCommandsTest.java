package dev.usher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.api.cluster.v1.ClusterChange;
import dev.usher.api.cluster.v1.ClusterStatus;
import dev.usher.api.cluster.v1.GroupConsistency;
import dev.usher.api.cluster.v1.GroupStatus;
import dev.usher.api.cluster.v1.Node;
import dev.usher.api.cluster.v1.ReplicaDigest;
import dev.usher.api.cluster.v1.ReplicaDigest.Verdict;
import dev.usher.api.cluster.v1.VerifyConsistencyResponse;
import dev.usher.api.cluster.v1.WatchClusterResponse;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.FakeNode;
import dev.usher.cli.client.FakeNode.Answering;
import dev.usher.cli.client.FakeNode.Streaming;
import dev.usher.cli.client.JumpingClock;
import dev.usher.cli.term.Terminals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators see of the replicas. */
class ClusterCommandsTest {
  private static final ClusterStatus STATUS =
      ClusterStatus.newBuilder()
          .addNodes(
              Node.newBuilder()
                  .setName("nodes/node-1")
                  .setReachable(true)
                  .addGroups(
                      GroupStatus.newBuilder()
                          .setGroup("groups/system")
                          .setRole(GroupStatus.Role.ROLE_LEADER)))
          .build();
  private static final WatchClusterResponse FIRST =
      WatchClusterResponse.newBuilder().setStatus(STATUS).build();
  private static final WatchClusterResponse SECOND =
      FIRST.toBuilder()
          .addChanges(
              ClusterChange.newBuilder()
                  .setKind(ClusterChange.Kind.KIND_LEADER)
                  .setNode("nodes/node-1")
                  .setGroup("groups/system")
                  .setAfter("nodes/node-1"))
          .build();

  @TempDir Path home;

  private int run(Terminals terminals, FakeNode node, String... args) {
    return UsherCli.run(
        args,
        new Cli(
            terminals.terminal(),
            Map.of("USHER_HOME", home.toString(), "USHER_NODES", node.address().toString()),
            new JumpingClock()));
  }

  @ParameterizedTest
  @CsvSource({
    "VERDICT_SAME, VERDICT_SAME, 0, All replicas are the same.",
    "VERDICT_SAME, VERDICT_DIFFERENT, 3, Replicas differ.",
    "VERDICT_NO_ANSWER, VERDICT_DIFFERENT, 3, Replicas differ.",
    "VERDICT_SAME, VERDICT_NO_ANSWER, 4, Not every replica answered",
  })
  void theExitCodeTellsWhetherTheReplicasAreTheSame(
      Verdict second, Verdict third, int code, String words) throws IOException {
    var group =
        GroupConsistency.newBuilder()
            .setGroup("groups/seats-0")
            .setIndex(42)
            .addReplicas(replica("nodes/node-1", Verdict.VERDICT_SAME))
            .addReplicas(replica("nodes/node-2", second))
            .addReplicas(replica("nodes/node-3", third));
    var answer = VerifyConsistencyResponse.newBuilder().addGroups(group).build();
    try (var node = FakeNode.start(new Answering<>(Api.VERIFY_CONSISTENCY, request -> answer))) {
      var terminals = Terminals.piped("");
      assertThat(run(terminals, node, "cluster", "verify", "--timeout", "600")).isEqualTo(code);
      assertThat(terminals.out()).contains("seats-0     42  node-3").contains(words);
    }
  }

  @Test
  void changesAreLinesWhereNobodyWatches() throws IOException {
    try (var node = watched()) {
      var terminals = Terminals.piped("");
      assertThat(run(terminals, node, "cluster", "watch", "--count", "2")).isZero();
      assertThat(terminals.out())
          .contains("leader")
          .containsOnlyOnce("NODE")
          .endsWith("node-1 system: leader none → node-1\n")
          .doesNotContain("\u001b");
    }
  }

  @Test
  void theTableIsDrawnOverItselfOnATerminal() throws IOException {
    try (var node = watched()) {
      var terminals = Terminals.watched();
      run(terminals, node, "cluster", "watch", "--count", "2");
      // Three lines up: heading, the one row, who tells.
      assertThat(terminals.out()).containsOnlyOnce("\u001b[3A\u001b[J").contains("none → node-1");
    }
  }

  @Test
  void everyStatusIsALineOfJson() throws IOException {
    try (var node = watched()) {
      var terminals = Terminals.piped("");
      run(terminals, node, "cluster", "watch", "--count", "2", "-o", "json");
      assertThat(terminals.out().lines())
          .hasSize(2)
          .allSatisfy(line -> assertThat(line).startsWith("{\"status\":{").endsWith("}"));
    }
  }

  private static FakeNode watched() throws IOException {
    return FakeNode.start(
        new Streaming<>(Api.WATCH_CLUSTER, request -> List.of(FIRST, SECOND, SECOND).iterator()));
  }

  private static ReplicaDigest replica(String node, Verdict verdict) {
    return ReplicaDigest.newBuilder()
        .setNode(node)
        .setVerdict(verdict)
        .setDigest(verdict == Verdict.VERDICT_NO_ANSWER ? "" : "0123456789abcdef0123")
        .build();
  }
}
