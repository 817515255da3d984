package dev.usher.payment.sandbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An error as Stripe shapes it (docs.stripe.com/api/errors).
 *
 * @param status of HTTP
 * @param declineCode only of a card error
 * @param param the parameter it is about
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ApiError(
    int status,
    String type,
    String code,
    @Nullable String declineCode,
    String message,
    @Nullable String param) {

  static ApiError card(
      String code, @Nullable String declineCode, String message, @Nullable String param) {
    return new ApiError(402, "card_error", code, declineCode, message, param);
  }

  static ApiError parameter(String param, String message) {
    return new ApiError(400, "invalid_request_error", "parameter_invalid", null, message, param);
  }

  static ApiError state(String code, String message) {
    return new ApiError(400, "invalid_request_error", code, null, message, null);
  }

  /** What is wanted does not go with what a card was used for before. */
  static ApiError methodState(String message) {
    return state("payment_method_unexpected_state", message);
  }

  /** A card without a customer pays once. */
  static ApiError methodSpent() {
    return methodState(
        "The PaymentMethod was used before without belonging to a Customer, or was detached from"
            + " one. It may not be used again. To use one several times, attach it to a Customer"
            + " first.");
  }

  /** No such thing; 404 when the path named it, 400 when a parameter did. */
  static ApiError missing(int status, String kind, String id, String param) {
    return new ApiError(
        status,
        "invalid_request_error",
        "resource_missing",
        null,
        "No such " + kind + ": '" + id + "'",
        param);
  }

  /** The card needs 3-D Secure, and nobody is there who could. */
  static ApiError authenticationRequired() {
    return card(
        "authentication_required",
        "authentication_required",
        "Your card was declined. This transaction requires authentication.",
        null);
  }

  /** The buyer failed 3-D Secure. */
  static ApiError authenticationFailed() {
    return state(
        "payment_intent_authentication_failure",
        "The provided PaymentMethod has failed authentication. You can provide a new PaymentMethod"
            + " to attempt to fulfill this PaymentIntent again.");
  }

  /** What the faults {@code error-500-once}, {@code error-500-kept} and {@code down} answer. */
  static ApiError fault(int status, String name) {
    return new ApiError(
        status, "api_error", "sandbox_fault", null, "The fault " + name + " is switched on.", null);
  }

  static ApiError unauthorized() {
    return new ApiError(
        401,
        "invalid_request_error",
        "api_key_invalid",
        null,
        "The Authorization header must be `Bearer` and the sandbox's secret key.",
        null);
  }

  static ApiError unknownUrl(String method, String path) {
    return new ApiError(
        404,
        "invalid_request_error",
        "url_unknown",
        null,
        "Unrecognized request URL (" + method + ": " + path + ").",
        null);
  }

  static ApiError keyReused() {
    return new ApiError(
        400,
        "idempotency_error",
        "idempotency_key_reused",
        null,
        "Keys for idempotent requests can only be used with the same parameters they were first"
            + " used with.",
        null);
  }

  static ApiError keyInUse() {
    return new ApiError(
        409,
        "idempotency_error",
        "idempotency_key_in_use",
        null,
        "Another request with the same Idempotency-Key is being worked on. Try again shortly.",
        null);
  }

  static ApiError busy() {
    return new ApiError(
        429, "api_error", "rate_limit", null, "Too many requests wait. Try again shortly.", null);
  }

  static ApiError broken() {
    return new ApiError(
        500, "api_error", "ledger_failed", null, "The ledger cannot be written.", null);
  }
}
