package dev.usher.payment.sandbox;

import java.util.Map;
import java.util.Optional;

/** Stripe's published test cards (docs.stripe.com/testing). */
final class TestCards {
  private static final Map<String, CardOutcome> OUTCOMES =
      Map.ofEntries(
          Map.entry("4242424242424242", CardOutcome.APPROVED),
          Map.entry("4000056655665556", CardOutcome.APPROVED),
          Map.entry("5555555555554444", CardOutcome.APPROVED),
          Map.entry("2223003122003222", CardOutcome.APPROVED),
          Map.entry("5200828282828210", CardOutcome.APPROVED),
          Map.entry("5105105105105100", CardOutcome.APPROVED),
          Map.entry("378282246310005", CardOutcome.APPROVED),
          Map.entry("371449635398431", CardOutcome.APPROVED),
          Map.entry("6011111111111117", CardOutcome.APPROVED),
          Map.entry("3056930009020004", CardOutcome.APPROVED),
          Map.entry("3566002020360505", CardOutcome.APPROVED),
          Map.entry("6200000000000005", CardOutcome.APPROVED),
          Map.entry("4000000000000002", CardOutcome.GENERIC_DECLINE),
          Map.entry("4000000000009995", CardOutcome.INSUFFICIENT_FUNDS),
          Map.entry("4000000000009987", CardOutcome.LOST_CARD),
          Map.entry("4000000000009979", CardOutcome.STOLEN_CARD),
          Map.entry("4000000000000069", CardOutcome.EXPIRED_CARD),
          Map.entry("4000000000000127", CardOutcome.INCORRECT_CVC),
          Map.entry("4000000000000119", CardOutcome.PROCESSING_ERROR),
          Map.entry("4000002500003155", CardOutcome.AUTHENTICATE),
          Map.entry("4000008400001629", CardOutcome.AUTHENTICATE_IN_VAIN));

  private TestCards() {}

  /** Nothing for a number that is no test card: somebody's own, which must not be used here. */
  static Optional<CardOutcome> outcome(String number) {
    return Optional.ofNullable(OUTCOMES.get(number));
  }

  /** The check digit of ISO/IEC 7812-1. */
  static boolean luhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int doubled = i % 2 == 0 ? digit : 2 * digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return sum % 10 == 0;
  }

  static String brand(String digits) {
    return switch (digits.charAt(0)) {
      case '4' -> "visa";
      case '2', '5' -> "mastercard";
      case '3' ->
          switch (digits.charAt(1)) {
            case '4', '7' -> "amex";
            case '5' -> "jcb";
            default -> "diners";
          };
      case '6' -> digits.startsWith("62") ? "unionpay" : "discover";
      default -> "unknown";
    };
  }
}
