package dev.usher.cli;

import dev.usher.api.cluster.v1.ClusterStatus;
import dev.usher.api.cluster.v1.PromoteMemberRequest;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.UsherClient;
import picocli.CommandLine.Command;

@Command(
    name = "promote",
    header = "Make a learner a voter.",
    description = {
      "",
      "Waits until it has caught up with every group.",
    },
    footer = {"", "Example:", "  usher cluster promote node-4 --timeout 120"})
final class ClusterPromoteCommand extends ClusterMemberCommand {
  ClusterPromoteCommand(Cli cli) {
    super(cli);
  }

  @Override
  ClusterStatus change(UsherClient client, String name, String requestId) {
    return client.call(
        Api.PROMOTE_MEMBER,
        PromoteMemberRequest.newBuilder().setName(name).setRequestId(requestId).build());
  }
}
