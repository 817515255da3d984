package dev.usher.chat.language;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings words into the form that templates are matched in: synonyms become one word, fillers go.
 * Both the templates and the messages pass through here.
 */
public final class Normaliser {
  /** Weights in thousandths: what a word counts for when it matches, and costs when it doesn't. */
  private static final int LIGHT = 100;

  private static final int PLAIN = 1000;
  private static final int HEAVY = 2000;

  /** What a value counts for: less than a word, so that values alone don't carry a sentence. */
  public static final int MATCHED_SLOT = 500;

  /** What a value costs that the template has no place for. */
  public static final int UNMATCHED_SLOT = 250;

  private final Map<List<String>, List<String>> phrases;
  private final int longest;
  private final Set<String> light;
  private final Set<String> heavy;

  /**
   * @param phrases what each phrase becomes; nothing for a filler
   * @param light words that say little, in normal form
   * @param heavy words that turn a sentence around, in normal form
   */
  Normaliser(Map<List<String>, List<String>> phrases, Set<String> light, Set<String> heavy) {
    this.phrases = new HashMap<>(phrases);
    this.longest = phrases.keySet().stream().mapToInt(List::size).max().orElse(1);
    this.light = Set.copyOf(light);
    this.heavy = Set.copyOf(heavy);
  }

  /** The longest phrase at each place is replaced, from left to right, once. */
  public List<String> normalise(List<String> words) {
    var normal = new ArrayList<String>();
    int at = 0;
    while (at < words.size()) {
      int length = Math.min(longest, words.size() - at);
      while (length > 0 && !phrases.containsKey(words.subList(at, at + length))) {
        length--;
      }
      if (length == 0) {
        normal.add(words.get(at++));
      } else {
        normal.addAll(phrases.getOrDefault(words.subList(at, at + length), List.of()));
        at += length;
      }
    }
    return normal;
  }

  public int weight(String item) {
    return light.contains(item) ? LIGHT : heavy.contains(item) ? HEAVY : PLAIN;
  }
}
