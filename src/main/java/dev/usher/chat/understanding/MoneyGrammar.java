package dev.usher.chat.understanding;

import dev.usher.chat.language.Lexicon;
import dev.usher.chat.language.SlotId;
import java.util.ArrayList;
import java.util.List;

/** Amounts: "$50", "50 €", "thirty pounds". The value is the figure, in main units. */
final class MoneyGrammar {
  private static final int DIGITS_MAX = 6;

  private final Lexicon lexicon;

  MoneyGrammar(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  List<Entity> amounts(Words words) {
    var found = new ArrayList<Entity>();
    for (int at = 0; at < words.size(); at++) {
      boolean sign = currency(words, at);
      int figure = sign ? at + 1 : at;
      var amount = words.number(figure, DIGITS_MAX);
      var number = amount.isPresent() ? amount : words.number(figure, 1, lexicon.numbers());
      boolean unit = currency(words, figure + 1) || words.in(figure + 1, lexicon.moneyWords());
      if (number.isPresent() && (sign || unit)) {
        int length = figure - at + 1 + (unit && !sign ? 1 : 0);
        String value = Integer.toString(number.getAsInt());
        found.add(words.entity(SlotId.MONEY, value, at, length));
        at += length - 1;
      }
    }
    return found;
  }

  private static boolean currency(Words words, int at) {
    String text = words.at(at);
    return text.length() == 1 && Character.getType(text.charAt(0)) == Character.CURRENCY_SYMBOL;
  }
}
