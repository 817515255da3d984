package dev.usher.payment.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.payment.PaymentProvider.Card;
import dev.usher.payment.PaymentProvider.DeleteOutcome;
import dev.usher.payment.PaymentProvider.Deleted;
import dev.usher.payment.PaymentProvider.Impossible;
import dev.usher.payment.PaymentProvider.MethodCreated;
import dev.usher.payment.PaymentProvider.MethodOutcome;
import dev.usher.payment.PaymentProvider.Unanswered;
import dev.usher.payment.stripe.StripeHttp.Reply.Answered;
import dev.usher.payment.stripe.StripeHttp.Reply.Silent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Cards, as Stripe's PaymentMethods. One that belongs to no Customer may be paid with only once
 * (docs.stripe.com/api/payment_methods), so each gets a Customer of its own: a second step, whose
 * key follows from the first one's. Of a step that was lost in between there remains a
 * PaymentMethod that nobody knows.
 */
final class StripeMethods {
  private static final String METHODS = "/v1/payment_methods";
  private static final String CUSTOMERS = "/v1/customers";

  private final StripeHttp http;

  StripeMethods(StripeHttp http) {
    this.http = http;
  }

  CompletionStage<MethodOutcome> create(Card card, String userId, String idempotencyKey) {
    return post(
        METHODS, params(card), idempotencyKey, method -> keep(method, userId, idempotencyKey));
  }

  private CompletionStage<MethodOutcome> keep(JsonNode method, String userId, String key) {
    var params = new LinkedHashMap<String, String>();
    params.put("payment_method", method.path("id").asText());
    params.put("metadata[user]", userId);
    return post(
        CUSTOMERS,
        params,
        key + "/customer",
        customer -> CompletableFuture.completedStage(created(method, customer)));
  }

  private CompletionStage<MethodOutcome> post(
      String path,
      Map<String, String> params,
      String key,
      Function<JsonNode, CompletionStage<MethodOutcome>> then) {
    return http.post(path, params, key)
        .thenCompose(
            reply ->
                switch (reply) {
                  case Answered answer when answer.ok() -> then.apply(answer.body());
                  case Answered answer -> CompletableFuture.completedStage(refused(answer));
                  case Silent silent ->
                      CompletableFuture.completedStage(new Unanswered(silent.message()));
                });
  }

  private static MethodOutcome refused(Answered answer) {
    if (StripeErrors.isDecline(answer)) {
      return StripeErrors.declined(answer);
    }
    if (StripeErrors.isKeyReused(answer)) {
      return new Impossible(
          "request_id_reused", "the request id came with another card before; take a new one");
    }
    return StripeErrors.isImpossible(answer)
        ? StripeErrors.impossible(answer)
        : StripeErrors.unanswered(answer);
  }

  private static MethodOutcome created(JsonNode method, JsonNode customer) {
    var card = method.path("card");
    var id = new StripeMethodId(method.path("id").asText(), customer.path("id").asText());
    return new MethodCreated(
        id.toString(), card.path("brand").asText(), card.path("last4").asText());
  }

  private static Map<String, String> params(Card card) {
    var params = new LinkedHashMap<String, String>();
    params.put("type", "card");
    params.put("card[number]", card.number());
    params.put("card[exp_month]", Integer.toString(card.expMonth()));
    params.put("card[exp_year]", Integer.toString(card.expYear()));
    params.put("card[cvc]", card.cvc());
    return params;
  }

  /** One that is not attached, any more or ever, is refused: it is what was wanted. */
  CompletionStage<DeleteOutcome> delete(String paymentMethodId) {
    var method = StripeMethodId.parse(paymentMethodId).method();
    var path = METHODS + "/" + StripeHttp.encode(method) + "/detach";
    return http.post(path, Map.of())
        .thenApply(
            reply ->
                switch (reply) {
                  case Answered answer when answer.ok() || StripeErrors.isImpossible(answer) ->
                      new Deleted();
                  case Answered answer -> StripeErrors.unanswered(answer);
                  case Silent silent -> new Unanswered(silent.message());
                });
  }
}
