package dev.usher.booking;

import dev.usher.seats.proto.CommitBooking;
import dev.usher.seats.proto.ExtendHold;
import dev.usher.seats.proto.SeatCommand;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * What an order is about, without the session that gave it. Two orders are the same order when
 * these are equal: the payment method is part of it, so one request id means one card, and a second
 * card after a decline comes with a request id of its own (G4, G7). The rest of the hold is kept
 * for it (G5).
 *
 * @param seatIds sorted, so that their order makes no difference
 */
record Wanted(
    String userId,
    String bookingId,
    String eventId,
    List<String> seatIds,
    String holdId,
    String paymentMethodId,
    OptionalLong expectedTotalMinor,
    String expectedCurrency) {
  static Wanted of(Bookings.Order order) {
    return new Wanted(
        order.userId(),
        Ids.bookingId(order.userId(), order.requestId()),
        order.eventId(),
        order.seatIds().stream().sorted().toList(),
        order.holdId(),
        order.paymentMethodId(),
        order.expectedTotalMinor(),
        order.expectedCurrency());
  }

  String name() {
    return Refusals.bookingName(eventId, bookingId);
  }

  /** Every copy of a saga proposes the very same bytes: the request table tells orders apart. */
  SeatCommand commit(Price price, String paymentId) {
    return SeatCommand.newBuilder()
        .setCommitBooking(
            CommitBooking.newBuilder()
                .setEventId(eventId)
                .setBookingId(bookingId)
                .setUserId(userId)
                .addAllSeatIds(seatIds)
                .setHoldId(holdId)
                .setTotalMinor(price.totalMinor())
                .setCurrency(price.currency())
                .setPaymentId(paymentId))
        .build();
  }

  /** The hold that is paid with lives at least so long from now, by log time. */
  SeatCommand extendHold(Duration ttl) {
    return SeatCommand.newBuilder()
        .setExtendHold(
            ExtendHold.newBuilder()
                .setEventId(eventId)
                .setHoldId(holdId)
                .setUserId(userId)
                .setTtlMillis(ttl.toMillis()))
        .build();
  }

  /** What the seats cost, in minor units of the event's currency. */
  record Price(long totalMinor, String currency) {}
}
