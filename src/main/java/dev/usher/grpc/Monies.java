package dev.usher.grpc;

import com.google.type.Money;
import java.util.Currency;
import java.util.Optional;

/** Money: {@code google.type.Money} on the wire, minor units of an ISO 4217 currency inside. */
final class Monies {
  private static final int NANO_DIGITS = 9;

  private Monies() {}

  /** An amount that can be paid: never negative. */
  record Amount(long minor, String currency) {}

  static Money of(long minor, String currency) {
    long scale = pow10(digits(currency).orElse(0));
    return Money.newBuilder()
        .setCurrencyCode(currency)
        .setUnits(minor / scale)
        .setNanos((int) (minor % scale * (pow10(NANO_DIGITS) / scale)))
        .build();
  }

  /** The amount, or empty with a violation noted. */
  static Optional<Amount> parse(Money money, String field, Violations violations) {
    var digits = digits(money.getCurrencyCode());
    if (digits.isEmpty()) {
      violations.add(
          field + ".currency_code",
          "must be an ISO 4217 code such as EUR, but is '"
              + clipped(money.getCurrencyCode())
              + "'");
      return Optional.empty();
    }
    if (money.getUnits() < 0 || money.getNanos() < 0) {
      violations.add(field, "must not be negative");
      return Optional.empty();
    }
    long nanosPerMinor = pow10(NANO_DIGITS - digits.get());
    if (money.getNanos() >= pow10(NANO_DIGITS) || money.getNanos() % nanosPerMinor != 0) {
      violations.add(
          field + ".nanos",
          money.getCurrencyCode()
              + " has "
              + digits.get()
              + " decimals: nanos must be a multiple of "
              + nanosPerMinor
              + " below 1000000000");
      return Optional.empty();
    }
    try {
      long minor = Math.multiplyExact(money.getUnits(), pow10(digits.get()));
      return Optional.of(
          new Amount(
              Math.addExact(minor, money.getNanos() / nanosPerMinor), money.getCurrencyCode()));
    } catch (ArithmeticException e) {
      violations.add(field + ".units", "is too large");
      return Optional.empty();
    }
  }

  /** Decimals of a currency that money can be paid in. */
  private static Optional<Integer> digits(String code) {
    try {
      int digits = Currency.getInstance(code).getDefaultFractionDigits();
      return digits < 0 ? Optional.empty() : Optional.of(digits);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static long pow10(int exponent) {
    long result = 1;
    for (int i = 0; i < exponent; i++) {
      result *= 10;
    }
    return result;
  }

  private static String clipped(String text) {
    return text.length() <= 10 ? text : text.substring(0, 10) + "…";
  }
}
