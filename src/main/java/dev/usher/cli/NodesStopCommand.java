package dev.usher.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "stop",
    header = "Stop the local nodes and the sandbox that were started here.",
    description = {"", "SIGTERM, and SIGKILL for what is still there after ten seconds."})
final class NodesStopCommand extends NodesCommand {
  NodesStopCommand(Cli cli) {
    super(cli);
  }

  @Override
  public Integer call() {
    List<String> stopped = cluster().stop();
    if (common.json()) {
      var root = new ObjectMapper().createObjectNode();
      var names = root.putArray("stopped");
      stopped.forEach(names::add);
      cli.terminal().out().println(root.toPrettyString());
    } else {
      cli.terminal()
          .out()
          .println(
              stopped.isEmpty() ? "Nothing was running." : "Stopped " + String.join(", ", stopped));
    }
    return ExitCode.OK;
  }
}
