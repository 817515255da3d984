package dev.usher.cli;

import dev.usher.cli.bench.Bench;
import dev.usher.cli.bench.BenchReport;
import dev.usher.cli.bench.BenchSettings;
import dev.usher.cli.client.Buyer;
import dev.usher.cli.client.Connections;
import dev.usher.cli.client.NodeAddress;
import dev.usher.cli.client.Organizer;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.local.LocalCluster;
import dev.usher.cli.term.Amounts;
import dev.usher.cli.term.Progress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "bench",
    header = "Measure bookings a second, their latency, and what they cost in CPU.",
    description = {
      "",
      "Every booking takes another seat, is authorized, committed by the cluster and captured. In a"
          + " closed loop each client asks again as soon as it has its answer. With --rate,"
          + " bookings are due at fixed times and their latency counts from then (no coordinated"
          + " omission).",
      "",
      "Runs against a cluster of its own, made for it; with --nodes against a running one, as the"
          + " user who is logged in (role ORGANIZER needed), without CPU figures."
    },
    footer = {
      "",
      "Examples:",
      "  usher bench --clients 64 --seconds 20",
      "  usher bench --rate 500 --seconds 30 -o json"
    })
final class BenchCommand implements Callable<Integer> {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  @Mixin final CommonOptions common = new CommonOptions();
  @Mixin final FreshOptions fresh = new FreshOptions();

  @Option(names = "--clients", paramLabel = "N", description = "Clients of the closed loop (64).")
  int clients = 64;

  @Option(names = "--rate", paramLabel = "R", description = "Open loop: bookings a second.")
  Optional<Integer> rate = Optional.empty();

  @Option(names = "--seconds", paramLabel = "N", description = "How long is counted (20).")
  int seconds = 20;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "Seconds before that, while the JVMs compile what is hot (60).")
  int warmUpSeconds = 60;

  @Option(names = "--accounts", paramLabel = "N", description = "Buyers that clients share (16).")
  int accounts = 16;

  @Option(
      names = "--sold-share",
      paramLabel = "F",
      description = "Share of the requests that ask for a booked seat, 0 to 1 (0).")
  double soldShare;

  @Option(names = "--nodes", paramLabel = "HOST:PORT,…", description = "A running cluster.")
  Optional<String> nodes = Optional.empty();

  private final Cli cli;

  BenchCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    var progress = new Progress(cli.terminal(), cli.terminal().err());
    try {
      var settings =
          new BenchSettings(
              clients,
              rate.map(OptionalInt::of).orElse(OptionalInt.empty()),
              Duration.ofSeconds(seconds),
              Duration.ofSeconds(warmUpSeconds),
              accounts,
              soldShare);
      BenchReport report =
          nodes.isPresent() ? remote(settings, nodes.get(), progress) : local(settings, progress);
      cli.terminal().out().println(common.json() ? report.json() : report.text().stripTrailing());
      return report.failed() == 0 && report.booked() > 0 ? ExitCode.OK : ExitCode.FAILED;
    } catch (IllegalArgumentException e) {
      throw new CliException(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private BenchReport local(BenchSettings settings, Progress progress) {
    try (var owned = fresh.open("bench", progress)) {
      LocalCluster cluster = owned.cluster();
      progress.begin("Starting three nodes and the payment sandbox");
      cluster.start(progress::news);
      progress.done("Three nodes and the payment sandbox serve");
      try (var connections =
          new Connections(NodeAddress.parseList(NodesCommand.addresses(cluster.layout())))) {
        var visitor = client(connections);
        var operator =
            Buyer.logIn(
                visitor, cluster.layout().operatorEmail(), cluster.layout().operatorPassword());
        var report = measure(settings, visitor, operator, Optional.of(cluster::nodesCpu), progress);
        owned.succeeded();
        return report;
      }
    }
  }

  private BenchReport remote(BenchSettings settings, String addresses, Progress progress) {
    try (var connections = new Connections(NodeAddress.parseList(addresses))) {
      var visitor = client(connections);
      var session =
          cli.sessions()
              .load()
              .orElseThrow(
                  () -> new CliException(ExitCode.AUTH, "log in as an organizer: usher login"));
      return measure(
          settings, visitor, visitor.withToken(session.token()), Optional.empty(), progress);
    }
  }

  /** A slow answer is a figure here, not a silent node: every booking is asked for once. */
  private static UsherClient client(Connections connections) {
    return UsherClient.of(connections, DEADLINE).withAttemptLimit(DEADLINE);
  }

  private static BenchReport measure(
      BenchSettings settings,
      UsherClient visitor,
      UsherClient organizer,
      Optional<Supplier<Duration>> nodesCpu,
      Progress progress) {
    return new Bench(settings, visitor, new Organizer(organizer), nodesCpu, progress)
        .run(Amounts.parse("10", "EUR"), TestCard.OK.card());
  }
}
