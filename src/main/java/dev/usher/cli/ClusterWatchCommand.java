package dev.usher.cli;

import dev.usher.api.cluster.v1.WatchClusterRequest;
import dev.usher.api.cluster.v1.WatchClusterResponse;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.NodeAddress;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.term.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "watch",
    header = "Watch the nodes and their groups: who leads, who is there, how far they are.",
    description = {
      "",
      "On a terminal the table is drawn again as things change. Elsewhere every change is one line,"
          + " and with -o json every status is one line of JSON. When the node that tells dies, the"
          + " next one goes on. Ctrl-C ends.",
    },
    footer = {"", "Examples:", "  usher cluster watch", "  usher cluster watch -o json --count 1"})
final class ClusterWatchCommand extends ApiCommand {
  @Option(
      names = "--count",
      paramLabel = "N",
      description = "End after so many statuses (default: go on).",
      order = 1)
  long count = Long.MAX_VALUE;

  ClusterWatchCommand(Cli cli) {
    super(cli);
  }

  @Override
  int run(UsherClient client) {
    if (count < 1) {
      throw new CliException(ExitCode.USAGE, "--count is at least 1");
    }
    var screen = new ClusterScreen(cli.terminal());
    client.stream(
        Api.WATCH_CLUSTER,
        WatchClusterRequest.getDefaultInstance(),
        new UsherClient.StreamReader<WatchClusterResponse>() {
          private long seen;

          @Override
          public void begins(NodeAddress node) {
            if (!common.json()) {
              screen.from(node);
            }
          }

          @Override
          public boolean takes(WatchClusterResponse message) {
            if (common.json()) {
              cli.terminal().out().println(Json.line(message));
            } else {
              screen.show(message);
            }
            return ++seen < count;
          }
        });
    return ExitCode.OK;
  }
}
