package dev.usher.cli;

import com.google.protobuf.Message;
import dev.usher.cli.client.Connections;
import dev.usher.cli.client.NodeAddress;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.term.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that calls the cluster, with the session of the last login when there is one. */
abstract class ApiCommand implements Callable<Integer> {
  @Mixin final CommonOptions common = new CommonOptions();

  @Option(
      names = "--nodes",
      paramLabel = "HOST:PORT,…",
      description =
          "Nodes to call, in this order (default: $USHER_NODES, else 127.0.0.1:7101,7102,7103).",
      order = 101)
  Optional<String> nodes = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description =
          "How long a call may take in all, over however many nodes (default: ${DEFAULT-VALUE}).",
      order = 102)
  int timeoutSeconds = 30;

  final Cli cli;

  ApiCommand(Cli cli) {
    this.cli = cli;
  }

  /** Does it; gives the exit code. */
  abstract int run(UsherClient client);

  @Override
  public final Integer call() {
    if (timeoutSeconds < 1 || timeoutSeconds > 3600) {
      throw new CliException(ExitCode.USAGE, "--timeout is 1 to 3600 seconds");
    }
    try (var connections = new Connections(addresses())) {
      var client = UsherClient.of(connections, Duration.ofSeconds(timeoutSeconds), cli.waiting());
      return run(
          cli.sessions().load().map(session -> client.withToken(session.token())).orElse(client));
    }
  }

  private List<NodeAddress> addresses() {
    String named = nodes.orElseGet(() -> cli.environment().getOrDefault("USHER_NODES", ""));
    try {
      return named.isEmpty() ? NodeAddress.DEFAULTS : NodeAddress.parseList(named);
    } catch (IllegalArgumentException e) {
      throw new CliException(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }

  /** Prints an answer: as JSON when asked for, else as the text. */
  int print(Message answer, Supplier<String> text) {
    cli.terminal().out().println(common.json() ? Json.of(answer) : text.get().stripTrailing());
    return ExitCode.OK;
  }

  /** The same for a list. */
  int print(List<? extends Message> answers, Supplier<String> text) {
    cli.terminal().out().println(common.json() ? Json.of(answers) : text.get().stripTrailing());
    return ExitCode.OK;
  }

  static String newRequestId() {
    return UUID.randomUUID().toString();
  }
}
