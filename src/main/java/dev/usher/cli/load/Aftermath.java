package dev.usher.cli.load;

import com.google.type.Money;
import dev.usher.api.booking.v1.Booking;
import dev.usher.api.booking.v1.ListBookingsRequest;
import dev.usher.api.booking.v1.Seat;
import dev.usher.api.payment.v1.ReconcilePaymentsRequest;
import dev.usher.api.payment.v1.ReconcilePaymentsResponse;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.Buyer;
import dev.usher.cli.client.Parallel;
import dev.usher.cli.client.Poll;
import dev.usher.cli.client.Seats;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.demo.Checks;
import dev.usher.cli.local.SandboxLedger;
import dev.usher.cli.term.Amounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Compares, when all is over, what buyers were told with seats, bookings and money. */
final class Aftermath {
  /** G6: so long after the last fault no saga is open and no debt unpaid. */
  private static final Duration SETTLED_WITHIN = Duration.ofSeconds(30);

  /** So many buyers ask once more. */
  private static final int REPEATS = 200;

  private static final int PAGE = 1000;

  private final UsherClient operator;
  private final SandboxLedger ledger;
  private final Money price;
  private final SandboxLedger.Books before;
  private final Checks checks;

  /**
   * @param before the provider's books before the run
   */
  Aftermath(
      UsherClient operator,
      SandboxLedger ledger,
      Money price,
      SandboxLedger.Books before,
      Checks checks) {
    this.operator = operator;
    this.ledger = ledger;
    this.price = price;
    this.before = before;
    this.checks = checks;
  }

  void look(List<Given> given) {
    answered(given);
    settled();
    seats(given);
    money(given);
    sameAgain(given);
    audit();
  }

  private void answered(List<Given> given) {
    var without =
        given.stream()
            .map(Given::answer)
            .filter(answer -> answer instanceof Answer.None)
            .map(Answer::text)
            .toList();
    checks.check(
        "every-buyer-answered",
        without.isEmpty(),
        "%d of %d buyers were told yes or no%s"
            .formatted(
                given.size() - without.size(),
                given.size(),
                without.isEmpty() ? "" : "; " + without.getFirst()));
  }

  private void settled() {
    long begun = System.nanoTime();
    var over = Poll.holds(SETTLED_WITHIN, () -> underWay(reconcile()) == 0);
    checks.check(
        "nothing-under-way",
        over,
        over
            ? "No saga is open and no debt unpaid %.1f s after the last answer"
                .formatted((System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1))
            : "%d sagas or debts are still open after %d s"
                .formatted(underWay(reconcile()), SETTLED_WITHIN.toSeconds()));
  }

  private static int underWay(ReconcilePaymentsResponse report) {
    return report.getOpenSagaCount() + report.getDebtCount();
  }

  private ReconcilePaymentsResponse reconcile() {
    return operator
        .within(Duration.ofMinutes(1))
        .withAttemptLimit(Duration.ofMinutes(1))
        .call(Api.RECONCILE_PAYMENTS, ReconcilePaymentsRequest.getDefaultInstance());
  }

  /** Exactly the seats that somebody was told are theirs. */
  private void seats(List<Given> given) {
    Set<String> told = new TreeSet<>();
    int twice = 0;
    for (var one : given) {
      if (one.answer() instanceof Answer.Booked && !told.add(one.order().seat())) {
        twice++;
      }
    }
    Set<String> booked =
        given.stream()
            .map(one -> one.order().request().getParent())
            .distinct()
            .flatMap(event -> Seats.of(operator, event, false).stream())
            .filter(seat -> seat.getState() == Seat.State.STATE_BOOKED)
            .map(Seat::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    checks.check(
        "nothing-lost-nothing-invented",
        twice == 0 && booked.equals(told),
        "%d seats were promised, %d of them twice; %d are booked, %s"
            .formatted(
                told.size(), twice, booked.size(), booked.equals(told) ? "the same" : "others"));
  }

  /** The provider's own books: every promised seat paid once at its price, nothing reserved. */
  private void money(List<Given> given) {
    long promised = given.stream().filter(g -> g.answer() instanceof Answer.Booked).count();
    var now = ledger.read(price.getCurrencyCode());
    int captures = now.captures() - before.captures();
    long captured = now.capturedMinor() - before.capturedMinor();
    checks.check(
        "paid-once-each",
        captures == promised
            && captured == promised * Amounts.minor(price)
            && now.openAuthorizations() == 0,
        "Captured %d × %s for %d bookings, open authorizations %d"
            .formatted(captures, Amounts.text(price), promised, now.openAuthorizations()));
    Map<String, Booking.State> states = new HashMap<>();
    var buyers =
        given.stream()
            .map(g -> g.order().buyer())
            .collect(Collectors.toMap(Buyer::email, b -> b, (a, b) -> a))
            .values();
    buyers.forEach(buyer -> bookings(buyer).forEach(b -> states.put(b.getName(), b.getState())));
    long confirmed =
        given.stream()
            .filter(
                g ->
                    g.answer() instanceof Answer.Booked(var name)
                        && states.get(name) == Booking.State.STATE_CONFIRMED)
            .count();
    checks.check(
        "buyers-see-it",
        confirmed == promised,
        "%d of %d promised bookings are confirmed in their buyer's list"
            .formatted(confirmed, promised));
  }

  private static List<Booking> bookings(Buyer buyer) {
    var all = new ArrayList<Booking>();
    String token = "";
    do {
      var page =
          buyer
              .client()
              .call(
                  Api.LIST_BOOKINGS,
                  ListBookingsRequest.newBuilder()
                      .setParent("events/-")
                      .setPageSize(PAGE)
                      .setPageToken(token)
                      .build());
      all.addAll(page.getBookingsList());
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return all;
  }

  /** G7, with the very request_id. */
  private void sameAgain(List<Given> given) {
    int stride = Math.max(1, given.size() / REPEATS);
    int count = given.size() / stride;
    long same =
        Parallel.map(
                count,
                8,
                i -> given.get(i * stride).order().ask().equals(given.get(i * stride).answer()))
            .stream()
            .filter(Boolean::booleanValue)
            .count();
    checks.check(
        "same-answer-again",
        same == count,
        "%d of %d buyers who asked again got the same answer".formatted(same, count));
  }

  private void audit() {
    var report = reconcile();
    checks.check(
        "audit",
        report.getDifferencesCount() == 0,
        "The audit compared %d payments, %d bookings and %d booked seats: %d differences%s"
            .formatted(
                report.getPaymentCount(),
                report.getBookingCount(),
                report.getBookedSeatCount(),
                report.getDifferencesCount(),
                report.getDifferencesCount() == 0
                    ? ""
                    : ", for example " + report.getDifferences(0).getMeaning()));
  }
}
