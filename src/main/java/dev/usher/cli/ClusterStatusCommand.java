package dev.usher.cli;

import dev.usher.api.cluster.v1.GetClusterStatusRequest;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.UsherClient;
import picocli.CommandLine.Command;

@Command(
    name = "status",
    header = "Show every node and its part in every Raft group.",
    description = {
      "",
      "commit is the highest log index known to be on a majority, applied what the node's state"
          + " has, lag how far that is behind the leader's commit. VOTES: a learner gets the log"
          + " and does not vote yet.",
    })
final class ClusterStatusCommand extends ApiCommand {
  ClusterStatusCommand(Cli cli) {
    super(cli);
  }

  @Override
  int run(UsherClient client) {
    var status = client.call(Api.GET_CLUSTER_STATUS, GetClusterStatusRequest.getDefaultInstance());
    return print(status, () -> ClusterText.of(status));
  }
}
