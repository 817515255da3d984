package dev.usher.payment.sandbox;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a request wants, in the words in which a fault is aimed at it. */
enum Operation {
  PAYMENT_METHOD,
  AUTHORIZE,
  CONFIRM,
  CAPTURE,
  CANCEL,
  REFUND,
  QUERY;

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Operation> named(String label) {
    return Arrays.stream(values()).filter(each -> each.label().equals(label)).findFirst();
  }

  /** Empty for what is not Stripe's: health, faults, pages. */
  static Optional<Operation> of(String method, String path) {
    if (!path.startsWith("/v1/")) {
      return Optional.empty();
    }
    if (!method.equals("POST")) {
      return Optional.of(QUERY);
    }
    return switch (path.substring(path.lastIndexOf('/') + 1)) {
      case "payment_methods", "customers", "detach" -> Optional.of(PAYMENT_METHOD);
      case "payment_intents" -> Optional.of(AUTHORIZE);
      case "confirm" -> Optional.of(CONFIRM);
      case "capture" -> Optional.of(CAPTURE);
      case "cancel" -> Optional.of(CANCEL);
      case "refunds" -> Optional.of(REFUND);
      default -> Optional.empty();
    };
  }
}
