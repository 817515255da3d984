package dev.usher.auth;

import java.time.Duration;

/** The time that is left of a request for all its steps together. */
record Deadline(long endNanos) {
  static Deadline in(Duration timeout) {
    return new Deadline(System.nanoTime() + timeout.toNanos());
  }

  /** One millisecond at least: what waits for nothing may still be answered at once. */
  Duration left() {
    return Duration.ofNanos(Math.max(1_000_000, endNanos - System.nanoTime()));
  }
}
