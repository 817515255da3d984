package dev.usher.booking;

import dev.usher.booking.Audit.Books;
import dev.usher.booking.Audit.Difference;
import dev.usher.booking.Audit.Promise;
import dev.usher.booking.Audit.Report;
import dev.usher.payment.PaymentProvider.Found;
import dev.usher.payment.PaymentProvider.NotAnswered;
import dev.usher.payment.PaymentProvider.Page;
import dev.usher.payment.PaymentProvider.Payment;
import dev.usher.payment.PaymentProvider.PaymentState;
import dev.usher.replica.Replica;
import dev.usher.seats.SeatGroups;
import dev.usher.seats.SeatView;
import dev.usher.seats.SeatView.SeatState;
import dev.usher.seats.proto.BookingRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Reads the provider's ledger, the sagas, the bookings and the seats page by page, and lets {@link
 * Audit} compare them. What moved while it was read is read again: a difference is one that is seen
 * twice. Safe for any thread; stages fail when something could not be read in time.
 */
public final class Reconciliation {
  private static final int PAGE = 100;
  private static final int BOOKINGS_PER_READ = 500;
  private static final int SAGAS = 100_000;

  private final SeatGroups seats;
  private final Payments payments;
  private final OpenSagas sagas;
  private final OrphanSweep orphans;
  private final Duration timeout;

  /**
   * @param timeout of each read
   */
  public Reconciliation(SeatGroups seats, Payments payments, OpenSagas sagas, Duration timeout) {
    this.seats = seats;
    this.payments = payments;
    this.sagas = sagas;
    this.orphans = new OrphanSweep(seats, payments, sagas, timeout);
    this.timeout = timeout;
  }

  /**
   * Compares everything.
   *
   * @param repair whether authorizations that no booking will use are given up, behind a fence;
   *     nothing else is changed, and debts are paid by the reconciler anyhow
   */
  public CompletionStage<Report> run(boolean repair) {
    return look()
        .thenCompose(
            first ->
                first.differences().isEmpty()
                    ? CompletableFuture.completedFuture(first)
                    : look().thenApply(second -> both(first, second)))
        .thenCompose(report -> repair ? repair(report) : CompletableFuture.completedFuture(report));
  }

  private static Report both(Report first, Report second) {
    var seenBefore = Set.copyOf(first.differences());
    return second.with(second.differences().stream().filter(seenBefore::contains).toList());
  }

  private CompletionStage<Report> repair(Report report) {
    var open =
        report.differences().stream()
            .filter(found -> found.promise() == Promise.NOTHING_LEFT_RESERVED)
            .map(Difference::name)
            .collect(Collectors.toSet());
    if (open.isEmpty()) {
      return CompletableFuture.completedFuture(report);
    }
    return ledger(new ArrayList<>(), "")
        .thenCompose(
            all -> {
              CompletionStage<?> done = CompletableFuture.completedFuture(report);
              for (var payment : all) {
                if (payment.state() == PaymentState.AUTHORIZED
                    && open.contains(payment.booking())) {
                  done = done.thenCompose(before -> orphans.sweep(payment));
                }
              }
              return done.thenCompose(swept -> look());
            });
  }

  private CompletionStage<Report> look() {
    return ledger(new ArrayList<>(), "")
        .thenCompose(
            ledger ->
                sagas
                    .open(SAGAS)
                    .thenCompose(
                        open ->
                            bookings()
                                .thenCompose(
                                    bookings ->
                                        bookedSeats()
                                            .thenApply(
                                                booked ->
                                                    Audit.of(
                                                        new Books(
                                                            ledger, ids(open), bookings,
                                                            booked))))));
  }

  private static Set<String> ids(List<OpenSagas.Open> open) {
    return open.stream().map(OpenSagas.Open::bookingId).collect(Collectors.toSet());
  }

  /** Payments of bookings; others are none of this room's business. */
  private CompletionStage<List<Payment>> ledger(List<Payment> before, String startingAfter) {
    return payments
        .list(PAGE, startingAfter)
        .thenCompose(
            lookup ->
                switch (lookup) {
                  case NotAnswered<Page>(var why) ->
                      CompletableFuture.failedFuture(new IllegalStateException(why));
                  case Found<Page>(var page) -> {
                    page.payments().stream()
                        .filter(payment -> OrphanSweep.isOfABooking(payment.booking()))
                        .forEach(before::add);
                    yield page.hasMore() && !page.payments().isEmpty()
                        ? ledger(before, page.payments().getLast().paymentId())
                        : CompletableFuture.completedFuture(before);
                  }
                });
  }

  private CompletionStage<List<BookingRecord>> bookings() {
    CompletionStage<List<BookingRecord>> all = CompletableFuture.completedFuture(new ArrayList<>());
    for (var group : seats.all()) {
      all = all.thenCompose(before -> bookings(group, before, "", ""));
    }
    return all;
  }

  private CompletionStage<List<BookingRecord>> bookings(
      Replica<SeatView> group, List<BookingRecord> before, String eventId, String bookingId) {
    return group
        .read(view -> view.bookingsAfter(eventId, bookingId, BOOKINGS_PER_READ), timeout)
        .thenCompose(
            page -> {
              before.addAll(page);
              return page.size() < BOOKINGS_PER_READ
                  ? CompletableFuture.completedFuture(before)
                  : bookings(
                      group, before, page.getLast().getEventId(), page.getLast().getBookingId());
            });
  }

  private CompletionStage<Set<String>> bookedSeats() {
    CompletionStage<Set<String>> all = CompletableFuture.completedFuture(new HashSet<>());
    for (var group : seats.all()) {
      all =
          all.thenCompose(
              before ->
                  group
                      .read(
                          view -> view.events().stream().map(SeatView.Event::eventId).toList(),
                          timeout)
                      .thenCompose(events -> bookedSeats(group, events, before)));
    }
    return all;
  }

  private CompletionStage<Set<String>> bookedSeats(
      Replica<SeatView> group, List<String> eventIds, Set<String> before) {
    CompletionStage<Set<String>> all = CompletableFuture.completedFuture(before);
    for (var eventId : eventIds) {
      all =
          all.thenCompose(
              so ->
                  group
                      .read(view -> booked(view, eventId), timeout)
                      .thenApply(
                          booked -> {
                            so.addAll(booked);
                            return so;
                          }));
    }
    return all;
  }

  private static List<String> booked(SeatView view, String eventId) {
    return view.seats(eventId).stream()
        .filter(seat -> seat.state() == SeatState.BOOKED)
        .map(seat -> Audit.seatName(eventId, seat.seatId()))
        .toList();
  }
}
