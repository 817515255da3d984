package dev.usher.cli;

import dev.usher.api.cluster.v1.ClusterStatus;
import dev.usher.api.cluster.v1.DrainMemberRequest;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.UsherClient;
import picocli.CommandLine.Command;

@Command(
    name = "drain",
    header = "Make a node ready to be stopped.",
    description = {
      "",
      "It hands its leaderships away and sends clients to the other nodes; done when its last call"
          + " is answered. It lasts until `usher cluster undrain`, or until the node starts again.",
    },
    footer = {"", "Example:", "  usher cluster drain node-2"})
final class ClusterDrainCommand extends ClusterMemberCommand {
  ClusterDrainCommand(Cli cli) {
    super(cli);
  }

  @Override
  ClusterStatus change(UsherClient client, String name, String requestId) {
    return client.call(
        Api.DRAIN_MEMBER,
        DrainMemberRequest.newBuilder().setName(name).setRequestId(requestId).build());
  }
}
