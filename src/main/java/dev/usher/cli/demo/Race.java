package dev.usher.cli.demo;

import dev.usher.api.booking.v1.Booking;
import dev.usher.cli.client.Buyer;
import dev.usher.cli.client.CallFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** Many buyers who ask for one seat at the same moment. */
public final class Race {
  private Race() {}

  /** What one buyer does once the barrier opens. */
  @FunctionalInterface
  public interface Attempt {
    Booking by(Buyer buyer);
  }

  /**
   * How it ended.
   *
   * @param booked the bookings that were given
   * @param refused how many were refused, by reason
   * @param failed what else was answered; nobody should see any of it
   */
  public record Result(List<Booking> booked, Map<String, Integer> refused, List<String> failed) {
    /** For example {@code 1 booked, 29 refused (SEAT_UNAVAILABLE)}. */
    public String text() {
      int refusals = refused.values().stream().mapToInt(Integer::intValue).sum();
      String reasons =
          refused.size() == 1
              ? refused.keySet().iterator().next()
              : refused.entrySet().stream()
                  .map(e -> e.getValue() + " " + e.getKey())
                  .collect(Collectors.joining(", "));
      return booked.size()
          + " booked, "
          + refusals
          + " refused"
          + (reasons.isEmpty() ? "" : " (" + reasons + ")")
          + (failed.isEmpty() ? "" : ", " + failed.size() + " failed: " + failed.getFirst());
    }
  }

  /** All begin when the last one is ready. */
  public static Result run(List<Buyer> buyers, Attempt attempt) {
    var barrier = new CyclicBarrier(buyers.size());
    List<Future<Booking>> attempts = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Buyer buyer : buyers) {
        attempts.add(
            threads.submit(
                () -> {
                  barrier.await();
                  return attempt.by(buyer);
                }));
      }
    }
    return count(attempts);
  }

  private static Result count(List<Future<Booking>> attempts) {
    List<Booking> booked = new ArrayList<>();
    Map<String, Integer> refused = new TreeMap<>();
    List<String> failed = new ArrayList<>();
    for (Future<Booking> attempt : attempts) {
      try {
        booked.add(attempt.get());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof CallFailedException call && isRefusal(call)) {
          refused.merge(call.reason(), 1, Integer::sum);
        } else {
          failed.add(String.valueOf(e.getCause()));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        failed.add("interrupted");
      }
    }
    return new Result(List.copyOf(booked), refused, List.copyOf(failed));
  }

  /** A definite no with a reason; anything else is an error. */
  private static boolean isRefusal(CallFailedException e) {
    return e.code() == io.grpc.Status.Code.FAILED_PRECONDITION && !e.reason().isEmpty();
  }
}
