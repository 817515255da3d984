package dev.usher.cli.client;

import com.google.protobuf.Duration;
import dev.usher.api.auth.v1.CreateSessionRequest;
import dev.usher.api.auth.v1.CreateUserRequest;
import dev.usher.api.auth.v1.User;
import dev.usher.api.booking.v1.Booking;
import dev.usher.api.booking.v1.CreateBookingRequest;
import dev.usher.api.booking.v1.CreateHoldRequest;
import dev.usher.api.booking.v1.Hold;
import dev.usher.api.payment.v1.Card;
import dev.usher.api.payment.v1.CreatePaymentMethodRequest;
import java.util.Optional;
import java.util.UUID;

/**
 * A person with an account, a session and a card, for the demo, the bench and the tests.
 *
 * @param client calls with this person's session
 */
public record Buyer(String email, UsherClient client, String paymentMethod) {
  private static final long HOLD_SECONDS = 300;
  private static final java.time.Duration SETTLE_LIMIT = java.time.Duration.ofMinutes(1);

  /** Makes an account with a random password, logs in, and registers the card. */
  public static Buyer create(UsherClient client, String email, String displayName, Card card) {
    String password = UUID.randomUUID().toString();
    client.call(
        Api.CREATE_USER,
        CreateUserRequest.newBuilder()
            .setUser(User.newBuilder().setEmail(email).setDisplayName(displayName))
            .setPassword(password)
            .setRequestId(UUID.randomUUID().toString())
            .build());
    return new Buyer(email, logIn(client, email, password), "").withCard(card);
  }

  /** Logs in; the caller with the session's token. */
  public static UsherClient logIn(UsherClient client, String email, String password) {
    var session =
        client.call(
            Api.CREATE_SESSION,
            CreateSessionRequest.newBuilder().setEmail(email).setPassword(password).build());
    return client.withToken(session.getToken());
  }

  /** The same person with another card. */
  public Buyer withCard(Card card) {
    var method =
        client.call(
            Api.CREATE_PAYMENT_METHOD,
            CreatePaymentMethodRequest.newBuilder()
                .setCard(card)
                .setRequestId(UUID.randomUUID().toString())
                .build());
    return new Buyer(email, client, method.getName());
  }

  /** The same person calling another node first. */
  public Buyer startingAt(int node) {
    return new Buyer(email, client.startingAt(node), paymentMethod);
  }

  /** Books one seat, named in full; see {@link #settle}. */
  public Booking book(String event, String seat) {
    return settle(
        CreateBookingRequest.newBuilder()
            .setParent(event)
            .setBooking(Booking.newBuilder().addSeats(seat))
            .setPaymentMethod(paymentMethod)
            .setRequestId(UUID.randomUUID().toString())
            .build());
  }

  /** Holds one seat, named in full, for five minutes. */
  public Hold hold(String event, String seat) {
    return client.call(
        Api.CREATE_HOLD,
        CreateHoldRequest.newBuilder()
            .setParent(event)
            .setHold(Hold.newBuilder().addSeats(seat))
            .setTtl(Duration.newBuilder().setSeconds(HOLD_SECONDS))
            .setRequestId(UUID.randomUUID().toString())
            .build());
  }

  /** Books what is held. */
  public Booking bookHold(Hold hold) {
    String event = hold.getName().substring(0, hold.getName().indexOf("/holds/"));
    return settle(
        CreateBookingRequest.newBuilder()
            .setParent(event)
            .setHold(hold.getName())
            .setPaymentMethod(paymentMethod)
            .setRequestId(UUID.randomUUID().toString())
            .build());
  }

  /**
   * Books, and while the provider's answer is not known yet asks again with the same request_id.
   *
   * @throws CallFailedException the definite refusal, or that no node answered
   * @throws IllegalStateException when the provider's answer is still not known after a minute
   */
  private Booking settle(CreateBookingRequest request) {
    return Poll.until(
            SETTLE_LIMIT,
            () ->
                Optional.of(client.call(Api.CREATE_BOOKING, request))
                    .filter(b -> b.getState() != Booking.State.STATE_PAYMENT_UNKNOWN))
        .orElseThrow(() -> new IllegalStateException("the payment's outcome stays unknown"));
  }
}
