package dev.usher.cli.bench;

import dev.usher.cli.term.Progress;
import java.time.Duration;

/** Measures bookings, each of another seat, at one cluster or at two in turns. */
public final class Bench {
  /** A pair of turns takes a cluster first that the pair before it took last. */
  private static final int PAIRS = 4;

  /** At the begin of a turn what went on before comes to rest. */
  private static final Duration SETTLE = Duration.ofSeconds(2);

  private final BenchSettings settings;
  private final Progress progress;

  public Bench(BenchSettings settings, Progress progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /** Warms up, measures. */
  public BenchReport run(Stand stand) {
    warmUp(stand);
    progress.begin("Booking for %d s".formatted(settings.measured().toSeconds()));
    stand.sell(SETTLE, settings.measured());
    var report = stand.report();
    progress.done(report.booked() + " bookings counted");
    return report;
  }

  private void warmUp(Stand stand) {
    progress.begin(
        "Warming up for %d s and %d bookings, which don't count"
            .formatted(settings.warmUp().toSeconds(), settings.warmUpBookings()));
    stand.warmUp(settings.warmUp(), settings.warmUpBookings());
  }

  /**
   * Measures two clusters in turns, A B B A A B B A, so that whatever else the machine does
   * meanwhile falls on both. Each is counted as long as the settings say, after its own warm-up.
   */
  public void alternate(Stand one, Stand other) {
    warmUp(one);
    warmUp(other);
    var turn = settings.measured().dividedBy(PAIRS);
    for (int pair = 0; pair < PAIRS; pair++) {
      progress.begin("Booking in turns, %d of %d".formatted(pair + 1, PAIRS));
      (pair % 2 == 0 ? one : other).sell(SETTLE, turn);
      (pair % 2 == 0 ? other : one).sell(SETTLE, turn);
    }
    progress.done("Booked for %d s at each".formatted(settings.measured().toSeconds()));
  }
}
