package dev.usher.cli.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Asks again and again until something holds, for a bounded time. */
public final class Poll {
  private static final long INTERVAL_MS = 50;

  private Poll() {}

  /** The first value that the probe gives; empty when it gave none within the limit. */
  public static <T> Optional<T> until(Duration limit, Supplier<Optional<T>> probe) {
    long end = System.nanoTime() + limit.toNanos();
    Optional<T> found = probe.get();
    var later =
        CompletableFuture.delayedExecutor(INTERVAL_MS, TimeUnit.MILLISECONDS, Runnable::run);
    while (found.isEmpty() && System.nanoTime() < end) {
      try {
        found = CompletableFuture.supplyAsync(probe, later).join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw e;
      }
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
