package dev.usher.replica;

import java.time.Duration;

/**
 * When a link is taken for dead, and how soon it is tried again.
 *
 * @param keepAlive between two keep-alives, so that there is always something to acknowledge
 * @param silenceMax without an acknowledgement for so long the link is closed; see {@link Silence}
 * @param firstSilenceMax the same for a link that was just opened: a connection has to be made
 * @param backoffMin before the first new try
 * @param backoffMax before every later one, doubled up to this
 */
record LinkTiming(
    Duration keepAlive,
    Duration silenceMax,
    Duration firstSilenceMax,
    Duration backoffMin,
    Duration backoffMax) {
  /** Three, ten and forty heartbeats; with 50 ms: 150 ms, 500 ms, 2 s, and 50–500 ms. */
  static LinkTiming ofHeartbeat(long heartbeatMs) {
    return new LinkTiming(
        Duration.ofMillis(3 * heartbeatMs),
        Duration.ofMillis(10 * heartbeatMs),
        Duration.ofMillis(40 * heartbeatMs),
        Duration.ofMillis(Math.min(50, heartbeatMs)),
        Duration.ofMillis(Math.min(500, 10 * heartbeatMs)));
  }
}
