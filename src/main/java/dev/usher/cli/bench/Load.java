package dev.usher.cli.bench;

import dev.usher.cli.client.Buyer;
import dev.usher.cli.client.CallFailedException;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Makes the load: one booking after the other, or one at each beat of a clock. */
final class Load {
  /** In an open loop more bookings than this are never under way; the beats that wait count on. */
  private static final int OPEN_LOOP_MAX = 5_000;

  private final List<Buyer> buyers;
  private final SeatSupply seats;
  private final double soldShare;
  private final Tally tally;
  private final long fromNanos;
  private final long toNanos;

  /** Counts what belongs to the time between two moments of {@link System#nanoTime}. */
  Load(
      List<Buyer> buyers,
      SeatSupply seats,
      double soldShare,
      Tally tally,
      long fromNanos,
      long toNanos) {
    this.buyers = List.copyOf(buyers);
    this.seats = seats;
    this.soldShare = soldShare;
    this.tally = tally;
    this.fromNanos = fromNanos;
    this.toNanos = toNanos;
  }

  /** Each client asks again as soon as it has its answer; what is answered in the window counts. */
  void closed(int clients) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int client = 0; client < clients; client++) {
        Buyer buyer = buyers.get(client % buyers.size()).startingAt(client);
        threads.execute(
            () -> {
              while (System.nanoTime() - toNanos < 0) {
                book(buyer, System.nanoTime(), false);
              }
            });
      }
    }
  }

  /**
   * One booking is due every 1/rate second, whether or not earlier ones have their answer; its
   * latency counts from when it was due. So a stall is seen by every booking that it delays, and
   * there is no coordinated omission.
   */
  void open(int ratePerSecond, long beginNanos) {
    var underWay = new Semaphore(OPEN_LOOP_MAX);
    double intervalNanos = Duration.ofSeconds(1).toNanos() / (double) ratePerSecond;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (long beat = 0; ; beat++) {
        long due = beginNanos + (long) (beat * intervalNanos);
        if (due - toNanos >= 0) {
          return;
        }
        awaitMoment(due);
        underWay.acquireUninterruptibly();
        Buyer buyer = buyers.get((int) (beat % buyers.size()));
        threads.execute(
            () -> {
              try {
                book(buyer, due, true);
              } finally {
                underWay.release();
              }
            });
      }
    }
  }

  private static void awaitMoment(long nanos) {
    long left = nanos - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = nanos - System.nanoTime();
    }
  }

  /** Books; {@code due} is when it was meant to be asked for. */
  private void book(Buyer buyer, long due, boolean countByDue) {
    Answer answer = ask(buyer);
    long answered = System.nanoTime();
    if (!counts(countByDue ? due : answered)) {
      return;
    }
    switch (answer) {
      case Answer.Booked booked -> tally.booked(answered - due);
      case Answer.Refused refused -> tally.refused(answered - due);
      case Answer.Failed failed -> tally.failed(failed.reason());
    }
  }

  private sealed interface Answer {
    record Booked() implements Answer {}

    record Refused() implements Answer {}

    record Failed(String reason) implements Answer {}
  }

  private Answer ask(Buyer buyer) {
    Optional<SeatSupply.Target> known =
        soldShare > 0 && ThreadLocalRandom.current().nextDouble() < soldShare
            ? seats.anySold()
            : Optional.empty();
    try {
      SeatSupply.Target target = known.isPresent() ? known.get() : seats.next();
      buyer.book(target.event(), target.seat());
      seats.sold(target);
      return new Answer.Booked();
    } catch (CallFailedException e) {
      return e.code() == Status.Code.FAILED_PRECONDITION
          ? new Answer.Refused()
          : new Answer.Failed(e.reason().isEmpty() ? e.code() + ": " + e.getMessage() : e.reason());
    } catch (IllegalStateException e) {
      return new Answer.Failed(String.valueOf(e.getMessage()));
    }
  }

  private boolean counts(long nanos) {
    return nanos - fromNanos >= 0 && nanos - toNanos < 0;
  }
}
