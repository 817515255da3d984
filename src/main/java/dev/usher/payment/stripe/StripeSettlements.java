package dev.usher.payment.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.payment.PaymentProvider.Found;
import dev.usher.payment.PaymentProvider.Impossible;
import dev.usher.payment.PaymentProvider.NotAnswered;
import dev.usher.payment.PaymentProvider.Payment;
import dev.usher.payment.PaymentProvider.PaymentState;
import dev.usher.payment.PaymentProvider.SettleOutcome;
import dev.usher.payment.PaymentProvider.Settled;
import dev.usher.payment.PaymentProvider.Unanswered;
import dev.usher.payment.stripe.StripeHttp.Reply.Answered;
import dev.usher.payment.stripe.StripeHttp.Reply.Silent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Captures, voids and refunds. The state of the intent lets it be captured or voided once, so these
 * need no key. A refund has one, and is looked for by its number before it is posted, so it is safe
 * after its key is forgotten.
 */
final class StripeSettlements {
  private final StripeHttp http;
  private final StripeQueries queries;

  StripeSettlements(StripeHttp http, StripeQueries queries) {
    this.http = http;
    this.queries = queries;
  }

  CompletionStage<SettleOutcome> capture(String paymentId, OptionalLong amountMinor) {
    var params = new LinkedHashMap<>(StripeQueries.EXPAND_ONE);
    amountMinor.ifPresent(amount -> params.put("amount_to_capture", Long.toString(amount)));
    return settle(paymentId, "capture", params, PaymentState.CAPTURED);
  }

  CompletionStage<SettleOutcome> voidAuthorization(String paymentId) {
    return settle(paymentId, "cancel", StripeQueries.EXPAND_ONE, PaymentState.VOIDED);
  }

  private CompletionStage<SettleOutcome> settle(
      String paymentId, String verb, Map<String, String> params, PaymentState wanted) {
    if (!StripeQueries.isId(paymentId)) {
      return done(StripeErrors.noSuchPayment());
    }
    return http.post(StripeQueries.INTENTS + "/" + paymentId + "/" + verb, params)
        .thenCompose(
            reply ->
                switch (reply) {
                  case Silent silent -> done(new Unanswered(silent.message()));
                  case Answered answer when answer.ok() -> done(asked(answer.body(), wanted));
                  case Answered answer when isNo(answer) -> judge(paymentId, wanted, answer);
                  case Answered answer -> done(StripeErrors.unanswered(answer));
                });
  }

  private static SettleOutcome asked(JsonNode intent, PaymentState wanted) {
    var payment = StripePayments.payment(intent);
    return isSettled(payment, wanted)
        ? new Settled(payment)
        : new Unanswered("the payment is " + payment.state());
  }

  /** Stripe refused: because it was done before, or because it cannot be done any more? */
  private CompletionStage<SettleOutcome> judge(
      String paymentId, PaymentState wanted, Answered refusal) {
    return queries
        .find(paymentId)
        .thenApply(
            found ->
                switch (found) {
                  case NotAnswered<Optional<Payment>> no -> new Unanswered(no.message());
                  case Found<Optional<Payment>>(var payment)
                      when payment.isPresent() && isSettled(payment.get(), wanted) ->
                      new Settled(payment.get());
                  case Found<Optional<Payment>> other -> StripeErrors.impossible(refusal);
                });
  }

  private static boolean isSettled(Payment payment, PaymentState wanted) {
    return payment.state() == wanted
        || (wanted == PaymentState.CAPTURED && payment.state() == PaymentState.REFUNDED);
  }

  CompletionStage<SettleOutcome> refund(
      String paymentId, String bookingId, long amountMinor, int sequence) {
    if (!StripeQueries.isId(paymentId)) {
      return done(StripeErrors.noSuchPayment());
    }
    return queries
        .refunded(paymentId, sequence)
        .thenCompose(
            found ->
                switch (found) {
                  case NotAnswered<OptionalLong> no -> done(new Unanswered(no.message()));
                  case Found<OptionalLong>(var before) when before.isEmpty() ->
                      postRefund(paymentId, bookingId, amountMinor, sequence);
                  case Found<OptionalLong>(var before) when before.getAsLong() == amountMinor ->
                      refundedPayment(paymentId);
                  case Found<OptionalLong> other ->
                      done(
                          new Impossible(
                              "idempotency_key_reused",
                              "this refund was made before, of another amount"));
                });
  }

  private CompletionStage<SettleOutcome> postRefund(
      String paymentId, String bookingId, long amountMinor, int sequence) {
    var params = new LinkedHashMap<String, String>();
    params.put("payment_intent", paymentId);
    params.put("amount", Long.toString(amountMinor));
    params.put("metadata[booking_id]", bookingId);
    params.put("metadata[sequence]", Integer.toString(sequence));
    return http.post("/v1/refunds", params, bookingId + "/refund/" + sequence)
        .thenCompose(
            reply ->
                switch (reply) {
                  case Silent silent -> done(new Unanswered(silent.message()));
                  case Answered answer when answer.ok() -> refundedPayment(paymentId);
                  case Answered answer when isNo(answer) -> done(StripeErrors.impossible(answer));
                  case Answered answer -> done(StripeErrors.unanswered(answer));
                });
  }

  private CompletionStage<SettleOutcome> refundedPayment(String paymentId) {
    return queries
        .find(paymentId)
        .thenApply(
            found ->
                switch (found) {
                  case NotAnswered<Optional<Payment>> no -> new Unanswered(no.message());
                  case Found<Optional<Payment>>(var payment) ->
                      payment
                          .<SettleOutcome>map(Settled::new)
                          .orElseGet(StripeErrors::noSuchPayment);
                });
  }

  private static boolean isNo(Answered answer) {
    return StripeErrors.isDecline(answer)
        || StripeErrors.isImpossible(answer)
        || StripeErrors.isKeyReused(answer);
  }

  private static CompletionStage<SettleOutcome> done(SettleOutcome outcome) {
    return CompletableFuture.completedFuture(outcome);
  }
}
