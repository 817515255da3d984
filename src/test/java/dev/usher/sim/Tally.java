package dev.usher.sim;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What many clean runs come to together. */
final class Tally {
  private static final int KINDS = FaultKind.values().length;

  private final long first;
  private final long[] seedsWith = new long[KINDS];
  private final long[] times = new long[KINDS];
  private long seeds;
  private long steps;
  private long elections;
  private long committed;
  private long reads;
  private long nanos;
  private long cpuNanos;

  Tally(long first) {
    this.first = first;
  }

  long seeds() {
    return seeds;
  }

  /** The seed that comes next. */
  long next() {
    return first + seeds;
  }

  long nanos() {
    return nanos;
  }

  void add(Simulation.Result result) {
    seeds++;
    steps += result.steps();
    elections += result.elections();
    committed += result.committed();
    reads += result.reads();
    for (FaultKind kind : FaultKind.values()) {
      long happened = result.coverage().times(kind);
      times[kind.ordinal()] += happened;
      seedsWith[kind.ordinal()] += happened > 0 ? 1 : 0;
    }
  }

  /** How long all of it has taken so far, on the clock and of this thread's CPU. */
  void took(long clockNanos, long threadNanos) {
    nanos = clockNanos;
    cpuNanos = threadNanos;
  }

  /** One line: how far, and how fast. */
  String speed() {
    double seconds = Math.max(nanos, 1) / (double) TimeUnit.SECONDS.toNanos(1);
    double cpuSeconds = Math.max(cpuNanos, 1) / (double) TimeUnit.SECONDS.toNanos(1);
    return String.format(
        Locale.ROOT,
        "seeds=%d first=%d seconds=%.1f seeds/hour=%.0f events=%d events/s=%.0f events/cpu-s=%.0f",
        seeds,
        first,
        seconds,
        seeds / seconds * 3600,
        steps,
        steps / seconds,
        steps / cpuSeconds);
  }

  /** What happened, and the table of faults: in how many seeds, and how often. */
  String coverage() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "elections=%d committed=%d reads=%d%n%n%10s %12s  %s%n",
            elections,
            committed,
            reads,
            "seeds",
            "times",
            "fault"));
    for (FaultKind kind : FaultKind.values()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%10d %12d  %s%n",
              seedsWith[kind.ordinal()],
              times[kind.ordinal()],
              kind.what()));
    }
    return text.toString();
  }
}
