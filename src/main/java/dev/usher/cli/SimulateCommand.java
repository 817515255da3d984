package dev.usher.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "simulate",
    header = "Hunt for bugs of the consensus engine in simulated clusters.",
    description = {
      "",
      "Every seed is a whole cluster in one thread, with faults that the seed draws, and all"
          + " promises are checked after every step. Prints seeds an hour, simulated events a"
          + " second and how often each fault happened; Ctrl-C ends it with the totals. A seed that"
          + " fails is made smaller, and shown with its last steps; the exit code is 1 then.",
    },
    footer = {
      "",
      "Examples:",
      "  usher simulate --hours 8",
      "  usher simulate --seeds 2000 --first 1 --nodes 3",
      "  usher simulate --seeds 100 --mutant forgets-its-vote"
    })
final class SimulateCommand implements Callable<Integer> {
  private static final long SEEDS_IF_NOTHING_IS_SAID = 1000;
  private static final int NODES_MAX = 7;
  private static final int HOURS_MAX = 1000;
  private static final long LAST_SEED_SECONDS_MAX = 10;

  @Mixin final CommonOptions common = new CommonOptions();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "How many seeds (1000, or as many as the hours give).")
  @Nullable Long seeds;

  @Option(names = "--hours", paramLabel = "H", description = "For how long; 0.1 is six minutes.")
  @Nullable Double hours;

  @Option(
      names = "--first",
      paramLabel = "S",
      description = "The first seed, the others follow it (a fresh one).")
  @Nullable Long first;

  @Option(names = "--seed", paramLabel = "S", description = "This seed only.")
  @Nullable Long seed;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "Voters of every cluster, 1 to 7 (as many as each seed draws).")
  @Nullable Integer nodes;

  @Option(
      names = "--without",
      paramLabel = "FAULT,…",
      split = ",",
      description = "Faults that are switched off, for example crash,loss.")
  List<String> without = List.of();

  @Option(
      names = "--plenty",
      paramLabel = "FAULT,…",
      split = ",",
      description = "Faults that strike often in every cluster, for example damage.")
  List<String> plenty = List.of();

  @Option(
      names = "--mutant",
      paramLabel = "NAME",
      description = "Put a well-known bug into the engine, to see it caught.")
  @Nullable String mutant;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "Where every step of the failing run goes, or of the one with --seed.")
  @Nullable Path trace;

  private final Cli cli;

  SimulateCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    AtomicBoolean calledOff = new AtomicBoolean();
    SeedHunt.Order order = order(calledOff);
    SeedHunt hunt =
        ServiceLoader.load(SeedHunt.class)
            .findFirst()
            .orElseThrow(
                () ->
                    new CliException(
                        ExitCode.FAILED,
                        "the simulator is not on the class path: it is test code, in"
                            + " target/usher-tests.jar; bin/usher simulate builds it"));
    CountDownLatch done = new CountDownLatch(1);
    Thread hook = new Thread(() -> callOff(calledOff, done), "usher-call-off");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return hunt.run(order, cli.terminal().out()) ? ExitCode.OK : ExitCode.FAILED;
    } catch (IllegalArgumentException e) {
      throw new CliException(ExitCode.USAGE, String.valueOf(e.getMessage()));
    } finally {
      done.countDown();
      if (!calledOff.get()) {
        Runtime.getRuntime().removeShutdownHook(hook);
      }
    }
  }

  /** Ctrl-C: the process may end when the totals are printed. */
  private static void callOff(AtomicBoolean calledOff, CountDownLatch done) {
    calledOff.set(true);
    try {
      if (!done.await(LAST_SEED_SECONDS_MAX, TimeUnit.SECONDS)) {
        System.err.println("usher simulate: the last seed did not end in time; no totals");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private SeedHunt.Order order(AtomicBoolean calledOff) {
    if (seed != null && (seeds != null || hours != null || first != null)) {
      throw usage("--seed is one seed: leave --seeds, --first and --hours out");
    }
    if (seeds != null && seeds < 1) {
      throw usage("--seeds is 1 or more, not " + seeds);
    }
    if (hours != null && !(hours > 0 && hours <= HOURS_MAX)) {
      throw usage("--hours is more than 0 and at most " + HOURS_MAX + ", not " + hours);
    }
    if (nodes != null && (nodes < 1 || nodes > NODES_MAX)) {
      throw usage("--nodes is 1 to " + NODES_MAX + ", not " + nodes);
    }
    long seedsIfNotSaid = hours == null ? SEEDS_IF_NOTHING_IS_SAID : Long.MAX_VALUE;
    double hoursMax = hours == null ? HOURS_MAX : hours;
    return new SeedHunt.Order(
        seed == null ? OptionalLong.empty() : OptionalLong.of(seed),
        first == null ? OptionalLong.empty() : OptionalLong.of(first),
        seeds == null ? seedsIfNotSaid : seeds,
        Duration.ofMillis((long) (hoursMax * TimeUnit.HOURS.toMillis(1))),
        nodes == null ? 0 : nodes,
        without,
        plenty,
        Optional.ofNullable(mutant),
        Optional.ofNullable(trace),
        calledOff);
  }

  private static CliException usage(String what) {
    return new CliException(ExitCode.USAGE, what);
  }
}
