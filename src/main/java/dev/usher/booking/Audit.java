package dev.usher.booking;

import dev.usher.payment.PaymentProvider.Payment;
import dev.usher.payment.PaymentProvider.PaymentState;
import dev.usher.seats.proto.BookingRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares the provider's payments, the bookings and the seats against the promises of a booking
 * (docs/booking.md §1): a pure function of what was read. What is still under way is no difference:
 * a debt that the log records, a saga that is in the journal.
 */
public final class Audit {
  /** The promise that is broken. */
  public enum Promise {
    ONE_OWNER_PER_SEAT("G1", "a seat has two bookings, or a booked seat none"),
    CAPTURED_MEANS_BOOKED("G2", "money was taken without a booking"),
    CONFIRMED_MEANS_PAID("G3", "a confirmed booking is not paid in full"),
    ONE_CHARGE("G4", "a booking has more than one live authorization or capture"),
    DECLINED_MEANS_NOTHING("G5", "a declined payment came to a booking"),
    NOTHING_LEFT_RESERVED("G6", "an authorization is open and no booking will use it"),
    ONE_ANSWER("G7", "one request has payments or bookings of two orders"),
    ALL_SEATS_OR_NONE("G8", "a booking does not have its seats"),
    MONEY_ADDS_UP("G9", "captured, refunded and kept money don't add up"),
    REDEEMED_MEANS_KEPT("G11", "a redeemed ticket is of no booking that is kept and paid");

    private final String number;
    private final String meaning;

    Promise(String number, String meaning) {
      this.number = number;
      this.meaning = meaning;
    }

    @Override
    public String toString() {
      return number + ": " + meaning;
    }
  }

  /**
   * What is not as promised.
   *
   * @param name the booking or seat
   */
  public record Difference(Promise promise, String name, String what) {}

  /**
   * What was read. To be read in this order, so that nothing moves backwards in between: payments,
   * then open sagas, then bookings and seats.
   *
   * @param openSagas booking ids
   * @param bookedSeats {@code events/{event}/seats/{seat}}
   */
  public record Books(
      List<Payment> payments,
      Set<String> openSagas,
      List<BookingRecord> bookings,
      Set<String> bookedSeats) {}

  /**
   * What came of it.
   *
   * @param owed bookings whose debts are still to be paid
   * @param openSagas that have not ended
   */
  public record Report(
      int payments,
      int bookings,
      int bookedSeats,
      int owed,
      int openSagas,
      List<Difference> differences) {
    Report with(List<Difference> others) {
      return new Report(payments, bookings, bookedSeats, owed, openSagas, others);
    }
  }

  private final Books books;
  private final Map<String, BookingRecord> bookings;
  private final List<Difference> differences = new ArrayList<>();

  private Audit(Books books) {
    this.books = books;
    this.bookings =
        books.bookings().stream().collect(Collectors.toMap(Audit::nameOf, booking -> booking));
  }

  public static Report of(Books books) {
    var audit = new Audit(books);
    audit.checkPayments();
    audit.checkBookings();
    audit.checkSeats();
    audit.checkRequests();
    return new Report(
        books.payments().size(),
        books.bookings().size(),
        books.bookedSeats().size(),
        (int) books.bookings().stream().filter(Audit::owes).count(),
        books.openSagas().size(),
        List.copyOf(audit.differences));
  }

  private void checkPayments() {
    Map<String, Integer> live = new HashMap<>();
    for (var payment : books.payments()) {
      var booking = Optional.ofNullable(bookings.get(payment.booking()));
      switch (payment.state()) {
        case CAPTURED, REFUNDED -> {
          live.merge(payment.booking(), 1, Integer::sum);
          checkCaptured(payment, booking);
        }
        case AUTHORIZED -> {
          live.merge(payment.booking(), 1, Integer::sum);
          checkAuthorized(payment, booking);
        }
        case DECLINED -> checkDeclined(payment, booking);
        case VOIDED, REQUIRES_ACTION -> {}
      }
      if (payment.refundedMinor() > payment.capturedMinor()) {
        add(Promise.MONEY_ADDS_UP, payment.booking(), "more refunded than captured: " + payment);
      }
    }
    live.forEach(
        (name, count) -> {
          if (count > 1) {
            add(Promise.ONE_CHARGE, name, count + " of them");
          }
        });
  }

  private void checkCaptured(Payment payment, Optional<BookingRecord> booking) {
    boolean everSold =
        booking
            .filter(
                there ->
                    switch (there.getState()) {
                      case STATE_COMMITTED, STATE_CONFIRMED, STATE_CANCELLED -> true;
                      case STATE_FENCED,
                          STATE_REJECTED,
                          STATE_RELEASED,
                          STATE_UNSPECIFIED,
                          UNRECOGNIZED ->
                          false;
                    })
            .filter(there -> there.getPaymentId().equals(payment.paymentId()))
            .isPresent();
    if (!everSold && payment.capturedMinor() > payment.refundedMinor()) {
      add(Promise.CAPTURED_MEANS_BOOKED, payment.booking(), payment.paymentId() + " is captured");
    }
  }

  private void checkAuthorized(Payment payment, Optional<BookingRecord> booking) {
    boolean wanted =
        books.openSagas().contains(payment.bookingId())
            || booking
                .filter(there -> there.getPaymentId().equals(payment.paymentId()))
                .filter(Audit::owes)
                .isPresent();
    if (!wanted) {
      add(Promise.NOTHING_LEFT_RESERVED, payment.booking(), payment.paymentId() + " is open");
    }
  }

  /** Nobody proposes with a payment that was declined, not even in vain. */
  private void checkDeclined(Payment payment, Optional<BookingRecord> booking) {
    if (booking.filter(there -> there.getPaymentId().equals(payment.paymentId())).isPresent()) {
      add(
          Promise.DECLINED_MEANS_NOTHING,
          payment.booking(),
          payment.paymentId() + " is declined, and in the log");
    }
  }

  /**
   * A booking's id is made of its buyer and request_id. So two orders under one id are two answers
   * to one request, whatever else is right about them.
   */
  private void checkRequests() {
    Map<String, Set<String>> orders = new HashMap<>();
    books
        .payments()
        .forEach(
            payment ->
                orders
                    .computeIfAbsent(payment.bookingId(), id -> new TreeSet<>())
                    .add(payment.booking()));
    bookings.forEach(
        (name, booking) ->
            orders.computeIfAbsent(booking.getBookingId(), id -> new TreeSet<>()).add(name));
    orders.forEach(
        (id, names) -> {
          if (names.size() > 1) {
            add(Promise.ONE_ANSWER, id, String.join(" and ", names));
          }
        });
  }

  private void checkBookings() {
    Map<String, Payment> payments = new HashMap<>();
    books.payments().forEach(payment -> payments.put(payment.paymentId(), payment));
    bookings.forEach(
        (name, booking) -> {
          var payment = Optional.ofNullable(payments.get(booking.getPaymentId()));
          differences.addAll(RedeemedTickets.check(name, booking, payment));
          switch (booking.getState()) {
            case STATE_CONFIRMED -> checkConfirmed(name, booking, payment);
            case STATE_CANCELLED -> checkCancelled(name, booking, payment);
            case STATE_COMMITTED,
                STATE_FENCED,
                STATE_REJECTED,
                STATE_RELEASED,
                STATE_UNSPECIFIED,
                UNRECOGNIZED -> {}
          }
        });
  }

  private void checkConfirmed(String name, BookingRecord booking, Optional<Payment> payment) {
    long captured = payment.map(Payment::capturedMinor).orElse(0L);
    if (captured != booking.getTotalMinor() || booking.getCapturedMinor() != captured) {
      add(
          Promise.CONFIRMED_MEANS_PAID,
          name,
          "total "
              + booking.getTotalMinor()
              + ", recorded "
              + booking.getCapturedMinor()
              + ", at the provider "
              + captured);
    }
  }

  private void checkCancelled(String name, BookingRecord booking, Optional<Payment> payment) {
    if (owes(booking)) {
      return;
    }
    long refunded = payment.map(Payment::refundedMinor).orElse(0L);
    boolean open = payment.filter(p -> p.state() == PaymentState.AUTHORIZED).isPresent();
    if (open || refunded != booking.getCapturedMinor() || booking.getRefundedMinor() != refunded) {
      add(
          Promise.MONEY_ADDS_UP,
          name,
          "captured "
              + booking.getCapturedMinor()
              + ", recorded as refunded "
              + booking.getRefundedMinor()
              + ", at the provider "
              + refunded);
    }
  }

  private void checkSeats() {
    Set<String> owned = new HashSet<>();
    bookings.forEach(
        (name, booking) -> {
          switch (booking.getState()) {
            case STATE_COMMITTED, STATE_CONFIRMED -> own(name, booking, owned);
            case STATE_CANCELLED,
                STATE_FENCED,
                STATE_REJECTED,
                STATE_RELEASED,
                STATE_UNSPECIFIED,
                UNRECOGNIZED -> {}
          }
        });
    for (var seat : books.bookedSeats()) {
      if (!owned.contains(seat)) {
        add(Promise.ONE_OWNER_PER_SEAT, seat, "booked by nobody");
      }
    }
  }

  private void own(String name, BookingRecord booking, Set<String> owned) {
    for (var seatId : booking.getSeatIdsList()) {
      var seat = seatName(booking.getEventId(), seatId);
      if (!owned.add(seat)) {
        add(Promise.ONE_OWNER_PER_SEAT, seat, "booked twice, the second time by " + name);
      }
      if (!books.bookedSeats().contains(seat)) {
        add(Promise.ALL_SEATS_OR_NONE, name, seat + " is not booked");
      }
    }
  }

  static String seatName(String eventId, String seatId) {
    return "events/" + eventId + "/seats/" + seatId;
  }

  private static String nameOf(BookingRecord booking) {
    return Refusals.bookingName(booking.getEventId(), booking.getBookingId());
  }

  private static boolean owes(BookingRecord booking) {
    return booking.getCaptureOwed() || booking.getVoidOwed() || booking.getRefundOwed();
  }

  private void add(Promise promise, String name, String what) {
    differences.add(new Difference(promise, name, what));
  }
}
