package dev.usher.cli.load;

import java.time.Duration;

/**
 * A node that was killed and started again.
 *
 * @param away from its new start until it served, or until nobody waited for it any more
 * @param serves again; false: the run ended without it
 */
public record Death(String node, Duration away, boolean serves) {
  /** For people, for example {@code node-2 back after 7 s}. */
  String text() {
    return node + (serves ? " back after " : " not back after ") + away.toSeconds() + " s";
  }
}
