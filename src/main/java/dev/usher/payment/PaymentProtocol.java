package dev.usher.payment;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What {@code PaymentActor} is asked. It answers with the provider's own outcomes, after at most
 * {@code timeout}: then with {@code Unanswered} or {@code NotAnswered}.
 */
public final class PaymentProtocol {
  private PaymentProtocol() {}

  public sealed interface Request
      permits CreatePaymentMethod,
          DeletePaymentMethod,
          Authorize,
          Capture,
          VoidAuthorization,
          Refund,
          Find,
          FindByBooking,
          ListPayments,
          ListOpenAuthorizations {}

  public record CreatePaymentMethod(
      PaymentProvider.Card card,
      String userId,
      String idempotencyKey,
      Duration timeout,
      ActorRef<PaymentProvider.MethodOutcome> replyTo)
      implements Request {}

  public record DeletePaymentMethod(
      String paymentMethodId, Duration timeout, ActorRef<PaymentProvider.DeleteOutcome> replyTo)
      implements Request {}

  public record Authorize(
      PaymentProvider.Authorization authorization,
      Duration timeout,
      ActorRef<PaymentProvider.AuthorizeOutcome> replyTo)
      implements Request {}

  public record Capture(
      String paymentId,
      String bookingId,
      OptionalLong amountMinor,
      Duration timeout,
      ActorRef<PaymentProvider.SettleOutcome> replyTo)
      implements Request {}

  public record VoidAuthorization(
      String paymentId,
      String bookingId,
      Duration timeout,
      ActorRef<PaymentProvider.SettleOutcome> replyTo)
      implements Request {}

  public record Refund(
      String paymentId,
      String bookingId,
      long amountMinor,
      int sequence,
      Duration timeout,
      ActorRef<PaymentProvider.SettleOutcome> replyTo)
      implements Request {}

  public record Find(
      String paymentId,
      Duration timeout,
      ActorRef<PaymentProvider.Lookup<Optional<PaymentProvider.Payment>>> replyTo)
      implements Request {}

  public record FindByBooking(
      String bookingId,
      Duration timeout,
      ActorRef<PaymentProvider.Lookup<List<PaymentProvider.Payment>>> replyTo)
      implements Request {}

  public record ListPayments(
      Optional<String> userId,
      int limit,
      String startingAfter,
      Duration timeout,
      ActorRef<PaymentProvider.Lookup<PaymentProvider.Page>> replyTo)
      implements Request {}

  public record ListOpenAuthorizations(
      long createdBeforeMs,
      Duration timeout,
      ActorRef<PaymentProvider.Lookup<List<PaymentProvider.Payment>>> replyTo)
      implements Request {}
}
