package dev.usher.cli;

import dev.usher.api.cluster.v1.AddMemberRequest;
import dev.usher.api.cluster.v1.ClusterStatus;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.UsherClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "add",
    header = "Add a node as a learner.",
    description = {
      "",
      "The node runs already, with usher.cluster.join = true, and waits. It gets the log of every"
          + " group and votes in none, until `usher cluster promote` makes it a voter.",
    },
    footer = {"", "Example:", "  usher cluster add node-4 127.0.0.1:7204"})
final class ClusterAddCommand extends ClusterMemberCommand {
  @Parameters(
      index = "1",
      paramLabel = "HOST:PORT",
      description = "Where it listens for its peers (peer-port).")
  String peerAddress = "";

  ClusterAddCommand(Cli cli) {
    super(cli);
  }

  @Override
  ClusterStatus change(UsherClient client, String name, String requestId) {
    return client.call(
        Api.ADD_MEMBER,
        AddMemberRequest.newBuilder()
            .setName(name)
            .setPeerAddress(peerAddress)
            .setRequestId(requestId)
            .build());
  }
}
