package dev.usher.chat.understanding;

import dev.usher.chat.language.Lexicon;
import dev.usher.chat.language.SlotId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Amounts: "$50", "1.234,50 €", "thirty pounds". The value is in main units, with two figures for
 * cents when they are said. A mark before three figures groups them, one before fewer begins the
 * cents; so it does not matter whose marks they are.
 */
final class MoneyGrammar {
  private static final int DIGITS_MAX = 6;
  private static final int GROUP = 3;
  private static final int CENTS = 2;

  private final Lexicon lexicon;

  MoneyGrammar(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  private record Figure(String value, int end) {}

  List<Entity> amounts(Words words) {
    var found = new ArrayList<Entity>();
    for (int at = 0; at < words.size(); at++) {
      boolean sign = currency(words, at);
      var figure = figure(words, sign ? at + 1 : at);
      if (figure.isEmpty()) {
        continue;
      }
      int end = figure.get().end();
      boolean unit = currency(words, end) || words.in(end, lexicon.moneyWords());
      if (sign || unit) {
        int length = (unit && !sign ? end + 1 : end) - at;
        found.add(words.entity(SlotId.MONEY, figure.get().value(), at, length));
        at += length - 1;
      }
    }
    return found;
  }

  private Optional<Figure> figure(Words words, int at) {
    if (words.number(at, DIGITS_MAX).isEmpty()) {
      var named = words.number(at, 1, lexicon.numbers());
      return named.isPresent()
          ? Optional.of(new Figure(Integer.toString(named.getAsInt()), at + 1))
          : Optional.empty();
    }
    var value = new StringBuilder(words.at(at));
    int end = at + 1;
    while (point(words, end) && words.at(end + 1).length() == GROUP && isFigure(words, end + 1)) {
      value.append(words.at(end + 1));
      end += 2;
    }
    if (point(words, end) && words.number(end + 1, CENTS).isPresent()) {
      String cents = words.at(end + 1);
      value.append('.').append(cents).append(cents.length() < CENTS ? "0" : "");
      end += 2;
    }
    return Optional.of(new Figure(value.toString(), end));
  }

  private static boolean isFigure(Words words, int at) {
    return words.number(at, GROUP).isPresent();
  }

  private static boolean point(Words words, int at) {
    return words.at(at).equals(".") || words.at(at).equals(",");
  }

  private static boolean currency(Words words, int at) {
    String text = words.at(at);
    return text.length() == 1 && Character.getType(text.charAt(0)) == Character.CURRENCY_SYMBOL;
  }
}
