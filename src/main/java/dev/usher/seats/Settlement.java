package dev.usher.seats;

import dev.usher.seats.proto.BookingRecord;
import dev.usher.seats.proto.BookingRecord.State;
import dev.usher.seats.proto.RecordCapture;
import dev.usher.seats.proto.RecordRefund;
import dev.usher.seats.proto.RecordVoid;
import dev.usher.seats.proto.SeatResult;
import java.util.function.Function;

/**
 * Records what the payment provider did, and so pays the debts. What was done to money is written
 * down whatever the booking's state is: refusing the news would not undo it.
 */
final class Settlement {
  private final BookingTable bookings;

  Settlement(BookingTable bookings) {
    this.bookings = bookings;
  }

  SeatResult captured(long index, long timeMs, RecordCapture command) {
    if (command.getCapturedMinor() < 0) {
      return Answers.refused(Answers.malformed("captured_minor", "not below 0"));
    }
    return with(
        new Key(command.getEventId(), command.getBookingId()),
        booking -> captured(index, timeMs, booking, command.getCapturedMinor()));
  }

  private SeatResult captured(long index, long timeMs, BookingRecord booking, long capturedMinor) {
    if (capturedMinor != booking.getTotalMinor()) {
      return Answers.refused(
          Answers.refusal(
              SeatReason.CAPTURE_MISMATCH,
              capturedMinor
                  + " minor units were captured, "
                  + booking.getTotalMinor()
                  + " are the total of "
                  + Names.booking(BookingTable.keyOf(booking))
                  + ".",
              "captured",
              Long.toString(capturedMinor),
              "total",
              Long.toString(booking.getTotalMinor())));
    }
    if (booking.getCapturedMinor() == capturedMinor) {
      return Answers.done(booking);
    }
    var paid = booking.toBuilder().setCapturedMinor(capturedMinor).setRevision(index);
    paid.setCaptureOwed(false).setVoidOwed(false);
    switch (booking.getState()) {
      case STATE_COMMITTED -> paid.setState(State.STATE_CONFIRMED);
      // The capture overtook the cancellation, the release or the refusal: the money goes back
      // (G9).
      case STATE_CANCELLED, STATE_RELEASED, STATE_REJECTED, STATE_FENCED ->
          paid.setRefundOwed(true);
      case STATE_CONFIRMED, STATE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalStateException(
              "confirmed without its capture: " + BookingTable.keyOf(booking));
    }
    return put(paid, timeMs);
  }

  SeatResult voided(long index, long timeMs, RecordVoid command) {
    return with(
        new Key(command.getEventId(), command.getBookingId()),
        booking -> voided(index, timeMs, booking, command.getPaymentId()));
  }

  private SeatResult voided(long index, long timeMs, BookingRecord booking, String paymentId) {
    if (!booking.getPaymentId().equals(paymentId)) {
      return Answers.refused(
          Answers.refusal(
              SeatReason.PAYMENT_MISMATCH,
              "Payment "
                  + paymentId
                  + " is not the one of "
                  + Names.booking(BookingTable.keyOf(booking))
                  + ".",
              "payment",
              paymentId));
    }
    return booking.getVoidOwed()
        ? put(booking.toBuilder().setVoidOwed(false).setRevision(index), timeMs)
        : Answers.done(booking);
  }

  SeatResult refunded(long index, long timeMs, RecordRefund command) {
    if (command.getRefundedMinor() < 0) {
      return Answers.refused(Answers.malformed("refunded_minor", "not below 0"));
    }
    return with(
        new Key(command.getEventId(), command.getBookingId()),
        booking -> refunded(index, timeMs, booking, command.getRefundedMinor()));
  }

  /** The amount is all that was refunded so far: an older, smaller one is news no more. */
  private SeatResult refunded(long index, long timeMs, BookingRecord booking, long refundedMinor) {
    var name = Names.booking(BookingTable.keyOf(booking));
    if (refundedMinor > booking.getCapturedMinor()) {
      return Answers.refused(
          Answers.refusal(
              SeatReason.REFUND_EXCEEDS_CAPTURE,
              refundedMinor
                  + " minor units refunded are more than the "
                  + booking.getCapturedMinor()
                  + " captured for "
                  + name
                  + ".",
              "refunded",
              Long.toString(refundedMinor),
              "captured",
              Long.toString(booking.getCapturedMinor())));
    }
    if (refundedMinor <= booking.getRefundedMinor()) {
      return Answers.done(booking);
    }
    if (!booking.getRefundOwed()) {
      return Answers.refused(
          Answers.about(
              SeatReason.REFUND_NOT_OWED,
              name,
              "No refund is owed for " + name + "; cancel it first."));
    }
    return put(
        booking.toBuilder()
            .setRefundedMinor(refundedMinor)
            .setRefundOwed(refundedMinor < booking.getCapturedMinor())
            .setRevision(index),
        timeMs);
  }

  private SeatResult with(Key key, Function<BookingRecord, SeatResult> change) {
    return bookings
        .find(key)
        .map(change)
        .orElseGet(() -> Answers.refused(Answers.notFound(Names.booking(key))));
  }

  private SeatResult put(BookingRecord.Builder changed, long timeMs) {
    var booking = changed.build();
    bookings.put(booking, timeMs);
    return Answers.done(booking);
  }
}
