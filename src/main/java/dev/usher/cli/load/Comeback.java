package dev.usher.cli.load;

import dev.usher.cli.client.Waiting;
import dev.usher.cli.local.LocalClusterException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Waits for a killed node that was started again. It may take long on a busy machine; that is no
 * reason to give up while the others still sell.
 */
final class Comeback {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Waiting waiting;
  private final Duration patience;

  /**
   * @param patience how long no quorum is put up with, and a node that is late once the sale is
   *     over
   */
  Comeback(Waiting waiting, Duration patience) {
    this.waiting = waiting;
    this.patience = patience;
  }

  /**
   * Waits while the others are a quorum.
   *
   * @param missing what the node still lacks; empty once it serves
   * @param quorum whether the other nodes sell
   * @param over whether the sale is over
   * @throws LocalClusterException when there was no quorum for {@code patience}
   */
  Death await(
      String node,
      Supplier<Optional<String>> missing,
      BooleanSupplier quorum,
      BooleanSupplier over) {
    long begun = waiting.nanoTime();
    long sold = begun;
    long selling = begun;
    var lack = missing.get();
    while (lack.isPresent()) {
      waiting.pause(POLL);
      long now = waiting.nanoTime();
      sold = quorum.getAsBoolean() ? now : sold;
      selling = over.getAsBoolean() ? selling : now;
      if (now - sold >= patience.toNanos()) {
        throw new LocalClusterException(
            "no quorum for %d s since %s was killed; it says: %s"
                .formatted(patience.toSeconds(), node, lack.get()));
      }
      if (now - selling >= patience.toNanos()) {
        return new Death(node, Duration.ofNanos(now - begun), false);
      }
      lack = missing.get();
    }
    return new Death(node, Duration.ofNanos(waiting.nanoTime() - begun), true);
  }
}
