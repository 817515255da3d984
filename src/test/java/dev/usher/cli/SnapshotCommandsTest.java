package dev.usher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import dev.usher.api.cluster.v1.ClusterStatus;
import dev.usher.api.cluster.v1.ExportSnapshotRequest;
import dev.usher.api.cluster.v1.ExportSnapshotResponse;
import dev.usher.api.cluster.v1.GroupStatus;
import dev.usher.api.cluster.v1.Node;
import dev.usher.backup.SnapshotParts;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.FakeNode;
import dev.usher.cli.client.FakeNode.Answering;
import dev.usher.cli.client.FakeNode.Streaming;
import dev.usher.cli.client.JumpingClock;
import dev.usher.cli.term.Terminals;
import dev.usher.directory.DirectoryModel;
import dev.usher.raft.Bytes;
import dev.usher.raft.Configuration;
import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import dev.usher.raft.StatePoint;
import dev.usher.replica.GroupState;
import dev.usher.replica.StateMachine;
import dev.usher.replica.proto.SnapshotHeader;
import dev.usher.seats.SeatModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotCommandsTest {
  private static final ClusterStatus STATUS =
      ClusterStatus.newBuilder()
          .addNodes(
              Node.newBuilder()
                  .setName("nodes/node-1")
                  .addGroups(GroupStatus.newBuilder().setGroup("groups/system"))
                  .addGroups(GroupStatus.newBuilder().setGroup("groups/seats-0")))
          .build();

  @TempDir Path home;
  private Path file;

  private record Ran(int code, String out, String err) {}

  @BeforeEach
  void name() {
    file = home.resolve("monday.usnap");
  }

  private Ran run(List<FakeNode> nodes, String... args) {
    var terminals = Terminals.piped("");
    var named =
        nodes.stream().map(node -> node.address().toString()).collect(Collectors.joining(","));
    Map<String, String> environment =
        Map.of(
            "USHER_HOME", home.toString(), "USHER_NODES", nodes.isEmpty() ? "127.0.0.1:1" : named);
    int code = UsherCli.run(args, new Cli(terminals.terminal(), environment, new JumpingClock()));
    return new Ran(code, terminals.out(), terminals.err());
  }

  @Test
  void allGroupsAreSavedTheAccountsLast() throws IOException {
    try (var node = whole()) {
      var saved = run(List.of(node), "snapshot", "save", file.toString(), "--all");

      assertThat(saved.code()).as(saved.err()).isEqualTo(ExitCode.OK);
      assertThat(saved.out()).contains("Saved seats-0, system to " + file);
      var seen = run(List.of(), "snapshot", "inspect", file.toString());
      assertThat(seen.out())
          .containsSubsequence("seats-0", "old", "10", "system", "Every checksum is right.");
      assertThat(run(List.of(), "snapshot", "inspect", file.toString(), "-o", "json").out())
          .contains("\"group\" : \"groups/seats-0\"")
          .contains("\"logTime\" : \"2026-01-01T00:00:00Z\"");
    }
  }

  @Test
  void whatBreaksOffGoesOnFromItsBeginningAtAnotherNode() throws IOException {
    try (var dying = FakeNode.start(new Streaming<>(Api.EXPORT_SNAPSHOT, this::brokenOff));
        var node = whole()) {
      var saved =
          run(List.of(dying, node), "snapshot", "save", file.toString(), "--group", "system");

      assertThat(saved.code()).as(saved.err()).isEqualTo(ExitCode.OK);
      assertThat(dying.received()).hasSize(1);
      assertThat(run(List.of(), "snapshot", "inspect", file.toString()).code()).isZero();
    }
  }

  @Test
  void anExistingFileNeedsForce() throws IOException {
    Files.writeString(file, "precious");
    try (var node = whole()) {
      var refused = run(List.of(node), "snapshot", "save", file.toString(), "--group", "system");
      assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
      assertThat(refused.err()).contains("--force");
      assertThat(file).hasContent("precious");

      assertThat(
              run(
                      List.of(node),
                      "snapshot",
                      "save",
                      file.toString(),
                      "--group",
                      "system",
                      "--force")
                  .code())
          .isZero();
    }
  }

  @Test
  void aRefusedExportLeavesNoFile() throws IOException {
    try (var node =
        FakeNode.start(
            new Streaming<>(
                Api.EXPORT_SNAPSHOT,
                request -> {
                  throw FakeNode.error(Code.PERMISSION_DENIED, "ROLE_REQUIRED", "no");
                }))) {
      var refused = run(List.of(node), "snapshot", "save", file.toString(), "--group", "system");
      assertThat(refused.code()).isEqualTo(ExitCode.AUTH);
      assertThat(home).isEmptyDirectory();
    }
  }

  @Test
  void damageIsNamedWithItsOffset() throws IOException {
    try (var node = whole()) {
      run(List.of(node), "snapshot", "save", file.toString(), "--group", "system");
    }
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));

    var seen = run(List.of(), "snapshot", "inspect", file.toString());

    assertThat(seen.code()).isEqualTo(ExitCode.FAILED);
    assertThat(seen.err()).contains(file + " is damaged at offset").contains("cut off");
    assertThat(run(List.of(), "snapshot", "inspect", home.resolve("none").toString()).err())
        .contains("there is no ");
  }

  @Test
  void aNodesDirectoryIsMadeOnceAndTheNextStepIsSaid() throws IOException {
    try (var node = whole()) {
      run(List.of(node), "snapshot", "save", file.toString(), "--all");
    }
    Path config = Files.writeString(home.resolve("node-1.conf"), configuration("new"));

    var restored =
        run(List.of(), "snapshot", "restore", file.toString(), "--config", config.toString());

    assertThat(restored.code()).as(restored.err()).isEqualTo(ExitCode.OK);
    assertThat(restored.out())
        .contains("is node-1 of the new cluster new")
        .contains("restore node-2 from the same files")
        .contains("usher reconcile");
    assertThat(home.resolve("data").resolve("log")).isNotEmptyDirectory();
    var again =
        run(List.of(), "snapshot", "restore", file.toString(), "--config", config.toString());
    assertThat(again.code()).isEqualTo(ExitCode.USAGE);
    assertThat(again.err()).contains("is not empty");
  }

  private String configuration(String cluster) {
    return """
    usher.node { id = node-1, data-dir = "%s" }
    usher.cluster { name = %s, nodes = [{ id = node-1 }, { id = node-2 }] }
    usher.log.segment-size = 1 MiB
    """
        .formatted(home.resolve("data"), cluster);
  }

  private static FakeNode whole() throws IOException {
    return FakeNode.start(
        new Answering<>(Api.GET_CLUSTER_STATUS, request -> STATUS),
        new Streaming<>(Api.EXPORT_SNAPSHOT, request -> parts(request).iterator()));
  }

  /** A header and some content; then the node dies. */
  private Iterator<ExportSnapshotResponse> brokenOff(ExportSnapshotRequest request) {
    var begun = parts(request).subList(0, 2).iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public ExportSnapshotResponse next() {
        if (!begun.hasNext()) {
          throw FakeNode.error(Code.UNAVAILABLE, "DRAINING", "go on elsewhere");
        }
        return begun.next();
      }
    };
  }

  /** An empty state of the real model. */
  private static List<ExportSnapshotResponse> parts(ExportSnapshotRequest request) {
    StateMachine<?> model =
        request.getGroup().equals("groups/system") ? new DirectoryModel() : new SeatModel();
    var pieces = new ArrayList<Bytes>();
    pieces.add(
        Bytes.wrap(
            SnapshotHeader.newBuilder()
                .setFormatVersion(1)
                .setAppliedIndex(10)
                .build()
                .toByteArray()));
    model.snapshot().forEachRemaining(pieces::add);
    var members = Configuration.of(new TreeSet<>(List.of(new NodeId("node-1"))));
    var state =
        new GroupState(
            new GroupId(request.getGroup().substring("groups/".length())),
            new StatePoint(10, 2, members),
            1_767_225_600_000L,
            pieces.iterator());
    var parts = new ArrayList<ExportSnapshotResponse>();
    new SnapshotParts("old", state).forEachRemaining(parts::add);
    return parts;
  }
}
