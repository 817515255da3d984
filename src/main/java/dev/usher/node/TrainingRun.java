package dev.usher.node;

import dev.usher.cli.TestCard;
import dev.usher.cli.bench.Bench;
import dev.usher.cli.bench.BenchReport;
import dev.usher.cli.bench.BenchSettings;
import dev.usher.cli.bench.Stand;
import dev.usher.cli.client.Buyer;
import dev.usher.cli.client.Connections;
import dev.usher.cli.client.NodeAddress;
import dev.usher.cli.client.Organizer;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.local.FreshLayout;
import dev.usher.cli.local.Layout;
import dev.usher.cli.local.ProcessSpec;
import dev.usher.cli.term.Amounts;
import dev.usher.cli.term.Progress;
import dev.usher.cli.term.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A short life of a whole cluster inside one JVM. The build runs it with {@code
 * -XX:AOTCacheOutput}, so that the JVM keeps what it loaded and learned, and a node that is given
 * that cache starts in half the CPU time (JEP 483, 514, 515; figures in docs/decisions.md).
 */
final class TrainingRun {
  /** Three nodes and a sandbox in one cold JVM are slow: no elections for that. */
  private static final double TIME_SCALE = 8;

  private static final Duration BOOKING = Duration.ofSeconds(8);
  private static final int CLIENTS = 8;

  /** The first call waits for the cluster to serve. */
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  private final Layout layout;
  private final Deque<Runnable> stops = new ArrayDeque<>();

  private TrainingRun(Layout layout) {
    this.layout = layout;
  }

  /** Runs and returns; a run that fails ends the process without a cache. */
  static void run() {
    try {
      var layout = FreshLayout.write(Files.createTempDirectory("usher-train-"), TIME_SCALE);
      layout.ensureSecrets();
      var run = new TrainingRun(layout);
      try {
        System.out.println(run.live().text());
      } finally {
        run.stops.forEach(Runnable::run);
        FreshLayout.delete(layout);
      }
    } catch (IOException | RuntimeException e) {
      System.err.println("usher train: no cache is made, and nodes start without one: " + e);
      Runtime.getRuntime().halt(NodeProcess.FAILED);
    }
  }

  private BenchReport live() {
    var sandbox = SandboxProcess.start(layout.sandbox().config());
    stops.push(sandbox::close);
    for (ProcessSpec spec : layout.nodes()) {
      var node = Node.start(NodeSettings.load(spec.config()), TrainingRun::abort);
      stops.push(node::stop);
    }
    try (var connections =
        new Connections(
            layout.nodes().stream().map(n -> new NodeAddress(n.host(), n.clientPort())).toList())) {
      return book(UsherClient.of(connections, DEADLINE));
    }
  }

  private BenchReport book(UsherClient visitor) {
    var organizer =
        new Organizer(Buyer.logIn(visitor, layout.operatorEmail(), layout.operatorPassword()));
    var settings =
        new BenchSettings(CLIENTS, OptionalInt.empty(), BOOKING, Duration.ZERO, 0, CLIENTS, 0);
    var progress = new Progress(Terminal.ofProcess(), System.err);
    try (var stand =
        Stand.open(
            settings,
            visitor,
            organizer,
            Optional.empty(),
            Amounts.parse("10", "EUR"),
            TestCard.OK.card())) {
      return new Bench(settings, progress).run(stand);
    }
  }

  private static void abort(Throwable cause) {
    System.err.println("usher train: a node gave up: " + cause);
    Runtime.getRuntime().halt(NodeProcess.HALTED);
  }
}
