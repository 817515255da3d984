package dev.usher.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.backup.NewCluster;
import dev.usher.backup.Restore;
import dev.usher.backup.Restore.Restored;
import dev.usher.backup.RestoreException;
import dev.usher.cli.term.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "restore",
    header = "Make a node's data directory for a new cluster from saved files; needs no cluster.",
    description = {
      "",
      "Do it for every node of the new cluster, from the same files, before you start any of them."
          + " The nodes of the configuration file are the new cluster's first members. It needs a"
          + " name of its own (usher.cluster.name), so that no node of the old one can speak to"
          + " it.",
      "",
      "What was booked after the files were saved is lost, but not at the payment provider: run"
          + " usher reconcile when the new cluster serves.",
    },
    footer = {
      "",
      "Example:",
      "  usher snapshot restore monday.usnap --config conf/node-1.conf",
    })
final class SnapshotRestoreCommand implements Callable<Integer> {
  @Mixin final CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Files of usher snapshot save, which have every group once.")
  List<Path> files = new ArrayList<>();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "The configuration of the node that the directory is for.",
      order = 1)
  Path config = Path.of("");

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "The directory to make; must be empty or missing (default: the node's own).",
      order = 2)
  Optional<Path> dataDir = Optional.empty();

  @Option(
      names = "--keep-cluster-name",
      description = "The new cluster has the old one's name, of which no node exists any more.",
      order = 3)
  boolean keepName;

  private final Cli cli;

  SnapshotRestoreCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    try {
      NewCluster cluster = NewCluster.read(config);
      Path directory = dataDir.orElse(cluster.dataDir());
      List<Restored> restored = Restore.into(directory, cluster, files, keepName);
      cli.terminal()
          .out()
          .println(
              common.json()
                  ? json(cluster, directory, restored)
                  : text(cluster, directory, restored));
      return ExitCode.OK;
    } catch (RestoreException e) {
      throw new CliException(ExitCode.USAGE, String.valueOf(e.getMessage()));
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw new CliException(ExitCode.FAILED, "nothing was restored: " + SnapshotText.cause(e));
    }
  }

  private static String text(NewCluster cluster, Path directory, List<Restored> restored) {
    var table = Table.of("GROUP", "INDEX", "SHA-256");
    restored.forEach(
        group -> table.row(group.group(), group.index(), group.digest().substring(0, 16)));
    String others = String.join(" and ", cluster.others());
    return table.render()
        + "%s is %s of the new cluster %s.%n".formatted(directory, cluster.node(), cluster.name())
        + (others.isEmpty()
            ? "→ start it"
            : "→ restore "
                + others
                + " from the same files, then start them all (an empty node must not be started"
                + " with them)")
        + "; then: usher reconcile";
  }

  private static String json(NewCluster cluster, Path directory, List<Restored> restored) {
    var root = new ObjectMapper().createObjectNode();
    root.put("dataDir", directory.toString()).put("cluster", cluster.name());
    root.put("node", "nodes/" + cluster.node());
    var groups = root.putArray("groups");
    restored.forEach(
        group ->
            groups
                .addObject()
                .put("group", "groups/" + group.group())
                .put("index", group.index())
                .put("digest", group.digest()));
    return root.toPrettyString();
  }
}
