package dev.usher.cli.bench;

import com.google.type.Money;
import dev.usher.api.payment.v1.Card;
import dev.usher.cli.client.Buyer;
import dev.usher.cli.client.Organizer;
import dev.usher.cli.client.Parallel;
import dev.usher.cli.client.UsherClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Buyers and seats at one cluster, and the count of what it sold. */
public final class Stand implements AutoCloseable {
  private static final int SIGN_UPS_AT_ONCE = 4;
  private static final int RESERVE_MIN = 10_000;

  /** How often a warm-up looks whether enough is sold. */
  private static final Duration SLICE = Duration.ofSeconds(5);

  private final BenchSettings settings;
  private final List<Buyer> buyers;
  private final SeatSupply seats;
  private final Optional<Supplier<CpuTime>> nodesCpu;
  private final Tally tally = new Tally();
  private Duration measured = Duration.ZERO;
  private CpuTime cpu = CpuTime.NONE;

  private Stand(
      BenchSettings settings,
      List<Buyer> buyers,
      SeatSupply seats,
      Optional<Supplier<CpuTime>> nodesCpu) {
    this.settings = settings;
    this.buyers = buyers;
    this.seats = seats;
    this.nodesCpu = nodesCpu;
  }

  /**
   * Signs buyers up and puts events on sale.
   *
   * @param visitor calls without a session
   * @param organizer may import venues and create events
   * @param nodesCpu CPU time that all nodes have used so far, when they run on this machine
   */
  public static Stand open(
      BenchSettings settings,
      UsherClient visitor,
      Organizer organizer,
      Optional<Supplier<CpuTime>> nodesCpu,
      Money price,
      Card card) {
    int reserve =
        Math.max(
            RESERVE_MIN,
            settings.ratePerSecond().isPresent() ? settings.ratePerSecond().getAsInt() * 4 : 0);
    return new Stand(
        settings,
        buyers(settings.accounts(), visitor, card),
        SeatSupply.open(organizer, price, reserve),
        nodesCpu);
  }

  private static List<Buyer> buyers(int count, UsherClient visitor, Card card) {
    String run = UUID.randomUUID().toString().substring(0, 8);
    return Parallel.map(
        count,
        SIGN_UPS_AT_ONCE,
        i ->
            Buyer.create(
                    visitor.startingAt(i),
                    "bench-" + (i + 1) + "-" + run + "@example.com",
                    "Bench " + (i + 1),
                    card)
                .startingAt(i));
  }

  /**
   * Sells until the time is up and so many seats are sold, and counts none of it. Ends before when
   * nothing is sold any more.
   */
  void warmUp(Duration time, int bookings) {
    sell(time, Duration.ZERO);
    for (long before = -1; seats.soldCount() < bookings && seats.soldCount() > before; ) {
      before = seats.soldCount();
      sell(SLICE, Duration.ZERO);
    }
  }

  /** One turn: sells, and counts what is sold after it has settled. */
  public void sell(Duration settle, Duration counted) {
    long begin = System.nanoTime();
    long from = begin + settle.toNanos();
    long to = from + counted.toNanos();
    var load = new Load(buyers, seats, settings.soldShare(), tally, from, to);
    CompletableFuture<CpuTime> cpuBefore = cpuAt(from);
    CompletableFuture<CpuTime> cpuAfter = cpuAt(to);
    if (settings.ratePerSecond().isPresent()) {
      load.open(settings.ratePerSecond().getAsInt(), begin);
    } else {
      load.closed(settings.clients());
    }
    measured = measured.plus(counted);
    cpu = cpu.plus(cpuAfter.join()).minus(cpuBefore.join());
  }

  /** The nodes' CPU time at a moment to come. */
  private CompletableFuture<CpuTime> cpuAt(long nanos) {
    return CompletableFuture.supplyAsync(
        () -> nodesCpu.map(Supplier::get).orElse(CpuTime.NONE),
        CompletableFuture.delayedExecutor(
            Math.max(0, nanos - System.nanoTime()), TimeUnit.NANOSECONDS));
  }

  /** All turns so far. */
  public BenchReport report() {
    long booked = tally.bookedCount();
    return new BenchReport(
        settings.ratePerSecond().isPresent()
            ? "open, " + settings.ratePerSecond().getAsInt() + "/s"
            : "closed, " + settings.clients() + " clients",
        measured.toNanos() / 1e9,
        booked,
        tally.refusedCount(),
        tally.failureCounts(),
        tally.percentileMs(50),
        tally.percentileMs(99),
        tally.percentileMs(99.9),
        tally.maxMs(),
        nodesCpu.isPresent() && booked > 0
            ? Optional.of(cpu.perThousand(booked))
            : Optional.empty(),
        seats.waits());
  }

  @Override
  public void close() {
    seats.close();
  }
}
