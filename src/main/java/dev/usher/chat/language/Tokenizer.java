package dev.usher.chat.language;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts a message into tokens that know their place in it. */
public final class Tokenizer {
  private static final char DIAERESIS = '\u0308';

  private Tokenizer() {}

  public static List<Token> tokens(String message) {
    var tokens = new ArrayList<Token>();
    int at = 0;
    while (at < message.length()) {
      int end = endOfWord(message, at);
      if (end > at) {
        tokens.add(new Token(spelling(message.substring(at, end), true), at, end));
        at = end;
      } else {
        if (joins(message, at) || prices(message, at)) {
          tokens.add(new Token(mark(message.charAt(at)), at, at + 1));
        }
        at++;
      }
    }
    return tokens;
  }

  /** The words of a phrase, without marks. */
  static List<String> words(String phrase) {
    return tokens(phrase).stream().filter(token -> !token.isMark()).map(Token::text).toList();
  }

  /**
   * The ways in which the words of a name are written: with umlauts as two letters, as German has
   * it, and without their dots, as others do; one when there are none.
   */
  public static List<List<String>> spellings(String name) {
    var german = words(name);
    var plain =
        words(
            Normalizer.normalize(name, Normalizer.Form.NFD).replace(String.valueOf(DIAERESIS), ""));
    return german.equals(plain) ? List.of(german) : List.of(german, plain);
  }

  private static int endOfWord(String message, int begin) {
    int at = begin;
    while (at < message.length()) {
      int codePoint = message.codePointAt(at);
      boolean inside = Character.isLetterOrDigit(codePoint) || isCombining(codePoint);
      boolean apostrophe = at > begin && isApostrophe(codePoint) && wordAt(message, at + 1);
      if (!inside && !apostrophe) {
        break;
      }
      at += Character.charCount(codePoint);
    }
    return at;
  }

  /** Points and commas join figures only: "3.12.2026", "1.234,50". */
  private static boolean joins(String message, int at) {
    return switch (mark(message.charAt(at))) {
      case "-", "/", ":" ->
          at > 0
              && Character.isLetterOrDigit(message.codePointBefore(at))
              && wordAt(message, at + 1);
      case ".", "," -> digitAt(message, at - 1) && digitAt(message, at + 1);
      default -> false;
    };
  }

  /** A currency sign at a figure. */
  private static boolean prices(String message, int at) {
    return Character.getType(message.charAt(at)) == Character.CURRENCY_SYMBOL
        && (digitAt(message, at + 1) || digitAt(message, at - 1) || cents(message, at));
  }

  /** "50 €", with a blank. */
  private static boolean cents(String message, int at) {
    return at > 1 && Character.isWhitespace(message.charAt(at - 1)) && digitAt(message, at - 2);
  }

  private static boolean digitAt(String message, int at) {
    return at >= 0 && at < message.length() && Character.isDigit(message.charAt(at));
  }

  private static boolean wordAt(String message, int at) {
    return at < message.length() && Character.isLetterOrDigit(message.codePointAt(at));
  }

  private static String mark(char c) {
    return switch (c) {
      case '-', '\u2010', '\u2011', '\u2013' -> "-";
      case '/' -> "/";
      case ':' -> ":";
      case '.' -> ".";
      case ',' -> ",";
      default -> Character.getType(c) == Character.CURRENCY_SYMBOL ? String.valueOf(c) : "";
    };
  }

  private static boolean isApostrophe(int codePoint) {
    return codePoint == '\'' || codePoint == '\u2019' || codePoint == '\u02bc';
  }

  private static boolean isCombining(int codePoint) {
    return Character.getType(codePoint) == Character.NON_SPACING_MARK;
  }

  /**
   * @param german true: an umlaut is the letter with an e, as in "fuer", and not without its dots
   */
  private static String spelling(String word, boolean german) {
    if (isPlain(word)) {
      return word.toLowerCase(Locale.ROOT);
    }
    var plain = new StringBuilder(word.length() + 2);
    String letters = Normalizer.normalize(word, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    for (int at = 0; at < letters.length(); at += Character.charCount(letters.codePointAt(at))) {
      int letter = letters.codePointAt(at);
      if (isApostrophe(letter)) {
        plain.append('\'');
      } else if (letter == 'ß') {
        plain.append("ss");
      } else if (!isCombining(letter)) {
        plain.appendCodePoint(letter);
      } else if (german && letter == DIAERESIS && at > 0 && isVowel(letters.charAt(at - 1))) {
        plain.append('e');
      }
    }
    return plain.toString();
  }

  private static boolean isPlain(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** One that has an umlaut in German: "Zoë" has none. */
  private static boolean isVowel(char letter) {
    return letter == 'a' || letter == 'o' || letter == 'u';
  }
}
