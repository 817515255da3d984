package dev.usher.cli.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Asks again and again until something holds, for a bounded time, on the caller's thread. */
public final class Poll {
  private static final Duration INTERVAL = Duration.ofMillis(50);

  private Poll() {}

  /** The first value that the probe gives; empty when it gave none within the limit. */
  public static <T> Optional<T> until(Duration limit, Supplier<Optional<T>> probe) {
    var waiting = Waiting.real();
    long end = waiting.nanoTime() + limit.toNanos();
    Optional<T> found = probe.get();
    while (found.isEmpty()
        && end - waiting.nanoTime() > 0
        && !Thread.currentThread().isInterrupted()) {
      waiting.pause(INTERVAL);
      found = probe.get();
    }
    return found;
  }

  /** Whether the condition held within the limit. */
  public static boolean holds(Duration limit, BooleanSupplier condition) {
    return until(
            limit, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.<Boolean>empty())
        .isPresent();
  }
}
