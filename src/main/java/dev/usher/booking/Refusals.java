package dev.usher.booking;

import dev.usher.seats.SeatReason;
import dev.usher.seats.proto.Detail;
import dev.usher.seats.proto.Refusal;
import java.util.List;

/** The refusals that don't come out of the log, each with its sentence in one place. */
final class Refusals {
  private Refusals() {}

  static String bookingName(String eventId, String bookingId) {
    return "events/" + eventId + "/bookings/" + bookingId;
  }

  /** The session is somebody else's. */
  static Refusal foreignSession() {
    return of("SESSION_REQUIRED", "The session belongs to another user; log in again.");
  }

  static Refusal session(String reason, String message) {
    return of(reason, message);
  }

  static Refusal notFound(String name) {
    return of(SeatReason.RESOURCE_NOT_FOUND.name(), "There is no " + name + ".", "name", name);
  }

  static Refusal requestIdReused() {
    return of(
        "REQUEST_ID_REUSED",
        "This request_id was used for another order; a new order needs a new one.",
        "field",
        "request_id");
  }

  static Refusal paymentMethodMissing() {
    return of(
        SeatReason.MALFORMED_COMMAND.name(),
        "payment_method: needed when the total is above 0",
        "field",
        "payment_method");
  }

  static Refusal nothingWanted() {
    return of(
        SeatReason.MALFORMED_COMMAND.name(),
        "seats: exactly one of hold and seats is needed",
        "field",
        "seats");
  }

  static Refusal declined(String declineCode, String message) {
    return of("PAYMENT_DECLINED", message, "declineCode", declineCode);
  }

  /** What only the provider's list of payments tells. */
  static String declinedMessage(String declineCode) {
    return "The card was declined (" + declineCode + "); another card needs a new request_id.";
  }

  /** The authorization could not be turned into money. */
  static Refusal released() {
    return declined(
        "capture_failed", "The payment could not be captured; the seats were released.");
  }

  static Refusal fenced(String name) {
    return of(
        SeatReason.BOOKING_FENCED.name(),
        name + " was given up before it could commit; book anew with a new request id.",
        "name",
        name);
  }

  static Refusal saleNotStarted(String eventName) {
    return of(
        SeatReason.SALE_NOT_STARTED.name(),
        "The sale of " + eventName + " has not started.",
        "name",
        eventName);
  }

  static Refusal seatLimit(int limit) {
    return of(
        SeatReason.SEAT_LIMIT_PER_BOOKING.name(),
        "At most " + limit + " seats in one hold or booking of this event.",
        "limit",
        Integer.toString(limit));
  }

  static Refusal seatsUnavailable(List<String> seatIds, long revision) {
    var seats = String.join(",", seatIds);
    return of(
        SeatReason.SEAT_UNAVAILABLE.name(),
        "No longer free: " + seats + ".",
        "seats",
        seats,
        "revision",
        Long.toString(revision));
  }

  static Refusal holdExpired(String holdId, long revision) {
    return of(
        SeatReason.HOLD_EXPIRED.name(),
        "Hold " + holdId + " is over; hold or book the seats anew.",
        "hold",
        holdId,
        "revision",
        Long.toString(revision));
  }

  static Refusal priceChanged(Wanted.Price price) {
    return of(
        SeatReason.PRICE_CHANGED.name(),
        "The seats cost " + price.totalMinor() + " minor units of " + price.currency() + ".",
        "total",
        Long.toString(price.totalMinor()),
        "currency",
        price.currency());
  }

  private static Refusal of(String reason, String message, String... details) {
    var refusal = Refusal.newBuilder().setReason(reason).setMessage(message);
    for (int i = 0; i < details.length; i += 2) {
      refusal.addDetails(Detail.newBuilder().setKey(details[i]).setValue(details[i + 1]));
    }
    return refusal.build();
  }
}
