package dev.usher.payment.sandbox;

import dev.usher.payment.sandbox.LedgerObject.Customer;
import dev.usher.payment.sandbox.LedgerObject.Method;
import dev.usher.payment.sandbox.LedgerObject.Refund;
import dev.usher.payment.sandbox.LedgerObject.Status;
import dev.usher.payment.sandbox.Params.Refused;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides what cards and refunds do to the books, with Stripe's answers; {@link IntentClerk} does
 * the payments. Neither has a clock or randomness of its own, and both change nothing: see {@link
 * Books#apply}.
 */
final class Cashier {
  /** Payments, cards, customers and refunds in one ledger; some 700 MB of memory. */
  static final int MAX_OBJECTS = 1_000_000;

  static final long MAX_AMOUNT_MINOR = 99_999_999;

  private final Function<String, String> mintId;

  /**
   * @param mintId a fresh unguessable id that begins with the given prefix
   */
  Cashier(Function<String, String> mintId) {
    this.mintId = mintId;
  }

  /** What is to be recorded and answered: new states, or a refusal, or both (a declined card). */
  record Decision(List<LedgerObject> puts, @Nullable ApiError error) {
    static Decision done(LedgerObject... puts) {
      return new Decision(List.of(puts), null);
    }

    static Decision no(ApiError error) {
      return new Decision(List.of(), error);
    }
  }

  /** {@code POST /v1/payment_methods}. The number ends here. */
  Decision createMethod(Books books, Params params, long nowMs) {
    requireRoom(books);
    requireEqual(params, "type", "card");
    var number = params.require("card[number]").replace(" ", "").replace("-", "");
    if (!number.matches("[0-9]{12,19}") || !TestCards.luhn(number)) {
      return Decision.no(
          ApiError.card(
              "incorrect_number", null, "Your card number is incorrect.", "card[number]"));
    }
    int month = (int) params.number("card[exp_month]", 1, 12);
    int year = (int) params.number("card[exp_year]", 1970, 9999);
    var today = YearMonth.from(Instant.ofEpochMilli(nowMs).atOffset(ZoneOffset.UTC));
    if (YearMonth.of(year, month).isBefore(today)) {
      return Decision.no(
          ApiError.card("invalid_expiry_year", null, "Your card has expired.", "card[exp_year]"));
    }
    if (!params.find("card[cvc]").orElse("000").matches("[0-9]{3,4}")) {
      return Decision.no(
          ApiError.card("invalid_cvc", null, "Your card's security code is invalid.", "card[cvc]"));
    }
    return TestCards.outcome(number)
        .map(
            outcome ->
                Decision.done(
                    new Method(
                        mintId.apply("pm_"),
                        nowMs,
                        TestCards.brand(number),
                        number.substring(number.length() - 4),
                        outcome,
                        null,
                        false)))
        .orElseGet(
            () ->
                Decision.no(
                    ApiError.card(
                        "card_declined",
                        "test_mode_live_card",
                        "Your card was declined: here only Stripe's test cards are taken.",
                        "card[number]")));
  }

  /** {@code POST /v1/customers}, with a card that is the customer's from now on. */
  Decision createCustomer(Books books, Params params, long nowMs) {
    requireRoom(books);
    var customer = new Customer(mintId.apply("cus_"), nowMs, params.metadata());
    var methodId = params.find("payment_method").orElse(null);
    if (methodId == null) {
      return Decision.done(customer);
    }
    var method = method(books, 400, methodId);
    if (method.spent()) {
      return Decision.no(ApiError.methodSpent());
    }
    return method.customerId() == null
        ? Decision.done(customer, method.attached(customer.id()))
        : Decision.no(
            ApiError.methodState("The payment method has already been attached to a customer."));
  }

  /** {@code POST /v1/payment_methods/{id}/detach}: for ever. */
  Decision detach(Books books, String id) {
    var method = method(books, 404, id);
    return method.customerId() == null
        ? Decision.no(
            ApiError.methodState(
                "The payment method is not attached to a customer, so it cannot be detached."))
        : Decision.done(method.detached());
  }

  /**
   * @param status 404 when the path names it, 400 when a parameter does
   */
  static Method method(Books books, int status, String id) {
    return books
        .method(id)
        .orElseThrow(
            () -> new Refused(ApiError.missing(status, "PaymentMethod", id, "payment_method")));
  }

  /** {@code POST /v1/refunds}; the rest of the captured money when no amount is given. */
  Decision refund(Books books, Params params, long nowMs) {
    requireRoom(books);
    var id = refundedIntent(params);
    var metadata = params.metadata();
    var intent =
        books
            .intent(id)
            .orElseThrow(
                () -> new Refused(ApiError.missing(400, "payment_intent", id, "payment_intent")));
    long rest = intent.capturedMinor() - intent.refundedMinor();
    if (intent.status() != Status.SUCCEEDED) {
      return Decision.no(IntentClerk.unexpected(intent, "refunded"));
    }
    long amount =
        params.find("amount").isPresent() ? params.number("amount", 1, MAX_AMOUNT_MINOR) : rest;
    if (rest == 0) {
      return Decision.no(
          ApiError.state("charge_already_refunded", "The payment has already been refunded."));
    }
    if (amount > rest) {
      return Decision.no(
          ApiError.state("amount_too_large", "The refund is greater than the unrefunded amount."));
    }
    var refund = new Refund(mintId.apply("re_"), nowMs, id, amount, intent.currency(), metadata);
    return Decision.done(refund, intent.refunded(amount));
  }

  /** Named by itself or by its charge. */
  static String refundedIntent(Params params) {
    return params
        .find("charge")
        .filter(charge -> charge.startsWith("ch_"))
        .map(charge -> "pi_" + charge.substring("ch_".length()))
        .orElseGet(() -> params.require("payment_intent"));
  }

  private static void requireEqual(Params params, String name, String value) {
    if (!params.require(name).equals(value)) {
      throw new Refused(ApiError.parameter(name, "The sandbox takes only " + value + " here."));
    }
  }

  static void requireRoom(Books books) {
    if (books.size() >= MAX_OBJECTS) {
      throw new Refused(
          new ApiError(
              507,
              "api_error",
              "ledger_full",
              null,
              "The ledger holds " + MAX_OBJECTS + " objects: start with a new data directory.",
              null));
    }
  }
}
