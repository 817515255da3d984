package dev.usher.cli;

import dev.usher.cli.client.Buyer;
import dev.usher.cli.client.Connections;
import dev.usher.cli.client.NodeAddress;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.load.LoadReport;
import dev.usher.cli.load.LoadRun;
import dev.usher.cli.load.LoadSettings;
import dev.usher.cli.local.LocalCluster;
import dev.usher.cli.term.Amounts;
import dev.usher.cli.term.Progress;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "load",
    header = "Sell thousands of seats while leaders die and money fails, then audit.",
    description = {
      "",
      "Starts three nodes and the payment sandbox with fresh data and books, each client as soon as"
          + " it has its answer. Of the bookings a share is paid with a card that is declined, and"
          + " a share asks for a seat that somebody else asks for, too; the provider leaves calls"
          + " unanswered; every so often a leader is killed with SIGKILL and started again.",
      "",
      "In the end it compares what every buyer was told with the seats, the bookings and the"
          + " provider's books, asks for some answers again, waits until nothing is under way, and"
          + " runs the audit.",
      "",
      "Exit code 0: all held; 3: there is a difference, and the nodes' logs are kept."
    },
    footer = {
      "",
      "Examples:",
      "  usher load",
      "  usher load --bookings 300 --clients 16 --kill-every 5"
    })
final class LoadCommand implements Callable<Integer> {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  @Mixin final CommonOptions common = new CommonOptions();
  @Mixin final FreshOptions fresh = new FreshOptions();

  @Option(names = "--bookings", paramLabel = "N", description = "How many in all (10000).")
  int bookings = LoadSettings.DEFAULT.bookings();

  @Option(names = "--clients", paramLabel = "N", description = "How many at once (64).")
  int clients = LoadSettings.DEFAULT.clients();

  @Option(names = "--declined", paramLabel = "F", description = "Share of bad cards (0.05).")
  double declined = LoadSettings.DEFAULT.declined();

  @Option(
      names = "--silences",
      paramLabel = "F",
      description = "The provider's silences, as a share of the bookings (0.05).")
  double silences = LoadSettings.DEFAULT.silences();

  @Option(
      names = "--rivals",
      paramLabel = "F",
      description = "Share that asks for a seat somebody else asks for (0.05).")
  double rivals = LoadSettings.DEFAULT.rivals();

  @Option(
      names = "--kill-every",
      paramLabel = "SECONDS",
      description = "A leader dies this often; 0: never (20).")
  long killEverySeconds = LoadSettings.DEFAULT.killEvery().toSeconds();

  private final Cli cli;

  LoadCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    var to = common.json() ? cli.terminal().err() : cli.terminal().out();
    try {
      var settings =
          new LoadSettings(
              bookings, clients, declined, silences, rivals, Duration.ofSeconds(killEverySeconds));
      LoadReport report = run(settings, new Progress(cli.terminal(), to));
      cli.terminal().out().println(common.json() ? report.json() : report.text().stripTrailing());
      return report.held() ? ExitCode.OK : ExitCode.REFUSED;
    } catch (IllegalArgumentException e) {
      throw new CliException(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private LoadReport run(LoadSettings settings, Progress progress) {
    try (var owned = fresh.open("load", progress)) {
      LocalCluster cluster = owned.cluster();
      progress.begin("Starting three nodes and the payment sandbox");
      cluster.start(progress::news);
      progress.done("Three nodes and the payment sandbox serve");
      try (var connections =
          new Connections(NodeAddress.parseList(NodesCommand.addresses(cluster.layout())))) {
        var visitor = UsherClient.of(connections, DEADLINE);
        var operator =
            Buyer.logIn(
                visitor, cluster.layout().operatorEmail(), cluster.layout().operatorPassword());
        var report =
            new LoadRun(settings, cluster, visitor, operator, progress)
                .run(Amounts.parse("10", "EUR"), TestCard.OK.card(), TestCard.DECLINED.card());
        if (report.held()) {
          owned.succeeded();
        }
        return report;
      }
    }
  }
}
