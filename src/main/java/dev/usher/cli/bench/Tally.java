package dev.usher.cli.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Counts answers and their latency; for many threads. Only what falls into the window counts. */
final class Tally {
  private static final long LATENCY_MAX_US = TimeUnit.MINUTES.toMicros(5);
  private static final int DIGITS = 3;

  private final Histogram latencyUs = new ConcurrentHistogram(LATENCY_MAX_US, DIGITS);
  private final LongAdder booked = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();

  /** A booking, {@code nanos} after it was meant to be asked for. */
  void booked(long nanos) {
    booked.increment();
    record(nanos);
  }

  /** A definite refusal. */
  void refused(long nanos) {
    refused.increment();
    record(nanos);
  }

  /** Anything else. */
  void failed(String reason) {
    failures.computeIfAbsent(reason, r -> new LongAdder()).increment();
  }

  private void record(long nanos) {
    latencyUs.recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 0, LATENCY_MAX_US));
  }

  long bookedCount() {
    return booked.sum();
  }

  long refusedCount() {
    return refused.sum();
  }

  Map<String, Long> failureCounts() {
    Map<String, Long> counts = new TreeMap<>();
    failures.forEach((reason, count) -> counts.put(reason, count.sum()));
    return counts;
  }

  double percentileMs(double percentile) {
    return latencyUs.getValueAtPercentile(percentile) / 1000.0;
  }

  double maxMs() {
    return latencyUs.getMaxValue() / 1000.0;
  }
}
