package dev.usher.cli.term;

import com.google.type.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/** {@code google.type.Money} as people write it; no floating point anywhere. */
public final class Amounts {
  private static final int NANOS_DIGITS = 9;

  private Amounts() {}

  /** For example {@code 45.00 EUR}; {@code -} when there is no amount. */
  public static String text(Money money) {
    if (money.getCurrencyCode().isEmpty()) {
      return "-";
    }
    return decimal(money).toPlainString() + " " + money.getCurrencyCode();
  }

  private static BigDecimal decimal(Money money) {
    var value =
        BigDecimal.valueOf(money.getUnits())
            .add(BigDecimal.valueOf(money.getNanos(), NANOS_DIGITS));
    return value.setScale(digits(money.getCurrencyCode()), RoundingMode.HALF_EVEN);
  }

  /** The amount in the currency's smallest unit, for example cents. */
  public static long minor(Money money) {
    return decimal(money).movePointRight(digits(money.getCurrencyCode())).longValueExact();
  }

  private static int digits(String currency) {
    try {
      return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    } catch (IllegalArgumentException unknown) {
      return 2;
    }
  }

  /**
   * Reads an amount such as {@code 45} or {@code 45.50}.
   *
   * @throws IllegalArgumentException when it is no amount, is negative, has more decimals than the
   *     currency, or the currency is unknown (ISO 4217)
   */
  public static Money parse(String amount, String currencyCode) {
    Currency currency;
    try {
      currency = Currency.getInstance(currencyCode);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + currencyCode + "' is no ISO 4217 currency, as EUR is", e);
    }
    try {
      var value =
          new BigDecimal(amount)
              .setScale(Math.max(0, currency.getDefaultFractionDigits()), RoundingMode.UNNECESSARY);
      if (value.signum() < 0) {
        throw new IllegalArgumentException("a price can't be negative: " + amount);
      }
      var parts = value.divideAndRemainder(BigDecimal.ONE);
      return Money.newBuilder()
          .setCurrencyCode(currencyCode)
          .setUnits(parts[0].longValueExact())
          .setNanos(parts[1].movePointRight(NANOS_DIGITS).intValueExact())
          .build();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + amount + "' is no amount, as 45.50 is", e);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "'" + amount + "' has too many digits for " + currencyCode, e);
    }
  }
}
