package dev.usher.cli.bench;

import com.google.type.Money;
import dev.usher.api.payment.v1.Card;
import dev.usher.cli.client.Buyer;
import dev.usher.cli.client.Organizer;
import dev.usher.cli.client.Parallel;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.term.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Measures bookings, each of another seat, against a running cluster. */
public final class Bench {
  private static final int SIGN_UPS_AT_ONCE = 4;
  private static final int RESERVE_MIN = 10_000;

  private final BenchSettings settings;
  private final UsherClient visitor;
  private final Organizer organizer;
  private final Optional<Supplier<Duration>> nodesCpu;
  private final Progress progress;

  /**
   * @param visitor calls without a session
   * @param organizer may import venues and create events
   * @param nodesCpu CPU time that all nodes have used so far, when they run on this machine
   */
  public Bench(
      BenchSettings settings,
      UsherClient visitor,
      Organizer organizer,
      Optional<Supplier<Duration>> nodesCpu,
      Progress progress) {
    this.settings = settings;
    this.visitor = visitor;
    this.organizer = organizer;
    this.nodesCpu = nodesCpu;
    this.progress = progress;
  }

  /** Signs buyers up, puts events on sale, warms up, measures. */
  public BenchReport run(Money price, Card card) {
    progress.begin(settings.accounts() + " buyers sign up");
    List<Buyer> buyers = buyers(card);
    progress.done(settings.accounts() + " buyers have an account, a session and a card");
    progress.begin("Putting events of 5,000 seats on sale");
    int reserve =
        Math.max(
            RESERVE_MIN,
            settings.ratePerSecond().isPresent() ? settings.ratePerSecond().getAsInt() * 4 : 0);
    try (var seats = SeatSupply.open(organizer, price, reserve)) {
      progress.done("Events are on sale; more follow before they sell out");
      return measure(buyers, seats);
    }
  }

  private List<Buyer> buyers(Card card) {
    String run = UUID.randomUUID().toString().substring(0, 8);
    return Parallel.map(
        settings.accounts(),
        SIGN_UPS_AT_ONCE,
        i ->
            Buyer.create(
                    visitor.startingAt(i),
                    "bench-" + (i + 1) + "-" + run + "@example.com",
                    "Bench " + (i + 1),
                    card)
                .startingAt(i));
  }

  private BenchReport measure(List<Buyer> buyers, SeatSupply seats) {
    var tally = new Tally();
    long begin = System.nanoTime();
    long from = begin + settings.warmUp().toNanos();
    long to = from + settings.measured().toNanos();
    var load = new Load(buyers, seats, settings.soldShare(), tally, from, to);
    progress.begin(
        "Booking for %d s, after %d s that don't count"
            .formatted(settings.measured().toSeconds(), settings.warmUp().toSeconds()));
    CompletableFuture<Duration> cpuBefore = cpuAt(from);
    CompletableFuture<Duration> cpuAfter = cpuAt(to);
    String mode;
    if (settings.ratePerSecond().isPresent()) {
      int rate = settings.ratePerSecond().getAsInt();
      mode = "open, " + rate + "/s";
      load.open(rate, begin);
    } else {
      mode = "closed, " + settings.clients() + " clients";
      load.closed(settings.clients());
    }
    long booked = tally.bookedCount();
    progress.done(booked + " bookings counted");
    double cpuSeconds = cpuAfter.join().minus(cpuBefore.join()).toNanos() / 1e9;
    return new BenchReport(
        mode,
        settings.measured().toNanos() / 1e9,
        booked,
        tally.refusedCount(),
        tally.failureCounts(),
        tally.percentileMs(50),
        tally.percentileMs(99),
        tally.percentileMs(99.9),
        tally.maxMs(),
        nodesCpu.isPresent() && booked > 0
            ? OptionalDouble.of(cpuSeconds * 1000 / booked)
            : OptionalDouble.empty(),
        seats.waits());
  }

  /** The nodes' CPU time at a moment to come. */
  private CompletableFuture<Duration> cpuAt(long nanos) {
    return CompletableFuture.supplyAsync(
        () -> nodesCpu.map(Supplier::get).orElse(Duration.ZERO),
        CompletableFuture.delayedExecutor(
            Math.max(0, nanos - System.nanoTime()), TimeUnit.NANOSECONDS));
  }
}
