package dev.usher.cli.bench;

import dev.usher.cli.term.Progress;
import java.time.Duration;

/** Measures bookings, each of another seat, at one cluster. */
public final class Bench {
  /** What the warm-up began comes to its end. */
  private static final Duration SETTLE = Duration.ofSeconds(2);

  private final BenchSettings settings;
  private final Progress progress;

  public Bench(BenchSettings settings, Progress progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /** Warms up, measures. */
  public BenchReport run(Stand stand) {
    progress.begin(
        "Warming up for %d s and %d bookings, which don't count"
            .formatted(settings.warmUp().toSeconds(), settings.warmUpBookings()));
    stand.warmUp(settings.warmUp(), settings.warmUpBookings());
    progress.begin("Booking for %d s".formatted(settings.measured().toSeconds()));
    stand.sell(SETTLE, settings.measured());
    var report = stand.report();
    progress.done(
        "%d bookings counted, %.0f a second%s"
            .formatted(
                report.booked(),
                report.bookedPerSecond(),
                report
                    .cpu()
                    .map(cpu -> ", %.2f ms of CPU each without compilers".formatted(cpu.warm()))
                    .orElse("")));
    return report;
  }
}
