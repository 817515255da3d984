package dev.usher.chat.understanding;

import dev.usher.chat.language.Lexicon;
import dev.usher.chat.language.SlotId;
import java.util.ArrayList;
import java.util.List;

/** How many tickets, and which of what was offered. */
final class QuantityGrammar {
  private static final int PHRASE_MAX = 3;

  private final Lexicon lexicon;

  QuantityGrammar(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  /**
   * @param requested true: any number is the answer to "how many"
   */
  List<Entity> quantities(Words words, boolean requested) {
    var found = new ArrayList<Entity>();
    for (int at = 0; at < words.size(); at++) {
      for (int length = Math.min(PHRASE_MAX, words.size() - at); length > 0; length--) {
        var number = words.number(at, length, lexicon.numbers());
        if (number.isPresent() && plain(words, at, length)) {
          if (number.getAsInt() > 0 && (requested || !weak(words, at, length))) {
            found.add(
                words.entity(SlotId.QUANTITY, Integer.toString(number.getAsInt()), at, length));
          }
          break;
        }
      }
    }
    return found;
  }

  List<Entity> choices(Words words, boolean requested) {
    var found = new ArrayList<Entity>();
    for (int at = 0; at < words.size(); at++) {
      var ordinal = lexicon.ordinals().get(words.at(at));
      boolean tail = words.in(at + 1, lexicon.ordinalTails());
      if (ordinal != null && (requested || tail)) {
        found.add(words.entity(SlotId.CHOICE, Integer.toString(ordinal), at, tail ? 2 : 1));
      } else if (words.in(at, lexicon.last()) && (requested || tail)) {
        found.add(words.entity(SlotId.CHOICE, "last", at, tail ? 2 : 1));
      } else if (requested) {
        var number = words.number(at, 1, lexicon.numbers());
        if (number.isPresent() && number.getAsInt() > 0 && plain(words, at, 1)) {
          found.add(words.entity(SlotId.CHOICE, Integer.toString(number.getAsInt()), at, 1));
        }
      }
    }
    return found;
  }

  /** Words such as "one" and "a", which count only next to what makes them a number. */
  private boolean weak(Words words, int at, int length) {
    return lexicon.weakNumbers().contains(words.phrase(at, length))
        && !words.in(at + length, lexicon.ticketWords())
        && !(words.in(at - 1, lexicon.quantityLeads()) && at + length == words.size());
  }

  /** Not half of a date, a time or a seat. */
  private static boolean plain(Words words, int at, int length) {
    return !words.mark(at - 1) && !words.mark(at + length);
  }
}
