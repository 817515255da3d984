package dev.usher.cli;

import dev.usher.api.payment.v1.Card;
import dev.usher.api.payment.v1.PaymentMethod;

/** The sandbox's test cards (the table of docs/booking.md §3), by what they do. */
public enum TestCard {
  OK("4242424242424242"),
  DECLINED("4000000000000002"),
  INSUFFICIENT_FUNDS("4000000000009995"),
  LOST("4000000000009987"),
  STOLEN("4000000000009979"),
  EXPIRED("4000000000000069"),
  WRONG_CVC("4000000000000127"),
  PROCESSING_ERROR("4000000000000119"),
  THREE_D_SECURE("4000002500003155"),
  THREE_D_SECURE_DECLINED("4000008400001629");

  private static final int EXPIRY_YEAR = 2040;

  private final String number;

  TestCard(String number) {
    this.number = number;
  }

  /** The card, ready for CreatePaymentMethod. */
  public Card card() {
    return Card.newBuilder()
        .setNumber(number)
        .setExpMonth(12)
        .setExpYear(EXPIRY_YEAR)
        .setCvc("123")
        .build();
  }

  /** Whether the payment method may be this card: of a card not more is kept. */
  boolean matches(PaymentMethod method) {
    var card = card();
    return number.endsWith(method.getLast4())
        && card.getExpMonth() == method.getExpMonth()
        && card.getExpYear() == method.getExpYear();
  }

  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
