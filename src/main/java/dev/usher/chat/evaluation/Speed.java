package dev.usher.chat.evaluation;

import com.sun.management.ThreadMXBean;
import dev.usher.chat.understanding.Catalogue;
import dev.usher.chat.understanding.Understanding;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/**
 * What it costs to understand a message once the JVM has compiled the way there.
 *
 * @param nanos of each message, sorted
 * @param bytes allocated for a message, on average; 0 on a JVM that doesn't count them
 */
record Speed(long[] nanos, long bytes) {
  /** The compiler is done with it after some ten; the last one counts. */
  private static final int ROUNDS = 20;

  static Speed of(
      List<Utterance> all, Understanding understanding, Catalogue catalogue, LocalDate today) {
    long[] nanos = new long[all.size()];
    long bytes = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long before = allocated();
      for (int i = 0; i < nanos.length; i++) {
        var one = all.get(i);
        long start = System.nanoTime();
        understanding.understand(one.text(), catalogue, today, one.situation());
        nanos[i] = System.nanoTime() - start;
      }
      bytes = (allocated() - before) / Math.max(1, nanos.length);
    }
    Arrays.sort(nanos);
    return new Speed(nanos, bytes);
  }

  /** By this thread so far. */
  private static long allocated() {
    return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
        ? threads.getCurrentThreadAllocatedBytes()
        : 0;
  }

  double micros(int percent) {
    return nanos.length == 0 ? 0 : nanos[(nanos.length - 1) * percent / 100] / 1000.0;
  }
}
