package dev.usher.seats;

import dev.usher.seats.proto.BookingRecord;
import dev.usher.seats.proto.RedeemTicket;
import dev.usher.seats.proto.SeatResult;
import dev.usher.seats.proto.TicketRedemption;
import java.util.Optional;

/**
 * Redeems tickets. A ticket is one seat of a confirmed booking and lets one person in, once; from
 * then on the booking cannot be cancelled ({@link Endings}).
 */
final class Tickets {
  private final BookingTable bookings;

  Tickets(BookingTable bookings) {
    this.bookings = bookings;
  }

  SeatResult redeem(long index, long timeMs, RedeemTicket command) {
    var nameless =
        Checks.ids(
            "event_id", command.getEventId(),
            "booking_id", command.getBookingId(),
            "seat_id", command.getSeatId(),
            "redemption_id", command.getRedemptionId());
    if (nameless.isPresent()) {
      return Answers.refused(nameless.get());
    }
    var key = new Key(command.getEventId(), command.getBookingId());
    var name = Names.ticket(key, command.getSeatId());
    var found =
        bookings.find(key).filter(there -> there.getSeatIdsList().contains(command.getSeatId()));
    if (found.isEmpty()) {
      return Answers.refused(Answers.notFound(name));
    }
    var booking = found.get();
    return switch (booking.getState()) {
      case STATE_CONFIRMED -> letIn(index, timeMs, booking, command);
      case STATE_COMMITTED ->
          Answers.refused(
              Answers.about(
                  SeatReason.TICKET_UNPAID,
                  name,
                  name + " is not paid yet; look again when its booking is confirmed."));
      case STATE_CANCELLED ->
          Answers.refused(
              Answers.about(
                  SeatReason.TICKET_CANCELLED,
                  name,
                  name + " is no longer good: its booking was cancelled."));
      // None of these ever had tickets.
      case STATE_RELEASED, STATE_REJECTED, STATE_FENCED -> Answers.refused(Answers.notFound(name));
      case STATE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalStateException("a booking without a state: " + key);
    };
  }

  private SeatResult letIn(long index, long timeMs, BookingRecord booking, RedeemTicket command) {
    var before = redemption(booking, command.getSeatId());
    if (before.isPresent()) {
      // The same request again, perhaps after the request table has forgotten it.
      return before.get().getRedemptionId().equals(command.getRedemptionId())
          ? Answers.done(before.get())
          : Answers.refused(
              Answers.ticketRedeemed(
                  Names.ticket(BookingTable.keyOf(booking), command.getSeatId()), before.get()));
    }
    var redemption =
        TicketRedemption.newBuilder()
            .setSeatId(command.getSeatId())
            .setRedemptionId(command.getRedemptionId())
            .setTimeMillis(timeMs)
            .setRevision(index)
            .build();
    bookings.put(booking.toBuilder().addRedemptions(redemption).setRevision(index).build(), timeMs);
    return Answers.done(redemption);
  }

  private static Optional<TicketRedemption> redemption(BookingRecord booking, String seatId) {
    return booking.getRedemptionsList().stream()
        .filter(there -> there.getSeatId().equals(seatId))
        .findFirst();
  }
}
