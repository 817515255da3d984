package dev.usher.cli;

import dev.usher.cli.bench.engine.EngineBench;
import dev.usher.cli.bench.engine.EngineBenchException;
import dev.usher.cli.bench.engine.EngineReport;
import dev.usher.cli.bench.engine.GrowthReport;
import dev.usher.cli.local.Launcher;
import dev.usher.cli.term.Progress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "bench-raft",
    header = "Measure the consensus engine alone: committed commands a second, and what they cost.",
    description = {
      "",
      "Starts three nodes with nothing on top of their consensus, as three processes with their"
          + " logs on disk and every entry forced. One client keeps a fixed number of commands in"
          + " flight at the leader. Prints the machine's own floor beside it.",
    },
    footer = {
      "",
      "Examples:",
      "  usher bench-raft --in-flight 1,16,64,256 --seconds 10",
      "  usher bench-raft --grow 10000000"
    })
final class BenchRaftCommand implements Callable<Integer> {
  private static final int IN_FLIGHT_MAX = 1024;
  private static final int BYTES_MAX = 1 << 20;
  private static final int SECONDS_MAX = 3600;
  private static final long GROW_MIN = 1_000;
  private static final long GROW_MAX = 1_000_000_000;

  @Mixin final CommonOptions common = new CommonOptions();
  @Mixin final FreshOptions fresh = new FreshOptions();

  @Option(
      names = "--in-flight",
      paramLabel = "N,…",
      split = ",",
      description = "Commands in flight, one measurement each (1,16,64,256).")
  List<Integer> inFlight = List.of(1, 16, 64, 256);

  @Option(names = "--seconds", paramLabel = "N", description = "How long each is measured (10).")
  int seconds = 10;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description =
          "Seconds with many in flight, and at each level before it is measured, while the JVMs"
              + " compile what is hot there (20).")
  int warmUpSeconds = 20;

  @Option(names = "--bytes", paramLabel = "N", description = "Size of a command (128).")
  int bytes = 128;

  @Option(
      names = "--grow",
      paramLabel = "N",
      description = "Instead: what a command costs as the log grows, at each power of ten up to N.")
  long grow;

  private final Cli cli;

  BenchRaftCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    inFlight.forEach(level -> inRange("--in-flight", level, 1, IN_FLIGHT_MAX));
    inRange("--seconds", seconds, 1, SECONDS_MAX);
    inRange("--warm-up", warmUpSeconds, 0, SECONDS_MAX);
    inRange("--bytes", bytes, 0, BYTES_MAX);
    if (grow != 0 && (grow < GROW_MIN || grow > GROW_MAX)) {
      throw new CliException(
          ExitCode.USAGE, "--grow is " + GROW_MIN + " to " + GROW_MAX + ", not " + grow);
    }
    var progress = new Progress(cli.terminal(), cli.terminal().err());
    try (var owned = fresh.open("bench-raft", benchNodes(), "", progress)) {
      progress.begin("Starting three bench nodes");
      owned.cluster().startNodes(progress::news);
      progress.done("Three bench nodes have a leader");
      var bench = new EngineBench(owned.cluster(), bytes, progress);
      cli.terminal().out().println(grow > 0 ? growth(bench) : levels(bench));
      owned.succeeded();
      return ExitCode.OK;
    } catch (EngineBenchException e) {
      throw new CliException(ExitCode.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private String levels(EngineBench bench) {
    EngineReport report =
        bench.run(inFlight, Duration.ofSeconds(warmUpSeconds), Duration.ofSeconds(seconds));
    return common.json() ? report.json() : report.text().stripTrailing();
  }

  private String growth(EngineBench bench) {
    GrowthReport report = bench.grow(grow, inFlight.getLast());
    return common.json() ? report.json() : report.text().stripTrailing();
  }

  private static Launcher benchNodes() {
    return Launcher.ofThisProgram().running("bench-node");
  }

  private static void inRange(String option, int value, int min, int max) {
    if (value < min || value > max) {
      throw new CliException(
          ExitCode.USAGE, option + " is " + min + " to " + max + ", not " + value);
    }
  }
}
