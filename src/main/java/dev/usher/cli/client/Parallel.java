package dev.usher.cli.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;

/** Does the same thing many times at once, on virtual threads. */
public final class Parallel {
  private Parallel() {}

  /**
   * The results for 0 to count - 1, in this order.
   *
   * @param atOnce how many run at the same time at most
   * @throws RuntimeException the first failure, after all have ended
   */
  public static <T> List<T> map(int count, int atOnce, IntFunction<T> task) {
    var turns = new Semaphore(atOnce);
    List<Future<T>> futures = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        final int index = i;
        futures.add(
            threads.submit(
                () -> {
                  turns.acquire();
                  try {
                    return task.apply(index);
                  } finally {
                    turns.release();
                  }
                }));
      }
    }
    List<T> results = new ArrayList<>();
    for (Future<T> future : futures) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
    return results;
  }
}
