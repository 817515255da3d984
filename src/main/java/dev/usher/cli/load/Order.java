package dev.usher.cli.load;

import dev.usher.api.booking.v1.Booking;
import dev.usher.api.booking.v1.CreateBookingRequest;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.Buyer;
import dev.usher.cli.client.CallFailedException;
import dev.usher.cli.client.Poll;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** One booking that a buyer wants, asked for under one request_id until it is decided. */
record Order(Buyer buyer, CreateBookingRequest request) {
  /** A buyer who has no answer after this time counts as one who got none. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  static Order of(Buyer buyer, String event, String seat) {
    return new Order(
        buyer,
        CreateBookingRequest.newBuilder()
            .setParent(event)
            .setBooking(Booking.newBuilder().addSeats(seat))
            .setPaymentMethod(buyer.paymentMethod())
            .setRequestId(UUID.randomUUID().toString())
            .build());
  }

  /** The seat, named in full. */
  String seat() {
    return request.getBooking().getSeats(0);
  }

  /**
   * Asks until there is a decision. No node in reach and a payment whose outcome is not known yet
   * are none: a person would ask again.
   */
  Answer ask() {
    return Poll.until(PATIENCE, this::decision).orElseGet(() -> new Answer.None("no decision"));
  }

  private Optional<Answer> decision() {
    try {
      var booking = buyer.client().call(Api.CREATE_BOOKING, request);
      return booking.getState() == Booking.State.STATE_PAYMENT_UNKNOWN
          ? Optional.empty()
          : Optional.of(new Answer.Booked(booking.getName()));
    } catch (CallFailedException e) {
      if (e.code() == Status.Code.FAILED_PRECONDITION) {
        return Optional.of(new Answer.Refused(e.reason()));
      }
      return e.code() == Status.Code.UNAVAILABLE
          ? Optional.empty()
          : Optional.of(new Answer.None(e.code() + " " + e.getMessage()));
    }
  }
}
