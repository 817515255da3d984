package dev.usher.payment.sandbox;

import dev.usher.payment.sandbox.Cashier.Decision;
import dev.usher.payment.sandbox.LedgerObject.Intent;
import dev.usher.payment.sandbox.LedgerObject.Method;
import dev.usher.payment.sandbox.LedgerObject.Status;
import dev.usher.payment.sandbox.Params.Refused;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of PaymentIntents, with the states and refusals that Stripe has.
 *
 * <pre>
 * requires_payment_method ⇄ requires_confirmation → requires_action → requires_capture → succeeded
 *          ↑──────── a card's no, or a failed authentication ┘                └─→ canceled
 * </pre>
 */
final class IntentClerk {
  private final Function<String, String> mintId;

  /**
   * @param mintId a fresh unguessable id that begins with the given prefix
   */
  IntentClerk(Function<String, String> mintId) {
    this.mintId = mintId;
  }

  /** {@code POST /v1/payment_intents}, with {@code confirm=true} attempted at once. */
  Decision create(Books books, Params params, long nowMs) {
    Cashier.requireRoom(books);
    long amount = params.number("amount", 1, Cashier.MAX_AMOUNT_MINOR);
    var currency = params.require("currency").toLowerCase(Locale.ROOT);
    if (!currency.matches("[a-z]{3}")) {
      throw new Refused(ApiError.parameter("currency", "Must be an ISO 4217 code."));
    }
    boolean automatic =
        switch (params.find("capture_method").orElse("automatic")) {
          case "manual" -> false;
          case "automatic", "automatic_async" -> true;
          default ->
              throw new Refused(
                  ApiError.parameter(
                      "capture_method", "Must be automatic, automatic_async or manual."));
        };
    var methodId = params.find("payment_method").orElse(null);
    var customerId = params.find("customer").orElse(null);
    if (customerId != null && books.customer(customerId).isEmpty()) {
      throw new Refused(ApiError.missing(400, "customer", customerId, "customer"));
    }
    if (methodId != null) {
      payable(books, methodId, customerId);
    }
    var intent =
        new Intent(
            mintId.apply("pi_"),
            nowMs,
            methodId == null ? Status.REQUIRES_PAYMENT_METHOD : Status.REQUIRES_CONFIRMATION,
            amount,
            currency,
            methodId,
            customerId,
            params.metadata(),
            0,
            0,
            null,
            automatic,
            params.find("return_url").orElse(null));
    return params.isTrue("confirm") ? attempt(books, intent, params) : Decision.done(intent);
  }

  /** {@code POST /v1/payment_intents/{id}/confirm}, perhaps with another card. */
  Decision confirm(Books books, String id, Params params) {
    var intent = require(books, id);
    return switch (intent.status()) {
      case REQUIRES_PAYMENT_METHOD, REQUIRES_CONFIRMATION, REQUIRES_ACTION ->
          attempt(books, intent, params);
      case REQUIRES_CAPTURE, SUCCEEDED, CANCELED -> Decision.no(unexpected(intent, "confirmed"));
    };
  }

  private static Decision attempt(Books books, Intent intent, Params params) {
    // Stripe takes the card off an intent that it declined.
    var kept = intent.lastError() == null ? intent.methodId() : null;
    var methodId = params.find("payment_method").orElse(kept);
    if (methodId == null) {
      throw new Refused(
          ApiError.state(
              "payment_intent_unexpected_state",
              "You cannot confirm this PaymentIntent because it's missing a payment method."));
    }
    boolean again = intent.status() == Status.REQUIRES_ACTION && methodId.equals(intent.methodId());
    var method =
        again
            ? Cashier.method(books, 400, methodId)
            : payable(books, methodId, intent.customerId());
    var tried = intent.with(methodId, params.find("return_url").orElse(intent.returnUrl()));
    var decision = attempt(tried, method.outcome(), params.isTrue("error_on_requires_action"));
    return method.customerId() == null ? spending(method, decision) : decision;
  }

  private static Decision attempt(Intent intent, CardOutcome outcome, boolean errorOnAction) {
    if (!outcome.authenticates()) {
      return outcome
          .refusal()
          .map(no -> refused(intent, no))
          .orElse(Decision.done(intent.authorized()));
    }
    return errorOnAction
        ? refused(intent, ApiError.authenticationRequired())
        : Decision.done(intent.awaitsAction());
  }

  /** Nobody's card pays once. */
  private static Decision spending(Method method, Decision decision) {
    return new Decision(List.of(decision.puts().getFirst(), method.detached()), decision.error());
  }

  private static Decision refused(Intent intent, ApiError error) {
    return new Decision(List.of(intent.failed(error)), error);
  }

  /** The buyer's own doing on the page of the card's issuer. */
  Decision authenticate(Books books, String id, boolean approved) {
    var intent = require(books, id);
    var methodId = intent.methodId();
    if (intent.status() != Status.REQUIRES_ACTION || methodId == null) {
      return Decision.no(unexpected(intent, "authenticated"));
    }
    if (!approved) {
      return Decision.done(intent.failed(ApiError.authenticationFailed()));
    }
    return Cashier.method(books, 400, methodId)
        .outcome()
        .refusal()
        .map(no -> Decision.done(intent.failed(no)))
        .orElseGet(() -> Decision.done(intent.authorized()));
  }

  /** {@code POST /v1/payment_intents/{id}/capture}; what is not captured is given up. */
  Decision capture(Books books, String id, Params params) {
    var intent = require(books, id);
    if (intent.status() != Status.REQUIRES_CAPTURE) {
      return Decision.no(unexpected(intent, "captured"));
    }
    long amount =
        params.find("amount_to_capture").isPresent()
            ? params.number("amount_to_capture", 1, Cashier.MAX_AMOUNT_MINOR)
            : intent.amountMinor();
    return amount <= intent.amountMinor()
        ? Decision.done(intent.captured(amount))
        : Decision.no(
            ApiError.state(
                "amount_too_large",
                "The amount to capture is greater than the amount authorized."));
  }

  /** {@code POST /v1/payment_intents/{id}/cancel}. */
  Decision cancel(Books books, String id) {
    var intent = require(books, id);
    return switch (intent.status()) {
      case REQUIRES_CAPTURE, REQUIRES_PAYMENT_METHOD, REQUIRES_CONFIRMATION, REQUIRES_ACTION ->
          Decision.done(intent.canceled());
      case SUCCEEDED, CANCELED -> Decision.no(unexpected(intent, "canceled"));
    };
  }

  /** The card, if a payment of this customer may be begun with it. */
  private static Method payable(Books books, String id, @Nullable String customerId) {
    var method = Cashier.method(books, 400, id);
    if (method.spent()) {
      throw new Refused(ApiError.methodSpent());
    }
    if (method.customerId() != null && !method.customerId().equals(customerId)) {
      throw new Refused(
          ApiError.parameter(
              "customer",
              "The PaymentMethod "
                  + id
                  + " belongs to a Customer. Include the Customer in the `customer` parameter."));
    }
    return method;
  }

  private static Intent require(Books books, String id) {
    return books
        .intent(id)
        .orElseThrow(() -> new Refused(ApiError.missing(404, "payment_intent", id, "intent")));
  }

  static ApiError unexpected(Intent intent, String verb) {
    return ApiError.state(
        "payment_intent_unexpected_state",
        "This PaymentIntent could not be "
            + verb
            + " because it has a status of "
            + intent.status().wire()
            + ".");
  }
}
