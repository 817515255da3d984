package dev.usher.chat.understanding;

import dev.usher.chat.language.SlotId;
import dev.usher.chat.language.Tokenizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names of a catalogue, found by their first word and by what is left of it when a letter is
 * taken out, so that a message costs the same whatever the size of the catalogue. Immutable once
 * built.
 */
final class NameIndex {
  static final int SLIP_LETTERS_MIN = 4;

  /**
   * A name as people say it.
   *
   * @param values what it stands for, in catalogue order
   * @param tails marks after the last word that belong to it: "Oklahoma!"
   */
  record Name(SlotId slot, List<String> words, Set<String> values, Set<String> tails) {}

  private final Set<String> articles;
  private final Map<SlotId, Map<List<String>, Name>> names = new LinkedHashMap<>();
  private final Map<String, List<Name>> byFirstWord = new HashMap<>();

  /** Events by each word of their names. */
  private final Map<String, List<Name>> byAnyWord = new HashMap<>();

  private final Set<String> words = new TreeSet<>();

  NameIndex(Catalogue catalogue, Set<String> articles) {
    this.articles = articles;
    for (var event : catalogue.events()) {
      add(SlotId.EVENT, event.displayName(), event.eventId());
      add(SlotId.VENUE, event.venueDisplayName(), event.venueDisplayName());
      add(SlotId.CITY, event.city(), event.city());
      event.prices().forEach(price -> add(SlotId.SECTION, price.category(), price.category()));
      catalogue
          .sections()
          .getOrDefault(event.eventId(), List.of())
          .forEach(section -> add(SlotId.SECTION, section, section));
    }
    names.values().forEach(all -> all.values().forEach(this::index));
  }

  private void add(SlotId slot, String name, String value) {
    Tokenizer.spellings(name).forEach(words -> spelled(slot, words, value, tail(name)));
    int head = name.indexOf(':');
    if (head > 0) {
      Tokenizer.spellings(name.substring(0, head))
          .forEach(words -> spelled(slot, words, value, ""));
    }
  }

  private static String tail(String name) {
    int end = name.length();
    while (end > 0 && !Character.isLetterOrDigit(name.codePointBefore(end))) {
      end--;
    }
    return name.substring(end);
  }

  private void spelled(SlotId slot, List<String> spelling, String value, String tail) {
    if (!spelling.isEmpty()) {
      var name =
          names
              .computeIfAbsent(slot, s -> new LinkedHashMap<>())
              .computeIfAbsent(
                  spelling, w -> new Name(slot, w, new LinkedHashSet<>(), new TreeSet<>()));
      name.values().add(value);
      if (!tail.isBlank()) {
        name.tails().add(tail);
      }
    }
    if (spelling.size() > 1 && articles.contains(spelling.getFirst())) {
      spelled(slot, spelling.subList(1, spelling.size()), value, tail);
    }
  }

  private void index(Name name) {
    words.addAll(name.words());
    for (var key : keys(name.words().getFirst())) {
      byFirstWord.computeIfAbsent(key, k -> new ArrayList<>(1)).add(name);
    }
    if (name.slot() == SlotId.EVENT) {
      for (var word : new LinkedHashSet<>(name.words())) {
        for (var key : keys(word)) {
          byAnyWord.computeIfAbsent(key, k -> new ArrayList<>(1)).add(name);
        }
      }
    }
  }

  /** A word and, if it is long enough to slip in, the word without each of its letters. */
  static Set<String> keys(String word) {
    var keys = new LinkedHashSet<String>();
    keys.add(word);
    for (int i = 0; word.length() >= SLIP_LETTERS_MIN && i < word.length(); i++) {
      keys.add(word.substring(0, i) + word.substring(i + 1));
    }
    return keys;
  }

  boolean has(String word) {
    return words.contains(word);
  }

  /**
   * Names that may begin with this word.
   *
   * @param slips also those whose first word is one slip away
   */
  Collection<Name> beginning(String word, boolean slips) {
    return found(byFirstWord, word, slips);
  }

  /** Events that may have this word in their name. */
  Collection<Name> having(String word, boolean slips) {
    return found(byAnyWord, word, slips);
  }

  private static Collection<Name> found(Map<String, List<Name>> index, String word, boolean slips) {
    var exact = index.getOrDefault(word, List.of());
    if (!slips || word.length() < SLIP_LETTERS_MIN - 1) {
      return exact;
    }
    var found = new LinkedHashSet<Name>(exact);
    for (int i = 0; i < word.length(); i++) {
      found.addAll(index.getOrDefault(word.substring(0, i) + word.substring(i + 1), List.of()));
    }
    return found;
  }
}
