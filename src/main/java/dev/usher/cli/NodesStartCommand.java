package dev.usher.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.cli.client.NodeAddress;
import dev.usher.cli.local.Layout;
import dev.usher.cli.local.LocalCluster;
import dev.usher.cli.local.ProcessSpec;
import dev.usher.cli.term.Table;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "start",
    header = "Start the local nodes and the payment sandbox, or one node.",
    description = {
      "",
      "Waits until they serve. What already runs is left alone; when something can't be started,"
          + " what this command started is stopped again. Each process's log is in its data"
          + " directory. The same as bin/start-node.sh.",
    })
final class NodesStartCommand extends NodesCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "NODE",
      description =
          "1, 2, 3 or node-1, …: this node only, and the sandbox. 4 and 5 wait to be added.")
  Optional<String> node = Optional.empty();

  NodesStartCommand(Cli cli) {
    super(cli);
  }

  @Override
  public Integer call() {
    LocalCluster cluster = cluster();
    Layout layout = cluster.layout();
    var progress = progress();
    try {
      if (node.isPresent()) {
        ProcessSpec one =
            layout
                .node(node.get())
                .orElseThrow(
                    () ->
                        new CliException(
                            ExitCode.USAGE, "there is no node '" + node.get() + "' in the files"));
        progress.begin("Starting " + one.name());
        cluster.startNode(one, progress::news);
        progress.done(one.name() + " runs; " + next(one));
      } else {
        progress.begin("Starting " + layout.standing().size() + " nodes and the payment sandbox");
        cluster.start(progress::news);
        progress.done(layout.standing().size() + " nodes and the payment sandbox serve");
      }
    } finally {
      progress.clear();
    }
    cli.terminal().out().print(common.json() ? json(cluster) : text(cluster));
    return ExitCode.OK;
  }

  private static String next(ProcessSpec one) {
    return one.joins()
        ? "if it is new: bin/usher cluster add "
            + one.name()
            + " "
            + one.host()
            + ":"
            + one.peerPort()
        : "a cluster serves once a majority of its nodes runs";
  }

  private static String text(LocalCluster cluster) {
    Layout layout = cluster.layout();
    var table = Table.of("PROCESS", "PID", "ADDRESS", "DATA AND LOG");
    for (ProcessSpec process : layout.standing()) {
      row(table, cluster, process);
    }
    row(table, cluster, layout.sandbox());
    boolean defaults = NodeAddress.parseList(addresses(layout)).equals(NodeAddress.DEFAULTS);
    return table.render()
        + "\nNow, for example:\n"
        + (defaults ? "" : "  export USHER_NODES=" + addresses(layout) + "\n")
        + "  bin/usher login --email "
        + layout.operatorEmail()
        + " --password-file "
        + layout.operatorPasswordFile()
        + "\n"
        + "  bin/usher cluster status\n"
        + "  bin/usher venue import conf/venues/playhouse.json\n"
        + "  bin/start-node.sh --stop\n";
  }

  private static void row(Table table, LocalCluster cluster, ProcessSpec process) {
    table.row(
        process.name(),
        cluster.running(process).map(p -> String.valueOf(p.pid())).orElse("-"),
        address(process),
        process.runDir());
  }

  private static String json(LocalCluster cluster) {
    var root = new ObjectMapper().createObjectNode();
    var processes = root.putArray("processes");
    for (ProcessSpec process : cluster.layout().standing()) {
      var running = cluster.running(process);
      processes
          .addObject()
          .put("name", process.name())
          .put("address", address(process))
          .put("running", running.isPresent())
          .put("pid", running.map(ProcessHandle::pid).orElse(0L));
    }
    return root.put("nodes", addresses(cluster.layout())).toPrettyString() + "\n";
  }
}
