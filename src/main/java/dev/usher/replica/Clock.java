package dev.usher.replica;

import dev.usher.raft.Now;

/** Where the actors get the time from. Safe for any thread. */
@FunctionalInterface
public interface Clock {
  Now now();

  /** The two clocks of this machine. */
  static Clock system() {
    return () -> new Now(System.nanoTime() / 1_000_000, System.currentTimeMillis());
  }
}
