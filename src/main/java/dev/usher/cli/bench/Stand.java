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
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Buyers and seats at one cluster, and the count of what it sold; can be measured in several turns.
 */
public final class Stand implements AutoCloseable {
  private static final int SIGN_UPS_AT_ONCE = 4;
  private static final int RESERVE_MIN = 10_000;

  private final BenchSettings settings;
  private final List<Buyer> buyers;
  private final SeatSupply seats;
  private final Optional<Supplier<Duration>> nodesCpu;
  private final Tally tally = new Tally();
  private Duration measured = Duration.ZERO;
  private Duration cpu = Duration.ZERO;

  private Stand(
      BenchSettings settings,
      List<Buyer> buyers,
      SeatSupply seats,
      Optional<Supplier<Duration>> nodesCpu) {
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
      Optional<Supplier<Duration>> nodesCpu,
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

  /** One turn: sells, and counts what is sold after the warm-up. */
  public void sell(Duration warmUp, Duration counted) {
    long begin = System.nanoTime();
    long from = begin + warmUp.toNanos();
    long to = from + counted.toNanos();
    var load = new Load(buyers, seats, settings.soldShare(), tally, from, to);
    CompletableFuture<Duration> cpuBefore = cpuAt(from);
    CompletableFuture<Duration> cpuAfter = cpuAt(to);
    if (settings.ratePerSecond().isPresent()) {
      load.open(settings.ratePerSecond().getAsInt(), begin);
    } else {
      load.closed(settings.clients());
    }
    measured = measured.plus(counted);
    cpu = cpu.plus(cpuAfter.join()).minus(cpuBefore.join());
  }

  /** The nodes' CPU time at a moment to come. */
  private CompletableFuture<Duration> cpuAt(long nanos) {
    return CompletableFuture.supplyAsync(
        () -> nodesCpu.map(Supplier::get).orElse(Duration.ZERO),
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
            ? OptionalDouble.of(cpu.toNanos() / 1e9 * 1000 / booked)
            : OptionalDouble.empty(),
        seats.waits());
  }

  @Override
  public void close() {
    seats.close();
  }
}
