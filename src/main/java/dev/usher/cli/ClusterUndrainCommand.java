package dev.usher.cli;

import dev.usher.api.cluster.v1.ClusterStatus;
import dev.usher.api.cluster.v1.UndrainMemberRequest;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.UsherClient;
import picocli.CommandLine.Command;

@Command(
    name = "undrain",
    header = "Let a drained node serve again.",
    description = {
      "",
      "It takes clients and leaderships again.",
    },
    footer = {"", "Example:", "  usher cluster undrain node-2"})
final class ClusterUndrainCommand extends ClusterMemberCommand {
  ClusterUndrainCommand(Cli cli) {
    super(cli);
  }

  @Override
  ClusterStatus change(UsherClient client, String name, String requestId) {
    return client.call(
        Api.UNDRAIN_MEMBER,
        UndrainMemberRequest.newBuilder().setName(name).setRequestId(requestId).build());
  }
}
