package dev.usher.booking;

import dev.usher.payment.PaymentProvider.Payment;
import dev.usher.payment.PaymentProvider.Settled;
import dev.usher.seats.SeatGroups;
import dev.usher.seats.SeatOutcome;
import dev.usher.seats.proto.BookingRecord;
import dev.usher.seats.proto.Fence;
import dev.usher.seats.proto.SeatCommand;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/**
 * Gives up authorizations that no booking will ever use (G6): first the fence, so that a late
 * commit can't succeed any more, then the void. Whichever of commit and fence comes first in the
 * log wins. With the sagas' journal this is the backstop: what an unfinished saga reserved is left
 * to it. Stages never fail.
 */
final class OrphanSweep {
  enum End {
    VOIDED,
    /** It is a booking's own: the log pays or has paid for it. */
    LEFT_TO_BOOKING,
    /** Its saga has not ended: it will commit, or give it up itself. */
    LEFT_TO_SAGA,
    /** Not one of ours, or something did not answer: looked at again next time. */
    LEFT_FOR_NOW
  }

  private static final Pattern BOOKING = Pattern.compile("events/([^/]+)/bookings/([^/]+)");

  private final SeatGroups seats;
  private final Payments payments;
  private final OpenSagas sagas;
  private final Duration timeout;

  OrphanSweep(SeatGroups seats, Payments payments, OpenSagas sagas, Duration timeout) {
    this.seats = seats;
    this.payments = payments;
    this.sagas = sagas;
    this.timeout = timeout;
  }

  /** Whether the name that is kept with a payment is a booking's. */
  static boolean isOfABooking(String name) {
    return BOOKING.matcher(name).matches();
  }

  CompletionStage<End> sweep(Payment payment) {
    var name = BOOKING.matcher(payment.booking());
    if (!name.matches()) {
      return done(End.LEFT_FOR_NOW);
    }
    var eventId = name.group(1);
    var bookingId = name.group(2);
    return sagas
        .isOpen(bookingId)
        .thenCompose(open -> open ? done(End.LEFT_TO_SAGA) : sweep(eventId, bookingId, payment))
        .exceptionally(failure -> End.LEFT_FOR_NOW);
  }

  private CompletionStage<End> sweep(String eventId, String bookingId, Payment payment) {
    return seats
        .of(eventId)
        .read(view -> view.booking(eventId, bookingId), timeout)
        .thenCompose(
            known ->
                known.isPresent()
                    ? CompletableFuture.completedFuture(known)
                    : fence(eventId, bookingId))
        .thenCompose(
            booking -> booking.map(found -> end(found, payment)).orElse(done(End.LEFT_FOR_NOW)));
  }

  /** The booking after the fence, which may be committed after all; empty when not known. */
  private CompletionStage<Optional<BookingRecord>> fence(String eventId, String bookingId) {
    var command =
        SeatCommand.newBuilder()
            .setFence(Fence.newBuilder().setEventId(eventId).setBookingId(bookingId))
            .build();
    return seats
        .propose("fence/" + bookingId, command, timeout)
        .thenApply(
            outcome ->
                outcome instanceof SeatOutcome.Applied applied
                    ? Optional.of(applied.done().getBooking())
                    : Optional.empty());
  }

  private CompletionStage<End> end(BookingRecord booking, Payment payment) {
    return belongsTo(booking, payment)
        ? done(End.LEFT_TO_BOOKING)
        : payments
            .voidAuthorization(payment.paymentId(), payment.bookingId())
            .thenApply(outcome -> outcome instanceof Settled ? End.VOIDED : End.LEFT_FOR_NOW);
  }

  /** Whether the booking stands and this is its payment, or the log itself owes this void. */
  static boolean belongsTo(BookingRecord booking, Payment payment) {
    if (!booking.getPaymentId().equals(payment.paymentId())) {
      return false;
    }
    return switch (booking.getState()) {
      case STATE_COMMITTED, STATE_CONFIRMED -> true;
      case STATE_CANCELLED, STATE_FENCED, STATE_REJECTED, STATE_RELEASED -> booking.getVoidOwed();
      case STATE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalStateException("a booking without a state");
    };
  }

  private static CompletionStage<End> done(End end) {
    return CompletableFuture.completedFuture(end);
  }
}
