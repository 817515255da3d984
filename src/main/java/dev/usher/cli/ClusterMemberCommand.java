package dev.usher.cli;

import dev.usher.api.cluster.v1.ClusterStatus;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.term.Names;
import picocli.CommandLine.Parameters;

/** A change of one member. Safe to repeat: it goes on where it ended, and is done once. */
abstract class ClusterMemberCommand extends ApiCommand {
  @Parameters(index = "0", paramLabel = "NODE", description = "node-1, …")
  String node = "";

  ClusterMemberCommand(Cli cli) {
    super(cli);
  }

  /** Asks for it. */
  abstract ClusterStatus change(UsherClient client, String name, String requestId);

  @Override
  final int run(UsherClient client) {
    var status = change(client, Names.of("nodes", node), newRequestId());
    return print(status, () -> ClusterText.of(status));
  }
}
