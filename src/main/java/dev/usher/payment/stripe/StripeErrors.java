package dev.usher.payment.stripe;

import dev.usher.payment.PaymentProvider.Declined;
import dev.usher.payment.PaymentProvider.Impossible;
import dev.usher.payment.PaymentProvider.Unanswered;
import dev.usher.payment.stripe.StripeHttp.Reply.Answered;

/**
 * What Stripe's errors mean (docs.stripe.com/api/errors): a card's no, a definite failure, or
 * neither, which is not known.
 */
final class StripeErrors {
  private StripeErrors() {}

  /** The card's issuer said no; nothing was moved. */
  static boolean isDecline(Answered answer) {
    return answer.status() == 402;
  }

  /** The request is wrong, or the state of the thing: nothing was done, and never will be. */
  static boolean isImpossible(Answered answer) {
    return switch (answer.status()) {
      case 400, 404 -> !isKeyReused(answer);
      default -> false;
    };
  }

  /** Something was done under this key, but something else. */
  static boolean isKeyReused(Answered answer) {
    return answer.error().path("type").asText().equals("idempotency_error");
  }

  static Declined declined(Answered answer) {
    var code = answer.error().path("code").asText();
    return new Declined(
        answer.error().path("decline_code").asText(code),
        answer.error().path("message").asText(code));
  }

  static Impossible impossible(Answered answer) {
    var code = answer.error().path("code").asText(answer.error().path("type").asText());
    return new Impossible(code, answer.error().path("message").asText(code));
  }

  static Impossible noSuchPayment() {
    return new Impossible("resource_missing", "there is no such payment");
  }

  static Unanswered unanswered(Answered answer) {
    return new Unanswered(
        "the payment provider refused with HTTP "
            + answer.status()
            + " "
            + answer.error().path("code").asText(answer.error().path("type").asText()));
  }
}
