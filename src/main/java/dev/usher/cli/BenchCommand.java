package dev.usher.cli;

import dev.usher.cli.bench.Bench;
import dev.usher.cli.bench.BenchReport;
import dev.usher.cli.bench.BenchSettings;
import dev.usher.cli.bench.Comparison;
import dev.usher.cli.bench.CpuTime;
import dev.usher.cli.bench.Stand;
import dev.usher.cli.client.Buyer;
import dev.usher.cli.client.Connections;
import dev.usher.cli.client.NodeAddress;
import dev.usher.cli.client.Organizer;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.local.Launcher;
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
      "  usher bench --rate 500 --seconds 30 -o json",
      "  usher bench --compare-journal --seconds 40"
    })
final class BenchCommand implements Callable<Integer> {
  /** After the same time the slower of two clusters would be the colder one, too. */
  private static final int BOTH_WARM = 10_000;

  private static final Duration DEADLINE = Duration.ofSeconds(30);

  /** Sagas on Pekko's journal in memory: nothing outlives its node. */
  private static final String IN_MEMORY =
      "usher.journal.plugin = \"pekko.persistence.journal.inmem\"\n";

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

  @Option(
      names = "--warm-up-bookings",
      paramLabel = "N",
      description =
          "So many bookings before that at least (0; 10000 of each with --compare-journal).")
  Optional<Integer> warmUpBookings = Optional.empty();

  @Option(names = "--accounts", paramLabel = "N", description = "Buyers that clients share (16).")
  int accounts = 16;

  @Option(
      names = "--sold-share",
      paramLabel = "F",
      description = "Share of the requests that ask for a booked seat, 0 to 1 (0).")
  double soldShare;

  @Option(names = "--nodes", paramLabel = "HOST:PORT,…", description = "A running cluster.")
  Optional<String> nodes = Optional.empty();

  @Option(
      names = "--compare-journal",
      description =
          "Measures two clusters one after the other: sagas on the replicated journal, and on one"
              + " in memory.")
  boolean compareJournal;

  @Option(
      names = "--memory-first",
      description =
          "Begins --compare-journal with the one in memory: a machine is not the same all the"
              + " time.")
  boolean memoryFirst;

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
              warmUpBookings.orElse(compareJournal ? BOTH_WARM : 0),
              accounts,
              soldShare);
      if (compareJournal) {
        return compare(settings, progress);
      }
      if (memoryFirst) {
        throw new CliException(ExitCode.USAGE, "--memory-first is for --compare-journal");
      }
      BenchReport report =
          nodes.isPresent()
              ? remote(settings, nodes.get(), progress)
              : local("bench", fresh, "", settings, progress);
      cli.terminal().out().println(common.json() ? report.json() : report.text().stripTrailing());
      return report.failed() == 0 && report.booked() > 0 ? ExitCode.OK : ExitCode.FAILED;
    } catch (IllegalArgumentException e) {
      throw new CliException(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private int compare(BenchSettings settings, Progress progress) {
    if (nodes.isPresent()) {
      throw new CliException(
          ExitCode.USAGE, "--compare-journal makes its own two clusters; leave --nodes out");
    }
    Comparison comparison = compareJournals(settings, progress);
    cli.terminal()
        .out()
        .println(common.json() ? comparison.json() : comparison.text().stripTrailing());
    return comparison.failed() ? ExitCode.FAILED : ExitCode.OK;
  }

  private BenchReport local(
      String what,
      FreshOptions fresh,
      String nodeSettings,
      BenchSettings settings,
      Progress progress) {
    try (var served = serve(what, fresh, nodeSettings, settings, progress)) {
      var report = new Bench(settings, progress).run(served.stand());
      served.owned().succeeded();
      return report;
    }
  }

  /** One after the other: a cluster that waits takes its share of the machine, too. */
  private Comparison compareJournals(BenchSettings settings, Progress progress) {
    var first = memoryFirst ? inMemory(settings, progress) : durable(settings, progress);
    return memoryFirst
        ? new Comparison(durable(settings, progress), first)
        : new Comparison(first, inMemory(settings, progress));
  }

  private BenchReport durable(BenchSettings settings, Progress progress) {
    return local("durable", fresh.part("durable"), "", settings, progress);
  }

  private BenchReport inMemory(BenchSettings settings, Progress progress) {
    return local("memory", fresh.part("memory"), IN_MEMORY, settings, progress);
  }

  private BenchReport remote(BenchSettings settings, String addresses, Progress progress) {
    try (var connections = new Connections(NodeAddress.parseList(addresses))) {
      var visitor = client(connections);
      var session =
          cli.sessions()
              .load()
              .orElseThrow(
                  () -> new CliException(ExitCode.AUTH, "log in as an organizer: usher login"));
      try (var stand =
          stand(settings, visitor, visitor.withToken(session.token()), Optional.empty())) {
        return new Bench(settings, progress).run(stand);
      }
    }
  }

  /** A cluster of its own with buyers before it. */
  private record Served(FreshOptions.Owned owned, Connections connections, Stand stand)
      implements AutoCloseable {
    @Override
    public void close() {
      stand.close();
      connections.close();
      owned.close();
    }
  }

  private static Served serve(
      String what,
      FreshOptions fresh,
      String nodeSettings,
      BenchSettings settings,
      Progress progress) {
    var owned = fresh.open(what, Launcher.ofThisProgram(), nodeSettings, progress);
    try {
      LocalCluster cluster = owned.cluster();
      progress.begin("Starting three nodes and the payment sandbox");
      cluster.start(progress::news);
      progress.done("Three nodes and the payment sandbox serve");
      progress.begin(settings.accounts() + " buyers sign up, events go on sale");
      var connections =
          new Connections(NodeAddress.parseList(NodesCommand.addresses(cluster.layout())));
      var visitor = client(connections);
      var operator =
          Buyer.logIn(
              visitor, cluster.layout().operatorEmail(), cluster.layout().operatorPassword());
      var stand = stand(settings, visitor, operator, Optional.of(() -> cpu(cluster)));
      progress.done(settings.accounts() + " buyers and events of 5,000 seats are ready");
      return new Served(owned, connections, stand);
    } catch (RuntimeException e) {
      owned.close();
      throw e;
    }
  }

  /** A slow answer is a figure here, not a silent node: every booking is asked for once. */
  private static UsherClient client(Connections connections) {
    return UsherClient.of(connections, DEADLINE).withAttemptLimit(DEADLINE);
  }

  private static CpuTime cpu(LocalCluster cluster) {
    return new CpuTime(cluster.nodesCpu(), cluster.nodesCompilerCpu());
  }

  private static Stand stand(
      BenchSettings settings,
      UsherClient visitor,
      UsherClient organizer,
      Optional<Supplier<CpuTime>> nodesCpu) {
    return Stand.open(
        settings,
        visitor,
        new Organizer(organizer),
        nodesCpu,
        Amounts.parse("10", "EUR"),
        TestCard.OK.card());
  }
}
