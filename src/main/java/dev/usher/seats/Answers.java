package dev.usher.seats;

import dev.usher.seats.proto.BookingRecord;
import dev.usher.seats.proto.Detail;
import dev.usher.seats.proto.Done;
import dev.usher.seats.proto.HoldRecord;
import dev.usher.seats.proto.Refusal;
import dev.usher.seats.proto.SeatResult;
import dev.usher.seats.proto.TicketRedemption;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** The answers of the state machine, each with its sentence in one place. */
final class Answers {
  /** Errors travel in metadata, of which clients accept 8 KiB in all. */
  private static final int TICKETS_NAMED = 10;

  private static final SeatResult DONE =
      SeatResult.newBuilder().setDone(Done.getDefaultInstance()).build();

  private Answers() {}

  static SeatResult done() {
    return DONE;
  }

  static SeatResult done(BookingRecord booking) {
    return SeatResult.newBuilder().setDone(Done.newBuilder().setBooking(booking)).build();
  }

  static SeatResult done(HoldRecord hold) {
    return SeatResult.newBuilder().setDone(Done.newBuilder().setHold(hold)).build();
  }

  static SeatResult done(TicketRedemption redemption) {
    return SeatResult.newBuilder().setDone(Done.newBuilder().setRedemption(redemption)).build();
  }

  static SeatResult refused(Refusal refusal) {
    return SeatResult.newBuilder().setRefusal(refusal).build();
  }

  static Refusal malformed(String field, String problem) {
    return refusal(SeatReason.MALFORMED_COMMAND, field + ": " + problem, "field", field);
  }

  static Refusal notFound(String name) {
    return refusal(SeatReason.RESOURCE_NOT_FOUND, "There is no " + name + ".", "name", name);
  }

  static Refusal seatsNotFound(String eventId, List<String> seatIds) {
    var names = seatIds.stream().map(id -> Names.seat(eventId, id)).toList();
    return notFound(String.join(",", names));
  }

  static Refusal seatsUnavailable(List<String> seatIds, long revision) {
    var seats = String.join(",", seatIds);
    return refusal(
        SeatReason.SEAT_UNAVAILABLE,
        "No longer free: " + seats + ".",
        "seats",
        seats,
        "revision",
        Long.toString(revision));
  }

  static Refusal holdExpired(String holdId, List<String> seatIds, long revision) {
    return refusal(
        SeatReason.HOLD_EXPIRED,
        "Hold " + holdId + " is over; hold or book the seats anew.",
        "hold",
        holdId,
        "seats",
        String.join(",", seatIds),
        "revision",
        Long.toString(revision));
  }

  static Refusal seatLimit(int limit) {
    return refusal(
        SeatReason.SEAT_LIMIT_PER_BOOKING,
        "At most " + limit + " seats in one hold or booking of this event.",
        "limit",
        Integer.toString(limit));
  }

  static Refusal priceChanged(long totalMinor, String currency) {
    return refusal(
        SeatReason.PRICE_CHANGED,
        "The seats cost " + totalMinor + " minor units of " + currency + ".",
        "total",
        Long.toString(totalMinor),
        "currency",
        currency);
  }

  static Refusal ticketRedeemed(String ticketName, TicketRedemption first) {
    var time = Instant.ofEpochMilli(first.getTimeMillis()).toString();
    return refusal(
        SeatReason.TICKET_ALREADY_REDEEMED,
        ticketName + " was redeemed at " + time + " already.",
        "name",
        ticketName,
        "redeemTime",
        time);
  }

  /** The booking cannot be cancelled any more; names some of the tickets, and counts them all. */
  static Refusal ticketsRedeemed(BookingRecord booking) {
    var name = Names.booking(BookingTable.keyOf(booking));
    var count = Integer.toString(booking.getRedemptionsCount());
    var some =
        booking.getRedemptionsList().stream()
            .limit(TICKETS_NAMED)
            .map(TicketRedemption::getSeatId)
            .collect(Collectors.joining(","));
    return refusal(
        SeatReason.TICKET_ALREADY_REDEEMED,
        name + " can no longer be cancelled: tickets of it are redeemed (" + some + ").",
        "name",
        name,
        "tickets",
        some,
        "redeemed",
        count);
  }

  static Refusal groupFull(String what, int limit) {
    return refusal(
        SeatReason.GROUP_FULL,
        "This group holds its " + limit + " " + what + " already.",
        "limit",
        Integer.toString(limit));
  }

  /** A refusal whose only detail is the name of what it is about. */
  static Refusal about(SeatReason reason, String name, String sentence) {
    return refusal(reason, sentence, "name", name);
  }

  /**
   * @param details keys and values in turn
   */
  static Refusal refusal(SeatReason reason, String message, String... details) {
    var refusal = Refusal.newBuilder().setReason(reason.name()).setMessage(message);
    for (int i = 0; i < details.length; i += 2) {
      refusal.addDetails(Detail.newBuilder().setKey(details[i]).setValue(details[i + 1]));
    }
    return refusal.build();
  }
}
