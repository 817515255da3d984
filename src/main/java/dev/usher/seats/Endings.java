package dev.usher.seats;

import dev.usher.seats.proto.BookingRecord;
import dev.usher.seats.proto.BookingRecord.State;
import dev.usher.seats.proto.CancelBooking;
import dev.usher.seats.proto.Fence;
import dev.usher.seats.proto.ReleaseUnpaid;
import dev.usher.seats.proto.SeatResult;

/** How a booking ends early: cancelled by its owner, released unpaid, or fenced before it began. */
final class Endings {
  private final Events events;
  private final BookingTable bookings;

  Endings(Events events, BookingTable bookings) {
    this.events = events;
    this.bookings = bookings;
  }

  /**
   * Frees the seats and records what is owed, in one entry; refused once somebody was let in with
   * one of the tickets (docs/booking.md §2, row 22). While a capture is owed it may already have
   * been made, unknown to the log: a void is owed then, and if the capture is reported after all,
   * it turns into a refund ({@link Settlement}).
   */
  SeatResult cancel(long index, long timeMs, CancelBooking command) {
    var key = new Key(command.getEventId(), command.getBookingId());
    var found = bookings.find(key).filter(there -> there.getUserId().equals(command.getUserId()));
    if (found.isEmpty()) {
      return Answers.refused(Answers.notFound(Names.booking(key)));
    }
    var booking = found.get();
    return switch (booking.getState()) {
      case STATE_COMMITTED, STATE_CONFIRMED -> {
        if (booking.getRedemptionsCount() > 0) {
          yield Answers.refused(Answers.ticketsRedeemed(booking));
        }
        var cancelled =
            booking.toBuilder()
                .setState(State.STATE_CANCELLED)
                .setCaptureOwed(false)
                .setVoidOwed(booking.getCaptureOwed())
                .setRefundOwed(booking.getCapturedMinor() > booking.getRefundedMinor());
        yield end(index, timeMs, booking, cancelled);
      }
      case STATE_CANCELLED, STATE_RELEASED -> Answers.done(booking);
      case STATE_REJECTED, STATE_FENCED -> Answers.refused(Answers.notFound(Names.booking(key)));
      case STATE_UNSPECIFIED, UNRECOGNIZED -> throw stateless(key);
    };
  }

  SeatResult release(long index, long timeMs, ReleaseUnpaid command) {
    var key = new Key(command.getEventId(), command.getBookingId());
    var found = bookings.find(key);
    if (found.isEmpty()) {
      return Answers.refused(Answers.notFound(Names.booking(key)));
    }
    var booking = found.get();
    return switch (booking.getState()) {
      case STATE_COMMITTED ->
          end(
              index,
              timeMs,
              booking,
              booking.toBuilder().setState(State.STATE_RELEASED).setCaptureOwed(false));
      case STATE_CONFIRMED ->
          Answers.refused(
              Answers.about(
                  SeatReason.BOOKING_PAID,
                  Names.booking(key),
                  Names.booking(key) + " is paid; it can be cancelled, not released."));
      case STATE_CANCELLED, STATE_RELEASED, STATE_REJECTED, STATE_FENCED -> Answers.done(booking);
      case STATE_UNSPECIFIED, UNRECOGNIZED -> throw stateless(key);
    };
  }

  /** The answer's booking tells who came first. */
  SeatResult fence(long index, long timeMs, Fence command) {
    var nameless =
        Checks.ids("event_id", command.getEventId(), "booking_id", command.getBookingId());
    if (nameless.isPresent()) {
      return Answers.refused(nameless.get());
    }
    var there = bookings.find(new Key(command.getEventId(), command.getBookingId()));
    if (there.isPresent()) {
      return Answers.done(there.get());
    }
    var tombstone =
        BookingRecord.newBuilder()
            .setEventId(command.getEventId())
            .setBookingId(command.getBookingId())
            .setState(State.STATE_FENCED)
            .setCreateTimeMillis(timeMs)
            .setRevision(index)
            .build();
    bookings.put(tombstone, timeMs);
    return Answers.done(tombstone);
  }

  private SeatResult end(
      long index, long timeMs, BookingRecord booking, BookingRecord.Builder ended) {
    events
        .get(booking.getEventId())
        .seats()
        .free(booking.getSeatIdsList(), booking.getBookingId(), index);
    var after = ended.setRevision(index).build();
    bookings.put(after, timeMs);
    return Answers.done(after);
  }

  private static IllegalStateException stateless(Key key) {
    return new IllegalStateException("a booking without a state: " + key);
  }
}
