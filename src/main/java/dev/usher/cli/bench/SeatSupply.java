package dev.usher.cli.bench;

import com.google.type.Money;
import dev.usher.api.booking.v1.Seat;
import dev.usher.api.catalog.v1.Venue;
import dev.usher.cli.client.Organizer;
import dev.usher.cli.client.Seats;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Free seats without end: a new event of 5,000 seats goes on sale before the last one sells out.
 */
public final class SeatSupply implements AutoCloseable {
  private static final int ROWS = 100;
  private static final int SEATS_PER_ROW = 50;
  private static final int SEATS = ROWS * SEATS_PER_ROW;
  private static final Duration UNTIL_EVENT = Duration.ofDays(90);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Organizer organizer;
  private final Money price;
  private final Venue venue;
  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final LinkedBlockingQueue<Target> free = new LinkedBlockingQueue<>();
  private final AtomicInteger events = new AtomicInteger();
  private final AtomicInteger onTheWay = new AtomicInteger();
  private final AtomicInteger waits = new AtomicInteger();
  private final LongAdder soldCount = new LongAdder();
  private final AtomicReference<Optional<Target>> sold = new AtomicReference<>(Optional.empty());
  private final ExecutorService maker = Executors.newSingleThreadExecutor();
  private final int reserve;

  /** A seat of an event, both named in full. */
  public record Target(String event, String seat) {}

  private SeatSupply(Organizer organizer, Money price, Venue venue, int reserve) {
    this.organizer = organizer;
    this.price = price;
    this.venue = venue;
    this.reserve = reserve;
  }

  /**
   * Imports the venue and puts the first events on sale.
   *
   * @param reserve seats that are kept ready
   */
  public static SeatSupply open(Organizer organizer, Money price, int reserve) {
    String id = "arena-" + UUID.randomUUID().toString().substring(0, 8);
    Venue venue = organizer.importVenue(id, Plan.of(ROWS, SEATS_PER_ROW));
    var supply = new SeatSupply(organizer, price, venue, reserve);
    while (supply.free.size() < reserve) {
      supply.publish();
    }
    return supply;
  }

  private void publish() {
    String id = "bench-" + run + "-" + events.incrementAndGet();
    var event = organizer.publish(id, "Bench " + id, venue, price, Instant.now().plus(UNTIL_EVENT));
    for (Seat seat : Seats.of(organizer.client(), event.getName(), false)) {
      free.add(new Target(event.getName(), seat.getName()));
    }
  }

  /**
   * A free seat that nobody else gets.
   *
   * @throws IllegalStateException when no new event could be made for half a minute
   */
  public Target next() {
    if (free.size() + onTheWay.get() < reserve) {
      onTheWay.addAndGet(SEATS);
      maker.execute(
          () -> {
            try {
              publish();
            } finally {
              onTheWay.addAndGet(-SEATS);
            }
          });
    }
    Target target = free.poll();
    if (target == null) {
      waits.incrementAndGet();
      target = await();
    }
    if (target == null) {
      throw new IllegalStateException("no event with free seats could be made in time");
    }
    return target;
  }

  private @Nullable Target await() {
    try {
      return free.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** Remembers a seat that is booked. */
  void sold(Target target) {
    sold.set(Optional.of(target));
    soldCount.increment();
  }

  /** How many are booked so far. */
  long soldCount() {
    return soldCount.sum();
  }

  /** A seat that is booked, when there is one yet. */
  Optional<Target> anySold() {
    return sold.get();
  }

  /** How often a client had to wait for a new event; more than 0 makes figures too low. */
  int waits() {
    return waits.get();
  }

  @Override
  public void close() {
    maker.shutdownNow();
  }
}
