package dev.usher.chat.language;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings words into the form that templates are matched in: synonyms become one word, fillers go.
 * Both the templates and the messages pass through here.
 */
public final class Normaliser {
  private final Map<List<String>, List<String>> phrases;
  private final int longest;

  /**
   * @param phrases what each phrase becomes; nothing for a filler
   */
  Normaliser(Map<List<String>, List<String>> phrases) {
    this.phrases = new HashMap<>(phrases);
    this.longest = phrases.keySet().stream().mapToInt(List::size).max().orElse(1);
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

  /** The same for words with slots between them, which stay. */
  public List<String> items(List<String> items) {
    var normal = new ArrayList<String>();
    var words = new ArrayList<String>();
    for (var item : items) {
      if (item.startsWith("{") || item.equals(Phrase.ANYTHING)) {
        normal.addAll(normalise(words));
        words.clear();
        normal.add(item);
      } else {
        words.add(item);
      }
    }
    normal.addAll(normalise(words));
    return normal;
  }

  /** Every word that a synonym or filler is written with or becomes. */
  Set<String> words() {
    var words = new HashSet<String>();
    phrases.forEach(
        (phrase, becomes) -> {
          words.addAll(phrase);
          words.addAll(becomes);
        });
    return words;
  }
}
