package dev.usher.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.api.cluster.v1.ExportSnapshotRequest;
import dev.usher.api.cluster.v1.ExportSnapshotResponse;
import dev.usher.api.cluster.v1.GetClusterStatusRequest;
import dev.usher.api.cluster.v1.GroupStatus;
import dev.usher.backup.BackupWriter;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.NodeAddress;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.term.Names;
import dev.usher.cli.term.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "save",
    header = "Save the state of groups into a file, while the cluster goes on; for operators.",
    description = {
      "",
      "Each group as it is at one log entry, with everything in it that was answered before. The"
          + " file is there whole or not at all, and only its owner may read it: it has password"
          + " hashes in it. With --all the seat groups come first and the accounts, sessions and"
          + " journals last, so that nothing that is saved names an account that is not.",
    },
    footer = {
      "",
      "Examples:",
      "  usher snapshot save monday.usnap --all",
      "  usher snapshot save seats.usnap --group seats-0 --force"
    })
final class SnapshotSaveCommand extends ApiCommand {
  @Parameters(paramLabel = "FILE", description = "The file to write.")
  Path file = Path.of("");

  @ArgGroup(multiplicity = "1")
  Which which = new Which();

  /** One of the two. */
  static final class Which {
    @Option(
        names = "--group",
        paramLabel = "GROUP",
        description = "system, seats-0, …; may be given several times.",
        order = 1)
    List<String> groups = new ArrayList<>();

    @Option(names = "--all", description = "All groups.", order = 2)
    boolean all;
  }

  @Option(names = "--force", description = "Replace the file when it is there.", order = 3)
  boolean force;

  SnapshotSaveCommand(Cli cli) {
    super(cli);
  }

  @Override
  int run(UsherClient client) {
    var progress = new Progress(cli.terminal(), cli.terminal().err());
    try (BackupWriter writer = BackupWriter.create(file, force)) {
      List<String> groups = which.all ? all(client) : which.groups;
      for (String group : groups) {
        progress.begin("saving " + Names.id(group));
        save(client, Names.of("groups", group), writer, progress);
      }
      progress.clear();
      writer.finish();
      print(groups, writer.bytes());
      return ExitCode.OK;
    } catch (FileAlreadyExistsException e) {
      throw new CliException(
          ExitCode.USAGE, file + " is there already; choose another name, or --force");
    } catch (IOException | UncheckedIOException e) {
      throw new CliException(
          ExitCode.FAILED, "nothing was saved to " + file + ": " + SnapshotText.cause(e));
    }
  }

  /** The order of the documentation: what names accounts first, then the accounts. */
  private static List<String> all(UsherClient client) {
    var status = client.call(Api.GET_CLUSTER_STATUS, GetClusterStatusRequest.getDefaultInstance());
    return status.getNodesList().stream()
        .flatMap(node -> node.getGroupsList().stream())
        .map(GroupStatus::getGroup)
        .distinct()
        .sorted(Names.NATURAL)
        .toList();
  }

  private static void save(
      UsherClient client, String group, BackupWriter writer, Progress progress) {
    client.stream(
        Api.EXPORT_SNAPSHOT,
        ExportSnapshotRequest.newBuilder().setGroup(group).build(),
        new UsherClient.StreamReader<ExportSnapshotResponse>() {
          @Override
          public void begins(NodeAddress node) {
            try {
              writer.forgetUnfinished();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }

          @Override
          public boolean takes(ExportSnapshotResponse part) {
            try {
              writer.write(part);
              progress.news(SnapshotText.bytes(writer.bytes()));
              return true;
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        });
  }

  private void print(List<String> groups, long bytes) {
    var out = cli.terminal().out();
    if (common.json()) {
      var root = new ObjectMapper().createObjectNode();
      root.put("file", file.toString()).put("bytes", bytes);
      var names = root.putArray("groups");
      groups.forEach(group -> names.add(Names.of("groups", group)));
      out.println(root.toPrettyString());
    } else {
      out.println(
          "Saved %s to %s (%s)"
              .formatted(
                  String.join(", ", groups.stream().map(Names::id).toList()),
                  file,
                  SnapshotText.bytes(bytes)));
    }
  }
}
