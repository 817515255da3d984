package dev.usher.grpc;

import dev.usher.api.booking.v1.Booking;
import dev.usher.api.booking.v1.Hold;
import dev.usher.api.booking.v1.Seat;
import dev.usher.api.booking.v1.Ticket;
import dev.usher.booking.Bookings;
import dev.usher.seats.SeatView;
import dev.usher.seats.proto.BookingRecord;
import dev.usher.seats.proto.HoldRecord;
import dev.usher.seats.proto.TicketRedemption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Seats, holds and bookings as the public API shows them. */
final class BookingMessages {
  private BookingMessages() {}

  static Seat seat(String eventId, String currency, SeatView.Seat seat) {
    return Seat.newBuilder()
        .setName(ResourceNames.seat(eventId, seat.seatId()))
        .setState(
            switch (seat.state()) {
              case FREE -> Seat.State.STATE_FREE;
              case HELD -> Seat.State.STATE_HELD;
              case BOOKED -> Seat.State.STATE_BOOKED;
            })
        .setSection(seat.section())
        .setRow(seat.row())
        .setNumber(seat.number())
        .setCategory(seat.category())
        .setPrice(Monies.of(seat.priceMinor(), currency))
        .setX(seat.x())
        .setY(seat.y())
        .build();
  }

  static Hold hold(HoldRecord hold) {
    var message =
        Hold.newBuilder()
            .setName(ResourceNames.hold(hold.getEventId(), hold.getHoldId()))
            .setTotal(Monies.of(hold.getTotalMinor(), hold.getCurrency()))
            .setExpireTime(Requests.timestamp(hold.getExpireTimeMillis()))
            .setRevision(hold.getRevision())
            .setAdjacent(hold.getAdjacent());
    hold.getSeatIdsList()
        .forEach(id -> message.addSeats(ResourceNames.seat(hold.getEventId(), id)));
    return message.build();
  }

  /** Empty for one that never took seats: refused, fenced, or released because it was not paid. */
  static Optional<Booking> booking(BookingRecord record) {
    return state(record.getState()).map(state -> booking(record, state));
  }

  /** The booking whose payment is not known yet: the saga goes on with it. */
  static Booking paymentUnknown(String eventId, String bookingId, String userId) {
    return Booking.newBuilder()
        .setName(ResourceNames.booking(eventId, bookingId))
        .setState(Booking.State.STATE_PAYMENT_UNKNOWN)
        .setUser(ResourceNames.user(userId))
        .build();
  }

  /** The booking that waits for its buyer. */
  static Booking authorizing(Bookings.Authorizing booking, String userId) {
    return Booking.newBuilder()
        .setName(ResourceNames.booking(booking.eventId(), booking.bookingId()))
        .setState(Booking.State.STATE_AUTHORIZING)
        .setUser(ResourceNames.user(userId))
        .setNextActionUri(booking.nextActionUri())
        .build();
  }

  private static Optional<Booking.State> state(BookingRecord.State state) {
    return switch (state) {
      case STATE_COMMITTED -> Optional.of(Booking.State.STATE_COMMITTED);
      case STATE_CONFIRMED -> Optional.of(Booking.State.STATE_CONFIRMED);
      case STATE_CANCELLED -> Optional.of(Booking.State.STATE_CANCELLED);
      case STATE_FENCED, STATE_REJECTED, STATE_RELEASED, STATE_UNSPECIFIED, UNRECOGNIZED ->
          Optional.empty();
    };
  }

  private static Booking booking(BookingRecord record, Booking.State state) {
    var eventId = record.getEventId();
    var currency = record.getCurrency();
    var message =
        Booking.newBuilder()
            .setName(ResourceNames.booking(eventId, record.getBookingId()))
            .setState(state)
            .setUser(ResourceNames.user(record.getUserId()))
            .setTotal(Monies.of(record.getTotalMinor(), currency))
            .setCaptured(Monies.of(record.getCapturedMinor(), currency))
            .setRefunded(Monies.of(record.getRefundedMinor(), currency))
            .setPayment(
                record.getPaymentId().isEmpty() ? "" : ResourceNames.payment(record.getPaymentId()))
            .setCreateTime(Requests.timestamp(record.getCreateTimeMillis()))
            .setRevision(record.getRevision());
    record.getSeatIdsList().forEach(id -> message.addSeats(ResourceNames.seat(eventId, id)));
    if (state == Booking.State.STATE_CONFIRMED) {
      message.addAllTickets(tickets(record));
    }
    return message.build();
  }

  private static List<Ticket> tickets(BookingRecord record) {
    Map<String, TicketRedemption> redeemed = new HashMap<>();
    record.getRedemptionsList().forEach(there -> redeemed.put(there.getSeatId(), there));
    return record.getSeatIdsList().stream()
        .map(
            seatId -> {
              var name = ResourceNames.ticket(record.getEventId(), record.getBookingId(), seatId);
              var redemption = redeemed.get(seatId);
              return redemption == null
                  ? Ticket.newBuilder().setName(name).build()
                  : ticket(name, redemption);
            })
        .toList();
  }

  /** A ticket that was redeemed. */
  static Ticket ticket(String name, TicketRedemption redemption) {
    return Ticket.newBuilder()
        .setName(name)
        .setRedeemTime(Requests.timestamp(redemption.getTimeMillis()))
        .setRevision(redemption.getRevision())
        .build();
  }
}
