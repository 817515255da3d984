package dev.usher.chat.language;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts a message into tokens that know their place in it. */
public final class Tokenizer {
  private Tokenizer() {}

  public static List<Token> tokens(String message) {
    var tokens = new ArrayList<Token>();
    int at = 0;
    while (at < message.length()) {
      int end = endOfWord(message, at);
      if (end > at) {
        tokens.add(new Token(spelling(message.substring(at, end)), at, end));
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

  private static boolean joins(String message, int at) {
    return "-/:".contains(mark(message.charAt(at)))
        && !mark(message.charAt(at)).isEmpty()
        && at > 0
        && Character.isLetterOrDigit(message.codePointBefore(at))
        && wordAt(message, at + 1);
  }

  /** A currency sign at a figure. */
  private static boolean prices(String message, int at) {
    return Character.getType(message.charAt(at)) == Character.CURRENCY_SYMBOL
        && ((at + 1 < message.length() && Character.isDigit(message.charAt(at + 1)))
            || (at > 0 && Character.isDigit(message.codePointBefore(at))));
  }

  private static boolean wordAt(String message, int at) {
    return at < message.length() && Character.isLetterOrDigit(message.codePointAt(at));
  }

  private static String mark(char c) {
    return switch (c) {
      case '-', '\u2010', '\u2011', '\u2013' -> "-";
      case '/' -> "/";
      case ':' -> ":";
      default -> Character.getType(c) == Character.CURRENCY_SYMBOL ? String.valueOf(c) : "";
    };
  }

  private static boolean isApostrophe(int codePoint) {
    return codePoint == '\'' || codePoint == '\u2019' || codePoint == '\u02bc';
  }

  private static boolean isCombining(int codePoint) {
    return Character.getType(codePoint) == Character.NON_SPACING_MARK;
  }

  private static String spelling(String word) {
    var plain = new StringBuilder(word.length());
    Normalizer.normalize(word, Normalizer.Form.NFKD)
        .codePoints()
        .filter(codePoint -> !isCombining(codePoint))
        .map(codePoint -> isApostrophe(codePoint) ? '\'' : codePoint)
        .forEach(plain::appendCodePoint);
    return plain.toString().toLowerCase(Locale.ROOT);
  }
}
