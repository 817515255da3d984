package dev.usher.booking;

import dev.usher.auth.AuthProtocol.Secret;
import dev.usher.seats.proto.BookingRecord;
import dev.usher.seats.proto.Refusal;
import dev.usher.shards.CborSerializable;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** The way into booking for the edge and the chatbot. Safe for any thread. */
public interface Bookings {
  /**
   * Books through a saga: session, authorization, commit, capture. The same request id of the same
   * user gives the same booking, on any node, and never two charges.
   */
  CompletionStage<Result> book(Order order, Duration timeout);

  /** Frees the seats, then refunds what was captured. Cancelling twice is cancelling once. */
  CompletionStage<Result> cancel(Cancellation cancellation, Duration timeout);

  /**
   * What a buyer asks for.
   *
   * @param token the caller's session; validated by the saga, never logged
   * @param userId whom this node takes the token to be; the saga refuses when the session says
   *     otherwise
   * @param requestId 1 to 128 characters
   * @param seatIds empty when {@code holdId} is given
   * @param holdId empty when {@code seatIds} are given
   * @param paymentMethodId empty is allowed only when the total is 0
   * @param expectedTotalMinor refused with PRICE_CHANGED when the price is another
   * @param interactive whether the buyer can be sent to a page of the card's issuer (3-D Secure)
   */
  record Order(
      Secret token,
      String userId,
      String requestId,
      String eventId,
      List<String> seatIds,
      String holdId,
      String paymentMethodId,
      OptionalLong expectedTotalMinor,
      String expectedCurrency,
      boolean interactive) {
    public Order {
      seatIds = List.copyOf(seatIds);
    }

    /** An order of somebody who can't be sent to a page. */
    public Order(
        Secret token,
        String userId,
        String requestId,
        String eventId,
        List<String> seatIds,
        String holdId,
        String paymentMethodId,
        OptionalLong expectedTotalMinor,
        String expectedCurrency) {
      this(
          token,
          userId,
          requestId,
          eventId,
          seatIds,
          holdId,
          paymentMethodId,
          expectedTotalMinor,
          expectedCurrency,
          false);
    }
  }

  record Cancellation(
      Secret token, String userId, String requestId, String eventId, String bookingId) {}

  sealed interface Result extends CborSerializable {}

  /** COMMITTED, CONFIRMED or CANCELLED: the record says which. */
  record Booked(BookingRecord booking) implements Result {}

  /** Definitely not; nothing was captured, and what was reserved is given up. */
  record Refused(Refusal refusal) implements Result {}

  /**
   * Not known yet whether the buyer pays; the saga goes on by itself. Ask again with the same
   * request id.
   */
  record PaymentUnknown(String eventId, String bookingId) implements Result {}

  /**
   * The buyer has to authenticate at the card's issuer; then the saga goes on by itself. Ask again
   * with the same request id.
   *
   * @param nextActionUri the page to send the buyer to
   */
  record Authorizing(String eventId, String bookingId, String nextActionUri) implements Result {}

  /**
   * Could not be done in time, or the outcome of a step is not known; safe to repeat with the same
   * request id.
   *
   * @param reason NO_LEADER, OVERLOADED, NOT_READY, PROVIDER_UNAVAILABLE or OUTCOME_UNKNOWN
   */
  record Unavailable(String reason, String message) implements Result {}
}
