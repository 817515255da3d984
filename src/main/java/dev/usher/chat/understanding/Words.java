package dev.usher.chat.understanding;

import dev.usher.chat.language.SlotId;
import dev.usher.chat.language.Token;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tokens of a message, with what every grammar asks of them. */
final class Words {
  private static final String QUOTES = "\"'\u201c\u201e\u00ab\u00bb\u2018";
  private static final String SENTENCE_ENDS = ".!?\u2026\n:";

  private static final int PHRASE_MAX = 4;

  private final String message;
  private final List<Token> tokens;

  /** Phrases that were asked for, by place and length: every grammar asks for the same ones. */
  private final @Nullable String[] phrases;

  Words(String message, List<Token> tokens) {
    this.message = message;
    this.tokens = tokens;
    this.phrases = new String[tokens.size() * PHRASE_MAX];
  }

  String message() {
    return message;
  }

  List<Token> tokens() {
    return tokens;
  }

  int size() {
    return tokens.size();
  }

  /** The text at a place, empty beyond either end. */
  String at(int index) {
    return index >= 0 && index < tokens.size() ? tokens.get(index).text() : "";
  }

  /** Without what the language hangs on to a name: "Hamlet's". */
  String plain(int index) {
    String word = at(index);
    int apostrophe = word.lastIndexOf('\'');
    return apostrophe > 0 && apostrophe >= word.length() - 2 ? word.substring(0, apostrophe) : word;
  }

  /** With a capital letter though no sentence begins here, in quotes, or all by itself. */
  boolean isWrittenAsName(int index) {
    int begin = tokens.get(index).begin();
    if (tokens.size() == 1) {
      return true;
    }
    int before = begin - 1;
    while (before >= 0 && Character.isWhitespace(message.charAt(before))) {
      before--;
    }
    boolean quoted =
        before >= 0 && before == begin - 1 && QUOTES.indexOf(message.charAt(before)) >= 0;
    boolean sentence = before < 0 || SENTENCE_ENDS.indexOf(message.charAt(before)) >= 0;
    return quoted || (!sentence && Character.isUpperCase(message.codePointAt(begin)));
  }

  boolean in(int index, Set<String> words) {
    return words.contains(at(index));
  }

  /** How many tokens the longest of the phrases takes here; 0 when none is here. */
  int longest(int index, Set<String> phrases) {
    for (int length = Math.min(PHRASE_MAX, size() - index); length > 0; length--) {
      if (phrases.contains(phrase(index, length))) {
        return length;
      }
    }
    return 0;
  }

  /** The words from a place on with single blanks between; at most {@link #PHRASE_MAX}. */
  String phrase(int index, int length) {
    if (length == 1) {
      return at(index);
    }
    int place = index * PHRASE_MAX + length - 1;
    String known = phrases[place];
    if (known == null) {
      known = phrase(index, length - 1) + ' ' + at(index + length - 1);
      phrases[place] = known;
    }
    return known;
  }

  /** A whole number of at most {@code digits} digits. */
  OptionalInt number(int index, int digits) {
    String text = at(index);
    if (text.isEmpty() || text.length() > digits) {
      return OptionalInt.empty();
    }
    int number = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return OptionalInt.empty();
      }
      number = number * 10 + c - '0';
    }
    return OptionalInt.of(number);
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
