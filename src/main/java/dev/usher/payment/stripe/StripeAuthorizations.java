package dev.usher.payment.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.payment.PaymentProvider.Authorization;
import dev.usher.payment.PaymentProvider.AuthorizeOutcome;
import dev.usher.payment.PaymentProvider.Authorized;
import dev.usher.payment.PaymentProvider.Declined;
import dev.usher.payment.PaymentProvider.Found;
import dev.usher.payment.PaymentProvider.Impossible;
import dev.usher.payment.PaymentProvider.Lookup;
import dev.usher.payment.PaymentProvider.NotAnswered;
import dev.usher.payment.PaymentProvider.Payment;
import dev.usher.payment.PaymentProvider.RequiresAction;
import dev.usher.payment.PaymentProvider.Unanswered;
import dev.usher.payment.stripe.StripeHttp.Reply;
import dev.usher.payment.stripe.StripeHttp.Reply.Answered;
import dev.usher.payment.stripe.StripeHttp.Reply.Silent;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Reserves money: one PaymentIntent per booking and attempt, captured later. */
final class StripeAuthorizations {
  /**
   * Stripe forgets a key after 24 hours; an hour is for clocks that differ. An attempt that old
   * would be a second authorization, so it is looked for instead (docs/booking.md §2, row 20).
   */
  static final Duration ATTEMPT_LIFE = Duration.ofHours(23);

  private final StripeHttp http;
  private final StripeQueries queries;
  private final URI returnUrl;
  private final InstantSource clock;

  StripeAuthorizations(StripeHttp http, StripeQueries queries, URI returnUrl, InstantSource clock) {
    this.http = http;
    this.queries = queries;
    this.returnUrl = returnUrl;
    this.clock = clock;
  }

  CompletionStage<AuthorizeOutcome> authorize(Authorization wanted) {
    return clock.millis() - wanted.firstAskedMs() >= ATTEMPT_LIFE.toMillis()
        ? lookFor(wanted)
        : post(wanted);
  }

  private CompletionStage<AuthorizeOutcome> post(Authorization wanted) {
    var key = wanted.bookingId() + "/authorize/" + wanted.attempt();
    return http.post(StripeQueries.INTENTS, params(wanted), key)
        .thenCompose(
            reply ->
                reply instanceof Silent(var why, var replayed) && replayed
                    ? lookAtItsCard(wanted, why)
                    : CompletableFuture.completedFuture(outcome(reply)));
  }

  private static AuthorizeOutcome outcome(Reply reply) {
    return switch (reply) {
      case Silent silent -> new Unanswered(silent.message());
      case Answered answer when answer.ok() -> outcome(answer.body());
      case Answered answer when StripeErrors.isDecline(answer) -> StripeErrors.declined(answer);
      case Answered answer when StripeErrors.isImpossible(answer) ->
          StripeErrors.impossible(answer);
      case Answered answer -> StripeErrors.unanswered(answer);
    };
  }

  /**
   * An attempt that is over and whose answer is an error, for 24 hours: a card's own payments tell
   * at once whether it was made. Of a card that belongs to nobody only a search would, which lags.
   */
  private CompletionStage<AuthorizeOutcome> lookAtItsCard(Authorization wanted, String why) {
    var customer = StripeMethodId.parse(wanted.paymentMethodId()).customer();
    return customer.isEmpty()
        ? CompletableFuture.completedFuture(new Unanswered(why))
        : queries
            .attemptOf(customer, wanted.bookingId(), wanted.attempt())
            .thenApply(
                lookup ->
                    made(
                        lookup,
                        "attempt_failed",
                        "The payment service failed and reserved nothing; pay anew with a new"
                            + " request_id."));
  }

  private Map<String, String> params(Authorization wanted) {
    var params = new LinkedHashMap<String, String>();
    params.put("amount", Long.toString(wanted.amountMinor()));
    params.put("currency", wanted.currency().toLowerCase(Locale.ROOT));
    var method = StripeMethodId.parse(wanted.paymentMethodId());
    params.put("payment_method", method.method());
    if (!method.customer().isEmpty()) {
      params.put("customer", method.customer());
    }
    params.put("payment_method_types[]", "card");
    params.put("capture_method", "manual");
    params.put("confirm", "true");
    if (wanted.interactive()) {
      params.put("return_url", returnUrl.toString());
    } else {
      params.put("error_on_requires_action", "true");
    }
    params.put("metadata[user]", wanted.userId());
    if (!wanted.booking().isEmpty()) {
      params.put("metadata[booking]", wanted.booking());
    }
    params.put("metadata[booking_id]", wanted.bookingId());
    params.put("metadata[attempt]", Integer.toString(wanted.attempt()));
    return params;
  }

  private static AuthorizeOutcome outcome(JsonNode intent) {
    var id = intent.path("id").asText();
    var status = intent.path("status").asText();
    return switch (status) {
      case "requires_capture" -> new Authorized(id);
      case "requires_action" ->
          StripePayments.nextActionUri(intent)
              .<AuthorizeOutcome>map(uri -> new RequiresAction(id, uri))
              .orElseGet(() -> new Unanswered("the payment awaits an action without a page"));
      default -> new Unanswered("the payment is in state " + status);
    };
  }

  private CompletionStage<AuthorizeOutcome> lookFor(Authorization wanted) {
    return queries
        .findAttempt(wanted.bookingId(), wanted.attempt())
        .thenApply(
            lookup ->
                made(
                    lookup,
                    "attempt_too_old",
                    "The payment was never made and is too old to make now; pay anew with a new"
                        + " request_id."));
  }

  /** The code and the message are for an attempt that came to nothing. */
  private static AuthorizeOutcome made(
      Lookup<Optional<Payment>> lookup, String code, String message) {
    return switch (lookup) {
      case NotAnswered<Optional<Payment>>(var why) -> new Unanswered(why);
      case Found<Optional<Payment>>(var payment) ->
          payment.map(StripeAuthorizations::outcome).orElseGet(() -> new Impossible(code, message));
    };
  }

  /** What an attempt came to. One that was given up since reserves nothing. */
  private static AuthorizeOutcome outcome(Payment payment) {
    return switch (payment.state()) {
      case AUTHORIZED, CAPTURED, REFUNDED -> new Authorized(payment.paymentId());
      case REQUIRES_ACTION ->
          payment
              .nextActionUri()
              .<AuthorizeOutcome>map(uri -> new RequiresAction(payment.paymentId(), uri))
              .orElseGet(() -> new Unanswered("the payment awaits an action without a page"));
      case DECLINED ->
          new Declined(payment.declineCode().orElse("generic_decline"), "the payment was declined");
      case VOIDED -> new Declined("payment_voided", "the payment was given up");
    };
  }
}
