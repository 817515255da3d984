package dev.usher.cli;

import dev.usher.api.cluster.v1.ClusterStatus;
import dev.usher.api.cluster.v1.RemoveMemberRequest;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.UsherClient;
import picocli.CommandLine.Command;

@Command(
    name = "remove",
    header = "Take a node out of the cluster.",
    description = {
      "",
      "It may be down. One that runs is drained first, and waits afterwards to be stopped. Refused"
          + " when the voters that are left could not decide.",
    },
    footer = {"", "Example:", "  usher cluster remove node-1"})
final class ClusterRemoveCommand extends ClusterMemberCommand {
  ClusterRemoveCommand(Cli cli) {
    super(cli);
  }

  @Override
  ClusterStatus change(UsherClient client, String name, String requestId) {
    return client.call(
        Api.REMOVE_MEMBER,
        RemoveMemberRequest.newBuilder().setName(name).setRequestId(requestId).build());
  }
}
