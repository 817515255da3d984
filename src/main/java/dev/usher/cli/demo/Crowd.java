package dev.usher.cli.demo;

import dev.usher.cli.client.Buyer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Buyers who book one free seat after the other, each seat asked for once, until they are stopped.
 * So every answer but a booking is an error, whatever happens to the nodes.
 */
final class Crowd implements AutoCloseable {
  private final String event;
  private final Queue<String> seats;
  private final Queue<Booked> booked = new ConcurrentLinkedQueue<>();
  private final Queue<String> errors = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean stopped;

  /** A booking and when it was asked for and answered, in nanoseconds of this JVM. */
  record Booked(String seat, long askedNanos, long answeredNanos) {}

  private Crowd(String event, Queue<String> seats) {
    this.event = event;
    this.seats = seats;
  }

  /** The buyers begin at once; they share the seats. */
  static Crowd start(String event, List<Buyer> buyers, Queue<String> seats) {
    var crowd = new Crowd(event, seats);
    for (Buyer buyer : buyers) {
      crowd.threads.execute(() -> crowd.buy(buyer));
    }
    return crowd;
  }

  private void buy(Buyer buyer) {
    while (!stopped) {
      Optional<String> seat = Optional.ofNullable(seats.poll());
      if (seat.isEmpty()) {
        return;
      }
      one(buyer, seat.get());
    }
  }

  /** One booking now, counted with the others. */
  void one(Buyer buyer, String seat) {
    long asked = System.nanoTime();
    try {
      buyer.book(event, seat);
      booked.add(new Booked(seat, asked, System.nanoTime()));
    } catch (RuntimeException e) {
      errors.add(seat + ": " + e.getMessage());
    }
  }

  int count() {
    return booked.size();
  }

  List<String> errors() {
    return new ArrayList<>(errors);
  }

  List<String> bookedSeats() {
    return booked.stream().map(Booked::seat).toList();
  }

  /** When the first booking that was asked for at this moment or later was answered. */
  OptionalLong firstAnswerSince(long nanos) {
    return booked.stream()
        .filter(b -> b.askedNanos() - nanos >= 0)
        .mapToLong(Booked::answeredNanos)
        .min();
  }

  /** How many bookings that were asked for at this moment or later were answered. */
  long countSince(long nanos) {
    return booked.stream().filter(b -> b.askedNanos() - nanos >= 0).count();
  }

  /** No more bookings are begun; returns when those under way have ended. */
  @Override
  public void close() {
    stopped = true;
    threads.close();
  }
}
