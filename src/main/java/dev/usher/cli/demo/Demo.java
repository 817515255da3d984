package dev.usher.cli.demo;

import com.google.type.Money;
import dev.usher.api.booking.v1.Booking;
import dev.usher.api.booking.v1.Seat;
import dev.usher.api.payment.v1.Card;
import dev.usher.cli.client.Buyer;
import dev.usher.cli.client.Poll;
import dev.usher.cli.local.LocalCluster;
import dev.usher.cli.local.SandboxLedger.Books;
import dev.usher.cli.term.Amounts;
import dev.usher.cli.term.Names;
import dev.usher.cli.term.Progress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/**
 * The main job on real processes: thirty buyers race for one seat, the leader is killed while a
 * crowd buys, another leads, the killed node comes back. Every line that is printed was checked.
 */
public final class Demo {
  private static final int RACERS = 30;
  private static final int CROWD = 4;

  /** How long money may take to settle: the losers' authorizations are voided in the background. */
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(30);

  private final LocalCluster cluster;
  private final byte[] plan;
  private final Money price;
  private final Card card;
  private final Progress progress;
  private final Checks checks;

  /**
   * @param cluster fresh, not started
   * @param plan the venue's seating plan
   * @param card one that the sandbox accepts
   */
  public Demo(LocalCluster cluster, byte[] plan, Money price, Card card, Progress progress) {
    this.cluster = cluster;
    this.plan = plan;
    this.price = price;
    this.card = card;
    this.progress = progress;
    this.checks = new Checks(progress);
  }

  /**
   * Runs it all; the cluster still runs afterwards.
   *
   * @return each claim and whether it held
   */
  public List<Checks.Check> run() {
    progress.begin("Starting three nodes and the payment sandbox");
    cluster.start(progress::news);
    progress.done(
        "Three nodes and the payment sandbox serve: "
            + cluster.layout().nodes().stream()
                .map(n -> n.name() + " at " + n.host() + ":" + n.clientPort())
                .collect(Collectors.joining(", ")));
    progress.begin("Putting an event on sale");
    try (var office = BoxOffice.open(cluster, plan, price)) {
      progress.done(
          "On sale: %s at %s, %d seats at %s"
              .formatted(
                  office.event().getDisplayName(),
                  Names.id(office.event().getVenue()),
                  office.event().getSeatCount(),
                  Amounts.text(price)));
      progress.begin(RACERS + " buyers sign up");
      List<Buyer> buyers = office.buyers(RACERS, card);
      progress.done(RACERS + " buyers have an account, a session and a card");
      Set<String> sold = new HashSet<>();
      Queue<String> free =
          office.seats().stream()
              .map(Seat::getName)
              .collect(Collectors.toCollection(ConcurrentLinkedQueue::new));
      race(office, buyers, free.remove(), sold);
      var failover = new Failover(office, checks, progress);
      failover.run(buyers.subList(0, CROWD), buyers.get(CROWD), free, sold);
      audit(office, sold);
    }
    return checks.all();
  }

  private void race(BoxOffice office, List<Buyer> buyers, String seat, Set<String> sold) {
    progress.begin(buyers.size() + " buyers race for seat " + Names.id(seat));
    var result = Race.run(buyers, buyer -> buyer.book(office.event().getName(), seat));
    sold.add(seat);
    boolean onlyTaken = result.refused().keySet().equals(Set.of("SEAT_UNAVAILABLE"));
    int refused = result.refused().values().stream().mapToInt(Integer::intValue).sum();
    checks.check(
        "one-seat-one-booking",
        result.booked().size() == 1 && refused == RACERS - 1 && onlyTaken,
        "Seat %s: %s".formatted(Names.id(seat), result.text()));
    checks.check(
        "winner-has-the-seat",
        result.booked().stream().allMatch(Demo::isBooked)
            && office.seats().stream()
                .anyMatch(s -> s.getName().equals(seat) && s.getState() == Seat.State.STATE_BOOKED),
        "The seat is booked on the map, by its winner's booking");
    money(office, 1, "race-money");
  }

  private static boolean isBooked(Booking booking) {
    return booking.getState() == Booking.State.STATE_COMMITTED
        || booking.getState() == Booking.State.STATE_CONFIRMED;
  }

  /** The provider's own books: so many captures at the price, nothing left open. */
  private void money(BoxOffice office, int bookings, String id) {
    progress.begin("Looking into the payment provider's books");
    long expected = Math.multiplyExact(bookings, Amounts.minor(price));
    Poll.holds(SETTLE_LIMIT, () -> settled(office.books(), bookings, expected));
    Books books = office.books();
    checks.check(
        id,
        settled(books, bookings, expected),
        "Captured %d × %s, open authorizations %d"
            .formatted(books.captures(), Amounts.text(price), books.openAuthorizations()));
  }

  private static boolean settled(Books books, int bookings, long expectedMinor) {
    return books.openAuthorizations() == 0
        && books.captures() == bookings
        && books.capturedMinor() == expectedMinor;
  }

  /** In the end: exactly the seats that buyers were told they have, each paid for once. */
  private void audit(BoxOffice office, Set<String> sold) {
    progress.begin("Comparing what buyers were told with seats and money");
    Set<String> booked =
        office.seats().stream()
            .filter(seat -> seat.getState() == Seat.State.STATE_BOOKED)
            .map(Seat::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    checks.check(
        "nothing-lost-nothing-invented",
        booked.equals(sold),
        "%d bookings were acknowledged, %d seats are booked, %s"
            .formatted(
                sold.size(),
                booked.size(),
                booked.equals(sold) ? "the same ones" : "not the same ones"));
    money(office, sold.size(), "final-money");
  }
}
