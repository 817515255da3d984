package dev.usher.chat.understanding;

import dev.usher.chat.language.SlotId;
import dev.usher.chat.language.Token;
import dev.usher.chat.language.Tokenizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds names of the catalogue in a message: whole names with at most one slip, and parts of names
 * that no other name has.
 */
final class NameMatcher {
  private static final int SLIP_LETTERS_MIN = 4;
  private static final int PART_LETTERS_MIN = 4;

  private static final int TOO_MANY = 2;

  private final SlotId slot;
  private final Set<String> articles;
  private final Predicate<String> ordinary;

  /** What each spelling of a whole name stands for, in catalogue order. */
  private final Map<List<String>, Set<String>> names = new LinkedHashMap<>();

  /**
   * @param ordinary words of the language: alone they name nothing
   */
  NameMatcher(SlotId slot, Set<String> articles, Predicate<String> ordinary) {
    this.slot = slot;
    this.articles = articles;
    this.ordinary = ordinary;
  }

  void add(String name, String value) {
    var words = words(name);
    spelled(words, value);
    int head = name.indexOf(':');
    if (head > 0) {
      spelled(words(name.substring(0, head)), value);
    }
  }

  private static List<String> words(String name) {
    return Tokenizer.tokens(name).stream().filter(t -> !t.isMark()).map(Token::text).toList();
  }

  private void spelled(List<String> words, String value) {
    if (!words.isEmpty()) {
      names.computeIfAbsent(words, w -> new LinkedHashSet<>()).add(value);
    }
    if (words.size() > 1 && articles.contains(words.getFirst())) {
      spelled(words.subList(1, words.size()), value);
    }
  }

  /**
   * @param requested true: even a name that is an ordinary word is meant
   */
  List<Entity> find(Words words, boolean requested) {
    var found = new ArrayList<Entity>();
    for (int at = 0; at < words.size(); at++) {
      whole(words, at, requested, found);
    }
    return found;
  }

  private void whole(Words words, int at, boolean requested, List<Entity> found) {
    var exact = new LinkedHashSet<String>();
    var close = new LinkedHashSet<String>();
    int exactLength = 0;
    int closeLength = 0;
    for (var entry : names.entrySet()) {
      int length = spokenLength(words, at, entry.getKey());
      int slips = length == 0 ? TOO_MANY : slips(words, at, length, entry.getKey());
      if (slips == TOO_MANY || (!requested && tooOrdinary(entry.getKey()))) {
        continue;
      }
      if (slips == 0 && length >= exactLength) {
        exactLength = keepLongest(exact, entry.getValue(), length, exactLength);
      } else if (slips == 1 && length >= closeLength) {
        closeLength = keepLongest(close, entry.getValue(), length, closeLength);
      }
    }
    if (exactLength >= closeLength && exactLength > 0) {
      found.add(words.entity(slot, List.copyOf(exact), at, exactLength));
    } else if (closeLength > 0) {
      found.add(words.entity(slot, List.copyOf(close), at, closeLength));
    }
  }

  private static int keepLongest(Set<String> kept, Set<String> values, int length, int longest) {
    if (length > longest) {
      kept.clear();
    }
    kept.addAll(values);
    return length;
  }

  /** Tokens of the message that the name would take from here; 0 when there are too few. */
  private static int spokenLength(Words words, int at, List<String> name) {
    int spoken = 0;
    int index = at;
    while (spoken < name.size() && index < words.size()) {
      if (!words.tokens().get(index).isMark()) {
        spoken++;
      } else if (spoken == 0) {
        return 0;
      }
      index++;
    }
    return spoken == name.size() ? index - at : 0;
  }

  /** How many slips, at most {@link #TOO_MANY}. */
  private int slips(Words words, int at, int length, List<String> name) {
    int slips = 0;
    int index = 0;
    for (int i = at; i < at + length; i++) {
      if (words.tokens().get(i).isMark()) {
        continue;
      }
      String heard = words.at(i);
      String meant = name.get(index++);
      if (!heard.equals(meant)) {
        slips += slip(heard, meant) ? 1 : TOO_MANY;
      }
      if (slips >= TOO_MANY) {
        return TOO_MANY;
      }
    }
    return slips;
  }

  private boolean slip(String heard, String meant) {
    return meant.length() >= SLIP_LETTERS_MIN
        && heard.length() >= SLIP_LETTERS_MIN - 1
        && EditDistance.atMostOne(heard, meant)
        && !ordinary.test(heard);
  }

  private boolean tooOrdinary(List<String> name) {
    return name.size() == 1 && (name.getFirst().length() == 1 || ordinary.test(name.getFirst()));
  }

  /** Runs of words of a name that no other name has: "jazz" for "An Evening of Jazz". */
  List<Entity> findParts(Words words) {
    var found = new ArrayList<Entity>();
    for (int at = 0; at < words.size(); at++) {
      String heard = words.at(at);
      if (heard.length() < PART_LETTERS_MIN || ordinary.test(heard)) {
        continue;
      }
      var meant = new LinkedHashSet<Set<String>>();
      for (var entry : names.entrySet()) {
        if (entry.getKey().stream().anyMatch(word -> word.equals(heard) || slip(heard, word))) {
          meant.add(entry.getValue());
        }
      }
      if (meant.size() == 1) {
        found.add(words.entity(slot, List.copyOf(meant.iterator().next()), at, 1));
      }
    }
    return found;
  }
}
