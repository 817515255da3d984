package dev.usher.payment.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.payment.PaymentProvider;
import dev.usher.payment.stripe.StripeHttp.Reply.Answered;
import dev.usher.payment.stripe.StripeHttp.Reply.Silent;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * Stripe's PaymentIntents, captured manually. Idempotency keys follow from the booking: {@code
 * ID/authorize/ATTEMPT}, {@code ID/capture}, {@code ID/void/PAYMENT}, {@code ID/refund/SEQUENCE}.
 * Stripe forgets them after 24 hours; nothing is done twice even so, see {@link
 * StripeAuthorizations} and {@link StripeSettlements}. Stripe's search lags up to a minute behind;
 * the sandbox's does not.
 */
public final class StripeProvider implements PaymentProvider, AutoCloseable {
  private final StripeHttp http;
  private final StripeQueries queries;
  private final StripeAuthorizations authorizations;
  private final StripeSettlements settlements;

  public StripeProvider(StripeSettings settings) {
    this(settings, InstantSource.system());
  }

  /**
   * @param clock tells how old an attempt is
   */
  public StripeProvider(StripeSettings settings, InstantSource clock) {
    this.http = new StripeHttp(settings);
    this.queries = new StripeQueries(http);
    this.authorizations = new StripeAuthorizations(http, queries, settings.returnUrl(), clock);
    this.settlements = new StripeSettlements(http, queries);
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
                  case Answered answer when StripeErrors.isDecline(answer) ->
                      StripeErrors.declined(answer);
                  case Answered answer when StripeErrors.isImpossible(answer) ->
                      StripeErrors.impossible(answer);
                  case Answered answer -> StripeErrors.unanswered(answer);
                });
  }

  private static MethodCreated method(JsonNode method) {
    var card = method.path("card");
    return new MethodCreated(
        method.path("id").asText(), card.path("brand").asText(), card.path("last4").asText());
  }

  @Override
  public CompletionStage<AuthorizeOutcome> authorize(Authorization wanted) {
    return authorizations.authorize(wanted);
  }

  @Override
  public CompletionStage<SettleOutcome> capture(
      String paymentId, String bookingId, OptionalLong amountMinor) {
    return settlements.capture(paymentId, bookingId, amountMinor);
  }

  @Override
  public CompletionStage<SettleOutcome> voidAuthorization(String paymentId, String bookingId) {
    return settlements.voidAuthorization(paymentId, bookingId);
  }

  @Override
  public CompletionStage<SettleOutcome> refund(
      String paymentId, String bookingId, long amountMinor, int sequence) {
    return settlements.refund(paymentId, bookingId, amountMinor, sequence);
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

  /** Gives up what is under way: those outcomes are unanswered. */
  @Override
  public void close() {
    http.close();
  }
}
