package dev.usher.sim;

import java.lang.management.ManagementFactory;

/**
 * Runs many seeds and says how fast: {@code Hunt [first seed] [count]}. Stops at the first failure
 * with the seed and the trace; says every hundred seeds how far it has come.
 */
final class Hunt {
  private static final int SAY_EVERY = 100;

  private final long first;
  private final long startNanos = System.nanoTime();
  private long seeds;
  private long steps;
  private long elections;
  private long committed;
  private long reads;
  private long snapshots;
  private long installs;
  private long changes;
  private long losses;

  private Hunt(long first) {
    this.first = first;
  }

  public static void main(String[] args) {
    long first = args.length > 0 ? Long.parseLong(args[0]) : System.nanoTime();
    long count = args.length > 1 ? Long.parseLong(args[1]) : 1000;
    Hunt hunt = new Hunt(first);
    for (long seed = first; seed < first + count; seed++) {
      hunt.add(Simulation.run(seed));
    }
    if (count % SAY_EVERY != 0) {
      hunt.say();
    }
  }

  private void add(Simulation.Result result) {
    seeds++;
    steps += result.steps();
    elections += result.elections();
    committed += result.committed();
    reads += result.reads();
    snapshots += result.snapshots();
    installs += result.installs();
    changes += result.changes();
    losses += result.losses();
    if (seeds % SAY_EVERY == 0) {
      say();
    }
  }

  private void say() {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    double cpuSeconds = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    System.out.printf(
        "seeds=%d first=%d steps=%d steps/s=%.0f steps/cpu-s=%.0f seeds/hour=%.0f elections=%d"
            + " committed=%d reads=%d snapshots=%d installs=%d changes=%d losses=%d%n",
        seeds,
        first,
        steps,
        steps / seconds,
        steps / cpuSeconds,
        seeds / seconds * 3600,
        elections,
        committed,
        reads,
        snapshots,
        installs,
        changes,
        losses);
  }
}
