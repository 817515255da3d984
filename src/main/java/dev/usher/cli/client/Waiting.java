package dev.usher.cli.client;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Time as the client sees it; tests bring their own. */
public interface Waiting {
  /** A clock that only goes forward, in nanoseconds. */
  long nanoTime();

  /** Waits this long, or shorter when the thread is interrupted. */
  void pause(Duration duration);

  /** The machine's clock. */
  static Waiting real() {
    return new Waiting() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public void pause(Duration duration) {
        LockSupport.parkNanos(duration.toNanos());
      }
    };
  }
}
