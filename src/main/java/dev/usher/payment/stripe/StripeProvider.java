package dev.usher.payment.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.payment.PaymentProvider;
import dev.usher.payment.stripe.StripeHttp.Reply.Answered;
import dev.usher.payment.stripe.StripeHttp.Reply.Silent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Stripe's PaymentIntents, captured manually. Idempotency keys follow from the booking: {@code
 * ID/authorize/ATTEMPT}, {@code ID/capture}, {@code ID/void/PAYMENT}, {@code ID/refund/SEQUENCE}.
 * Stripe forgets them after 24 hours: capturing and voiding are safe by the state of the intent,
 * refunds are looked for before they are posted, an authorization that old must be queried instead
 * ({@link #findByBooking}). Stripe's search lags up to a minute behind; the sandbox's does not.
 */
public final class StripeProvider implements PaymentProvider, AutoCloseable {
  private static final String INTENTS = "/v1/payment_intents";

  private final StripeHttp http;
  private final StripeQueries queries;

  public StripeProvider(StripeSettings settings) {
    this.http = new StripeHttp(settings);
    this.queries = new StripeQueries(http);
  }

  @Override
  public CompletionStage<MethodOutcome> createPaymentMethod(Card card, String idempotencyKey) {
    var params = new LinkedHashMap<String, String>();
    params.put("type", "card");
    params.put("card[number]", card.number());
    params.put("card[exp_month]", Integer.toString(card.expMonth()));
    params.put("card[exp_year]", Integer.toString(card.expYear()));
    params.put("card[cvc]", card.cvc());
    return http.post("/v1/payment_methods", params, idempotencyKey)
        .thenApply(
            reply ->
                switch (reply) {
                  case Silent silent -> new Unanswered(silent.message());
                  case Answered answer when answer.ok() -> method(answer.body());
                  case Answered answer when isNo(answer) -> declined(answer.error());
                  case Answered answer -> new Unanswered(refusal(answer));
                });
  }

  private static MethodCreated method(JsonNode method) {
    var card = method.path("card");
    return new MethodCreated(
        method.path("id").asText(), card.path("brand").asText(), card.path("last4").asText());
  }

  @Override
  public CompletionStage<AuthorizeOutcome> authorize(Authorization wanted) {
    var params = new LinkedHashMap<String, String>();
    params.put("amount", Long.toString(wanted.amountMinor()));
    params.put("currency", wanted.currency().toLowerCase(Locale.ROOT));
    params.put("payment_method", wanted.paymentMethodId());
    params.put("payment_method_types[]", "card");
    params.put("capture_method", "manual");
    params.put("confirm", "true");
    // Nobody sits here to answer a 3-D Secure challenge: a card that needs one is a declined card.
    params.put("error_on_requires_action", "true");
    params.put("metadata[user]", wanted.userId());
    params.put("metadata[booking]", wanted.booking());
    params.put("metadata[booking_id]", wanted.bookingId());
    params.put("metadata[attempt]", Integer.toString(wanted.attempt()));
    return http.post(INTENTS, params, wanted.bookingId() + "/authorize/" + wanted.attempt())
        .thenApply(
            reply ->
                switch (reply) {
                  case Silent silent -> new Unanswered(silent.message());
                  case Answered answer when answer.ok() -> authorized(answer.body());
                  case Answered answer when isNo(answer) -> declined(answer.error());
                  case Answered answer -> new Unanswered(refusal(answer));
                });
  }

  private static AuthorizeOutcome authorized(JsonNode intent) {
    return intent.path("status").asText().equals("requires_capture")
        ? new Authorized(intent.path("id").asText())
        : new Unanswered("the payment is in state " + intent.path("status").asText());
  }

  @Override
  public CompletionStage<SettleOutcome> capture(String paymentId, String bookingId) {
    return settle(paymentId, "capture", bookingId + "/capture", PaymentState.CAPTURED);
  }

  @Override
  public CompletionStage<SettleOutcome> voidAuthorization(String paymentId, String bookingId) {
    return settle(paymentId, "cancel", bookingId + "/void/" + paymentId, PaymentState.VOIDED);
  }

  private CompletionStage<SettleOutcome> settle(
      String paymentId, String verb, String key, PaymentState wanted) {
    if (!StripeQueries.isId(paymentId)) {
      return CompletableFuture.completedFuture(noSuchPayment());
    }
    return http.post(INTENTS + "/" + paymentId + "/" + verb, StripeQueries.EXPAND_ONE, key)
        .thenCompose(
            reply ->
                switch (reply) {
                  case Silent silent -> done(new Unanswered(silent.message()));
                  case Answered answer when answer.ok() -> done(asked(answer.body(), wanted));
                  case Answered answer when isNo(answer) || isKeyReused(answer) ->
                      judge(paymentId, wanted, answer.error());
                  case Answered answer -> done(new Unanswered(refusal(answer)));
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
      String paymentId, PaymentState wanted, JsonNode error) {
    return queries
        .find(paymentId)
        .thenApply(
            found ->
                switch (found) {
                  case NotAnswered<Optional<Payment>> no -> new Unanswered(no.message());
                  case Found<Optional<Payment>>(var payment)
                      when payment.isPresent() && isSettled(payment.get(), wanted) ->
                      new Settled(payment.get());
                  case Found<Optional<Payment>> other -> impossible(error);
                });
  }

  private static boolean isSettled(Payment payment, PaymentState wanted) {
    return payment.state() == wanted
        || (wanted == PaymentState.CAPTURED && payment.state() == PaymentState.REFUNDED);
  }

  @Override
  public CompletionStage<SettleOutcome> refund(
      String paymentId, String bookingId, long amountMinor, int sequence) {
    if (!StripeQueries.isId(paymentId)) {
      return CompletableFuture.completedFuture(noSuchPayment());
    }
    return queries
        .refunded(paymentId, sequence)
        .thenCompose(
            found ->
                switch (found) {
                  case NotAnswered<Boolean> no -> done(new Unanswered(no.message()));
                  case Found<Boolean>(var before) when before -> refundedPayment(paymentId);
                  case Found<Boolean> never ->
                      postRefund(paymentId, bookingId, amountMinor, sequence);
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
                  case Answered answer when isNo(answer) || isKeyReused(answer) ->
                      done(impossible(answer.error()));
                  case Answered answer -> done(new Unanswered(refusal(answer)));
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
                      payment.<SettleOutcome>map(Settled::new).orElseGet(() -> noSuchPayment());
                });
  }

  @Override
  public CompletionStage<Lookup<Optional<Payment>>> find(String paymentId) {
    return queries.find(paymentId);
  }

  @Override
  public CompletionStage<Lookup<List<Payment>>> findByBooking(String bookingId) {
    return queries.findByBooking(bookingId);
  }

  @Override
  public CompletionStage<Lookup<Page>> list(
      Optional<String> userId, int limit, String startingAfter) {
    return queries.list(userId, limit, startingAfter);
  }

  @Override
  public CompletionStage<Lookup<List<Payment>>> openAuthorizations(long createdBeforeMs) {
    return queries.openAuthorizations(createdBeforeMs);
  }

  /** A definite no: about the card, the parameters or the state; nothing was done. */
  private static boolean isNo(Answered answer) {
    return switch (answer.status()) {
      case 400, 402, 404 -> !isKeyReused(answer);
      default -> false;
    };
  }

  private static boolean isKeyReused(Answered answer) {
    return answer.error().path("type").asText().equals("idempotency_error");
  }

  private static Declined declined(JsonNode error) {
    var code = error.path("code").asText();
    return new Declined(
        error.path("decline_code").asText(code), error.path("message").asText(code));
  }

  private static Impossible impossible(JsonNode error) {
    var code = error.path("code").asText(error.path("type").asText());
    return new Impossible(code, error.path("message").asText(code));
  }

  private static Impossible noSuchPayment() {
    return new Impossible("resource_missing", "there is no such payment");
  }

  private static String refusal(Answered answer) {
    return "the payment provider refused with HTTP "
        + answer.status()
        + " "
        + answer.error().path("code").asText(answer.error().path("type").asText());
  }

  private static CompletionStage<SettleOutcome> done(SettleOutcome outcome) {
    return CompletableFuture.completedFuture(outcome);
  }

  /** Gives up what is under way: those outcomes are unanswered. */
  @Override
  public void close() {
    http.close();
  }
}
