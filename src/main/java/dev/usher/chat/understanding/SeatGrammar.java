package dev.usher.chat.understanding;

import dev.usher.chat.language.Lexicon;
import dev.usher.chat.language.SlotId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names of seats: "A-12", "A12", "row A seats 12, 13 and 14", "seat 12 in row A". A row by itself
 * is a part of the house: "row F".
 */
final class SeatGrammar {
  private static final Pattern ROW = Pattern.compile("[a-z]{1,2}|[0-9]{1,2}");

  /** "row is" is none. */
  private static final Pattern BARE_ROW = Pattern.compile("([a-z])\\1?|[0-9]{1,2}");

  private static final Pattern FUSED = Pattern.compile("([a-z]{1,2})([0-9]{1,3})");
  private static final int RANGE_MAX = 20;

  private final Lexicon lexicon;

  SeatGrammar(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  List<Entity> seats(Words words) {
    var found = new ArrayList<Entity>();
    int at = 0;
    while (at < words.size()) {
      int before = found.size();
      named(words, at, found);
      if (found.size() == before) {
        rowThenSeats(words, at, found);
      }
      if (found.size() == before) {
        seatThenRow(words, at, found);
      }
      at = found.size() == before ? at + 1 : found.getLast().endToken();
    }
    return found;
  }

  private void named(Words words, int at, List<Entity> found) {
    int lead = words.in(at, lexicon.seatWords()) ? 1 : 0;
    int name = at + lead;
    var fused = FUSED.matcher(words.at(name));
    if (words.number(name, 4).isEmpty()
        && dash(words, name + 1)
        && dash(words, name + 3)
        && isRow(words, name + 2)
        && isNumber(words, name + 4)) {
      String section = words.at(name);
      found.add(seat(words, section + "-" + words.at(name + 2), words.at(name + 4), at, lead + 5));
    } else if (isLetters(words, name) && dash(words, name + 1) && isNumber(words, name + 2)) {
      found.add(seat(words, words.at(name), words.at(name + 2), at, lead + 3));
    } else if (fused.matches()) {
      found.add(seat(words, fused.group(1), fused.group(2), at, lead + 1));
    }
  }

  private void rowThenSeats(Words words, int at, List<Entity> found) {
    if (!words.in(at, lexicon.rowWords()) || !isRow(words, at + 1)) {
      return;
    }
    String row = words.at(at + 1);
    int next = at + 2;
    if (words.in(next, lexicon.seatWords())) {
      next++;
    }
    if (isNumber(words, next) && (next > at + 2 || !words.in(next + 1, lexicon.ticketWords()))) {
      found.add(seat(words, row, words.at(next), at, next + 1 - at));
      more(words, row, next, found);
    } else if (BARE_ROW.matcher(row).matches()) {
      found.add(row(words, at));
    }
  }

  /** "…, 13 and 14" or "… to 14" after the number at {@code last}. */
  private void more(Words words, String row, int last, List<Entity> found) {
    int at = last;
    while (true) {
      boolean range = words.in(at + 1, lexicon.rangeWords());
      boolean joined = words.in(at + 1, lexicon.joiners());
      int next = range || joined ? at + 2 : at + 1;
      if (!isNumber(words, next)) {
        return;
      }
      if (range) {
        int from = Integer.parseInt(words.at(at)) + 1;
        int to = Integer.parseInt(words.at(next));
        for (int number = from; number < to && number - from < RANGE_MAX; number++) {
          found.add(seat(words, row, Integer.toString(number), at + 1, 1));
        }
      }
      found.add(seat(words, row, words.at(next), next, 1));
      at = next;
    }
  }

  private void seatThenRow(Words words, int at, List<Entity> found) {
    if (!words.in(at, lexicon.seatWords()) || !isNumber(words, at + 1)) {
      return;
    }
    int next = at + 2;
    while (words.in(next, lexicon.inWords()) || words.in(next, lexicon.articles())) {
      next++;
    }
    if (words.in(next, lexicon.rowWords()) && isRow(words, next + 1)) {
      found.add(seat(words, words.at(next + 1), words.at(at + 1), at, next + 2 - at));
    }
  }

  /** With a capital, as it is said back. */
  private static Entity row(Words words, int at) {
    String word = words.at(at).substring(0, 1).toUpperCase(Locale.ROOT) + words.at(at).substring(1);
    String row = words.at(at + 1).toUpperCase(Locale.ROOT);
    return words.entity(SlotId.SECTION, word + " " + row, at, 2);
  }

  private static Entity seat(Words words, String row, String number, int at, int length) {
    String value = (row + "-" + number).toUpperCase(Locale.ROOT);
    return words.entity(SlotId.SEAT, value, at, length);
  }

  private static boolean dash(Words words, int at) {
    return words.at(at).equals("-");
  }

  private static boolean isRow(Words words, int at) {
    return ROW.matcher(words.at(at)).matches();
  }

  private static boolean isLetters(Words words, int at) {
    return isRow(words, at) && words.number(at, 2).isEmpty();
  }

  private static boolean isNumber(Words words, int at) {
    return words.number(at, 3).isPresent();
  }
}
