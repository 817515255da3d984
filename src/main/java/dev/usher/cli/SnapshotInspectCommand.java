package dev.usher.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.api.cluster.v1.SnapshotHeader;
import dev.usher.backup.Contents;
import dev.usher.backup.SavedGroup;
import dev.usher.cli.term.Names;
import dev.usher.cli.term.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "inspect",
    header = "Show what a saved file has, and check every byte of it; needs no cluster.",
    description = {
      "",
      "Exit code 0: the file is whole; 1: it is not, and the first damage is named.",
    },
    footer = {"", "Example:", "  usher snapshot inspect monday.usnap"})
final class SnapshotInspectCommand implements Callable<Integer> {
  @Mixin final CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "FILE", description = "A file of usher snapshot save.")
  Path file = Path.of("");

  private final Cli cli;

  SnapshotInspectCommand(Cli cli) {
    this.cli = cli;
  }

  private record Inspected(SavedGroup group, SequencedMap<String, Long> contents) {}

  @Override
  public Integer call() {
    try {
      List<SavedGroup> groups = SavedGroup.of(file);
      var inspected = new ArrayList<Inspected>();
      for (SavedGroup group : groups) {
        inspected.add(new Inspected(group, Contents.of(group)));
      }
      cli.terminal().out().println(common.json() ? json(inspected) : text(inspected));
      return ExitCode.OK;
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw new CliException(ExitCode.FAILED, SnapshotText.cause(e));
    }
  }

  private String text(List<Inspected> inspected) {
    var table = Table.of("GROUP", "CLUSTER", "INDEX", "TERM", "LOG TIME", "VOTERS", "SIZE");
    for (Inspected each : inspected) {
      SnapshotHeader header = each.group().header();
      table.row(
          Names.id(header.getGroup()),
          header.getCluster(),
          header.getIndex(),
          header.getTerm(),
          logTime(header),
          header.getVotersList().stream().map(Names::id).collect(Collectors.joining(", ")),
          SnapshotText.bytes(each.group().bytes()));
    }
    var text = new StringBuilder(table.render());
    for (Inspected each : inspected) {
      text.append(Names.id(each.group().header().getGroup()))
          .append(": ")
          .append(
              each.contents().entrySet().stream()
                  .map(count -> count.getValue() + " " + count.getKey())
                  .collect(Collectors.joining(", ")))
          .append('\n');
    }
    return text.append("Every checksum is right.").toString();
  }

  private String json(List<Inspected> inspected) {
    var root = new ObjectMapper().createObjectNode();
    root.put("file", file.toString());
    var groups = root.putArray("groups");
    for (Inspected each : inspected) {
      SnapshotHeader header = each.group().header();
      var group = groups.addObject();
      group.put("group", header.getGroup()).put("cluster", header.getCluster());
      group.put("index", header.getIndex()).put("term", header.getTerm());
      group.put("logTime", logTime(header)).put("bytes", each.group().bytes());
      var voters = group.putArray("voters");
      header.getVotersList().forEach(voters::add);
      var contents = group.putObject("contents");
      for (Map.Entry<String, Long> count : each.contents().entrySet()) {
        contents.put(count.getKey(), count.getValue());
      }
    }
    return root.toPrettyString();
  }

  private static String logTime(SnapshotHeader header) {
    return Instant.ofEpochSecond(header.getLogTime().getSeconds()).toString();
  }
}
