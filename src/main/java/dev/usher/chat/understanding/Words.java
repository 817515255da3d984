package dev.usher.chat.understanding;

import dev.usher.chat.language.SlotId;
import dev.usher.chat.language.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** The tokens of a message, with what every grammar asks of them. */
record Words(List<Token> tokens) {
  int size() {
    return tokens.size();
  }

  /** The text at a place, empty beyond either end. */
  String at(int index) {
    return index >= 0 && index < tokens.size() ? tokens.get(index).text() : "";
  }

  boolean in(int index, Set<String> words) {
    return words.contains(at(index));
  }

  /** How many tokens the longest of the phrases takes here; 0 when none is here. */
  int longest(int index, Set<String> phrases) {
    for (int length = Math.min(4, size() - index); length > 0; length--) {
      if (phrases.contains(phrase(index, length))) {
        return length;
      }
    }
    return 0;
  }

  String phrase(int index, int length) {
    var words = new ArrayList<String>(length);
    for (int i = index; i < index + length; i++) {
      words.add(at(i));
    }
    return String.join(" ", words);
  }

  /** A whole number of at most {@code digits} digits. */
  OptionalInt number(int index, int digits) {
    String text = at(index);
    boolean fits =
        !text.isEmpty()
            && text.length() <= digits
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return fits ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
  }

  /** A year in four figures. */
  OptionalInt year(int index) {
    return at(index).length() == 4 ? number(index, 4) : OptionalInt.empty();
  }

  boolean mark(int index) {
    return index >= 0 && index < tokens.size() && tokens.get(index).isMark();
  }

  /** Which of the lists has the name, from 1; 0 when none has. */
  static int index(List<List<String>> names, String name) {
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).contains(name)) {
        return i + 1;
      }
    }
    return 0;
  }

  /** A number in figures, or one of the words. */
  OptionalInt number(int index, int length, Map<String, Integer> names) {
    var named = names.get(phrase(index, length));
    if (named != null) {
      return OptionalInt.of(named);
    }
    return length == 1 ? number(index, 3) : OptionalInt.empty();
  }

  Entity entity(SlotId slot, String value, int first, int length) {
    return entity(slot, List.of(value), first, length);
  }

  Entity entity(SlotId slot, List<String> values, int first, int length) {
    return new Entity(
        slot,
        values,
        first,
        length,
        tokens.get(first).begin(),
        tokens.get(first + length - 1).end());
  }
}
