package dev.usher.booking;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/** Time of a simulation: one thread, what is due next happens next, the same seed the same way. */
final class SimClock {
  private record Due(long atMs, long order, Runnable action) {}

  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparingLong(Due::atMs).thenComparingLong(Due::order));
  private final RandomGenerator random;
  private long nowMs;
  private long order;

  SimClock(RandomGenerator random, long startMs) {
    this.random = random;
    this.nowMs = startMs;
  }

  long nowMs() {
    return nowMs;
  }

  RandomGenerator random() {
    return random;
  }

  void after(Duration delay, Runnable action) {
    queue.add(new Due(nowMs + delay.toMillis(), ++order, action));
  }

  /** Distance: up to 20 ms. */
  void soon(Runnable action) {
    after(Duration.ofMillis(1 + random.nextInt(20)), action);
  }

  void every(Duration interval, Runnable action) {
    after(
        interval,
        () -> {
          action.run();
          every(interval, action);
        });
  }

  void run(Duration span) {
    long endMs = nowMs + span.toMillis();
    while (!queue.isEmpty() && queue.peek().atMs() <= endMs) {
      var next = queue.remove();
      nowMs = next.atMs();
      next.action().run();
    }
    nowMs = endMs;
  }
}
