package dev.usher.cli;

import dev.usher.api.cluster.v1.TransferLeadershipRequest;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.term.Names;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "transfer",
    header = "Hand the leadership of a group to another node.",
    footer = {
      "",
      "Examples:",
      "  usher cluster transfer seats-0",
      "  usher cluster transfer system --to node-2"
    })
final class ClusterTransferCommand extends ApiCommand {
  @Parameters(paramLabel = "GROUP", description = "system, seats-0, …")
  String group = "";

  @Option(
      names = "--to",
      paramLabel = "NODE",
      description = "The new leader (default: the most up-to-date follower).",
      order = 1)
  Optional<String> target = Optional.empty();

  ClusterTransferCommand(Cli cli) {
    super(cli);
  }

  @Override
  int run(UsherClient client) {
    var status =
        client.call(
            Api.TRANSFER_LEADERSHIP,
            TransferLeadershipRequest.newBuilder()
                .setGroup(Names.of("groups", group))
                .setTarget(target.map(node -> Names.of("nodes", node)).orElse(""))
                .setRequestId(newRequestId())
                .build());
    return print(status, () -> ClusterText.of(status));
  }
}
