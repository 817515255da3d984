package dev.usher.grpc;

import dev.usher.api.payment.v1.Card;
import dev.usher.payment.PaymentProvider;
import java.util.regex.Pattern;

/** Cards as typed. Whether a number is a good one is the provider's to say; nothing is echoed. */
final class Cards {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{12,19}");
  private static final Pattern CVC = Pattern.compile("[0-9]{3,4}");

  private Cards() {}

  static PaymentProvider.Card parse(Card card, Violations violations) {
    var number = card.getNumber().replace(" ", "");
    if (!NUMBER.matcher(number).matches()) {
      violations.add("card.number", "must be 12 to 19 digits; spaces are ignored");
    }
    if (card.getExpMonth() < 1 || card.getExpMonth() > 12) {
      violations.add("card.exp_month", "must be 1 to 12");
    }
    if (card.getExpYear() < 2000 || card.getExpYear() > 2100) {
      violations.add("card.exp_year", "must be four digits, for example 2030");
    }
    if (!CVC.matcher(card.getCvc()).matches()) {
      violations.add("card.cvc", "must be 3 or 4 digits");
    }
    return new PaymentProvider.Card(number, card.getExpMonth(), card.getExpYear(), card.getCvc());
  }
}
