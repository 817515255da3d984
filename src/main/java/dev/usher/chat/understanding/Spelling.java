package dev.usher.chat.understanding;

import dev.usher.chat.language.Token;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Puts right what the fingers did: one slip in a word, or a blank left out. Only words that nobody
 * knows are touched. Words are found by what is left of them when a letter is taken out, so the
 * size of the vocabulary costs nothing.
 */
final class Spelling {
  private static final int SLIP_LETTERS_MIN = 4;
  private static final int JOINED_LETTERS_MIN = 4;

  private final Set<String> vocabulary;

  /** The words of the vocabulary by themselves with one letter less, in order. */
  private final Map<String, List<String>> shortened = new HashMap<>();

  Spelling(Collection<String> vocabulary) {
    this.vocabulary = Set.copyOf(vocabulary);
    for (var word : vocabulary.stream().sorted().toList()) {
      if (word.length() >= SLIP_LETTERS_MIN && word.charAt(0) != '{') {
        for (int i = 0; i < word.length(); i++) {
          add(without(word, i), word);
        }
      }
    }
  }

  private void add(String rest, String word) {
    var words = shortened.computeIfAbsent(rest, r -> new ArrayList<>(1));
    if (words.isEmpty() || !words.getLast().equals(word)) {
      words.add(word);
    }
  }

  boolean knows(String word) {
    return vocabulary.contains(word);
  }

  /**
   * The tokens as they were meant.
   *
   * @param name words of the catalogue, which stay as they are
   */
  List<Token> mended(List<Token> tokens, Predicate<String> name) {
    var mended = new ArrayList<Token>(tokens.size() + 2);
    for (var token : tokens) {
      if (token.isMark()
          || knows(token.text())
          || figures(token.text())
          || name.test(token.text())) {
        mended.add(token);
      } else {
        mend(token, mended);
      }
    }
    return mended;
  }

  private void mend(Token token, List<Token> mended) {
    String word = word(token.text());
    int cut = word.isEmpty() ? cut(token.text()) : 0;
    if (!word.isEmpty()) {
      mended.add(new Token(word, token.begin(), token.end()));
    } else if (cut > 0 && token.text().length() == token.end() - token.begin()) {
      int middle = token.begin() + cut;
      mended.add(new Token(token.text().substring(0, cut), token.begin(), middle));
      mended.add(new Token(token.text().substring(cut), middle, token.end()));
    } else {
      mended.add(token);
    }
  }

  /** The word one slip away; a swap first, then a letter too few, too many, another; or empty. */
  private String word(String heard) {
    if (heard.length() < SLIP_LETTERS_MIN) {
      return "";
    }
    String best = "";
    int bestRank = Integer.MAX_VALUE;
    for (int i = -1; i < heard.length(); i++) {
      String rest = i < 0 ? heard : without(heard, i);
      if (i >= 0 && rest.length() >= SLIP_LETTERS_MIN && knows(rest) && bestRank > 2) {
        best = rest;
        bestRank = 2;
      }
      for (var word : shortened.getOrDefault(rest, List.of())) {
        int rank = rank(heard, word);
        if (rank < bestRank) {
          best = word;
          bestRank = rank;
        }
      }
    }
    return best;
  }

  private static int rank(String heard, String word) {
    if (!EditDistance.atMostOne(heard, word)) {
      return Integer.MAX_VALUE;
    }
    if (heard.length() != word.length()) {
      return heard.length() < word.length() ? 1 : 2;
    }
    int different = 0;
    for (int i = 0; i < heard.length(); i++) {
      different += heard.charAt(i) == word.charAt(i) ? 0 : 1;
    }
    return different == 2 ? 0 : 3;
  }

  /** Where two known words were run together; 0 when they were not. */
  private int cut(String joined) {
    int best = 0;
    for (int at = 1; at < joined.length() && joined.length() >= JOINED_LETTERS_MIN; at++) {
      boolean words = knows(joined.substring(0, at)) && knows(joined.substring(at));
      // the longer the shorter of the two, the likelier
      if (words && Math.min(at, joined.length() - at) > Math.min(best, joined.length() - best)) {
        best = at;
      }
    }
    return best;
  }

  private static boolean figures(String text) {
    return text.chars().anyMatch(c -> c >= '0' && c <= '9');
  }

  private static String without(String word, int at) {
    return word.substring(0, at) + word.substring(at + 1);
  }
}
