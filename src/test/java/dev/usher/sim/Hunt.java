package dev.usher.sim;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Runs one seed after another until enough of them were clean, the time is over, somebody calls it
 * off, or one fails.
 */
final class Hunt {
  private static final long SAY_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

  /** What came of it; a failure ends the hunt. */
  record Outcome(Tally tally, Optional<SimFailure> failure, Optional<Scenario> failed) {}

  private final LongFunction<Scenario> scenarios;
  private final AtomicBoolean calledOff;
  private final Consumer<String> news;

  /**
   * @param scenarios by seed
   * @param calledOff looked at between two seeds
   * @param news a line now and then
   */
  Hunt(LongFunction<Scenario> scenarios, AtomicBoolean calledOff, Consumer<String> news) {
    this.scenarios = scenarios;
    this.calledOff = calledOff;
    this.news = news;
  }

  Outcome run(long first, long seedsMax, Duration timeMax) {
    Tally tally = new Tally(first);
    long start = System.nanoTime();
    long cpuStart = cpuNanos();
    long said = start;
    while (tally.seeds() < seedsMax && tally.nanos() < timeMax.toNanos() && !calledOff.get()) {
      Scenario scenario = scenarios.apply(tally.next());
      try {
        tally.add(Simulation.run(scenario));
      } catch (SimFailure failure) {
        tally.took(System.nanoTime() - start, cpuNanos() - cpuStart);
        return new Outcome(tally, Optional.of(failure), Optional.of(scenario));
      }
      long now = System.nanoTime();
      tally.took(now - start, cpuNanos() - cpuStart);
      if (now - said >= SAY_EVERY_NANOS) {
        said = now;
        news.accept(tally.speed());
      }
    }
    return new Outcome(tally, Optional.empty(), Optional.empty());
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
