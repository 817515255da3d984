package dev.usher.chat.understanding;

import dev.usher.chat.language.SlotId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds names of the catalogue in a message: whole names with at most one slip, and words of an
 * event's name that no other event's name has. A word that the language has too is a name only
 * where something speaks for it.
 */
final class NameMatcher {
  private static final int PART_LETTERS_MIN = 4;

  /** A slip in a single word of many is likelier another word. */
  private static final int PART_SLIP_LETTERS_MIN = 7;

  private static final int TOO_MANY = 2;

  private final Set<String> ordinary;
  private final Set<String> known;
  private final Set<String> kinds;

  /**
   * @param ordinary words of what the assistant is for: alone they name nothing
   * @param known all words of the language: alone they are names when written like one
   * @param kinds words for kinds of events, which may be half a name
   */
  NameMatcher(Set<String> ordinary, Set<String> known, Set<String> kinds) {
    this.ordinary = ordinary;
    this.known = known;
    this.kinds = kinds;
  }

  /** The longest of each kind at a place. */
  private static final class Best {
    private final Set<String> values = new LinkedHashSet<>();
    private final Set<String> tails = new TreeSet<>();
    private int length;
    private int slips = TOO_MANY;

    void offer(NameIndex.Name name, int offeredLength, int offeredSlips) {
      boolean same = offeredLength == length && offeredSlips == slips;
      boolean better = offeredLength > length || (offeredLength == length && offeredSlips < slips);
      if (better) {
        values.clear();
        tails.clear();
        length = offeredLength;
        slips = offeredSlips;
      }
      if (same || better) {
        values.addAll(name.values());
        tails.addAll(name.tails());
      }
    }

    /** With the mark that ends the name, where the message has it: "Oklahoma!". */
    Entity entity(Words words, SlotId slot, int at) {
      var found = words.entity(slot, List.copyOf(values), at, length);
      for (var tail : tails) {
        if (words.message().startsWith(tail, found.end())) {
          return found.until(found.end() + tail.length());
        }
      }
      return found;
    }
  }

  /**
   * @param requested kinds of which even a name that is an ordinary word is meant
   */
  List<Entity> whole(Words words, NameIndex index, Set<SlotId> requested) {
    var found = new ArrayList<Entity>();
    for (int at = 0; at < words.size(); at++) {
      Map<SlotId, Best> best = new EnumMap<>(SlotId.class);
      String heard = words.plain(at);
      for (var name : index.beginning(heard, !ordinary.contains(heard))) {
        int length = spokenLength(words, at, name.words());
        int slips = length == 0 ? TOO_MANY : slips(words, at, length, name.words());
        boolean meant = requested.contains(name.slot()) || !ordinary(words, at, name);
        if (slips < TOO_MANY && meant) {
          best.computeIfAbsent(name.slot(), s -> new Best()).offer(name, length, slips);
        }
      }
      for (var entry : best.entrySet()) {
        found.add(entry.getValue().entity(words, entry.getKey(), at));
      }
    }
    return found;
  }

  /** A single word that is a word of the language here, or a letter. */
  private boolean ordinary(Words words, int at, NameIndex.Name name) {
    String word = name.words().getFirst();
    return name.words().size() == 1
        && (word.length() == 1
            || ordinary.contains(word)
            || (name.slot() == SlotId.EVENT && known.contains(word) && !words.isWrittenAsName(at)));
  }

  /** Tokens of the message that the name would take from here; 0 when there are too few. */
  private static int spokenLength(Words words, int at, List<String> name) {
    int spoken = 0;
    int next = at;
    while (spoken < name.size() && next < words.size()) {
      if (!words.tokens().get(next).isMark()) {
        spoken++;
      } else if (spoken == 0) {
        return 0;
      }
      next++;
    }
    return spoken == name.size() ? next - at : 0;
  }

  /** How many slips, at most {@link #TOO_MANY}. */
  private int slips(Words words, int at, int length, List<String> name) {
    int slips = 0;
    int place = 0;
    for (int i = at; i < at + length && slips < TOO_MANY; i++) {
      if (!words.tokens().get(i).isMark()) {
        String meant = name.get(place++);
        if (!words.at(i).equals(meant) && !words.plain(i).equals(meant)) {
          slips += slip(words.plain(i), meant) ? 1 : TOO_MANY;
        }
      }
    }
    return slips;
  }

  private boolean slip(String heard, String meant) {
    return meant.length() >= NameIndex.SLIP_LETTERS_MIN
        && heard.length() >= NameIndex.SLIP_LETTERS_MIN - 1
        && EditDistance.atMostOne(heard, meant)
        && !ordinary.contains(heard);
  }

  /**
   * Words of an event's name that no other has: "jazz" for "An Evening of Jazz". Words that speak
   * for different events speak for none.
   *
   * @param requested true: an event was asked for, so that any word may be of its name
   */
  List<Entity> parts(Words words, NameIndex index, boolean requested) {
    var found = new ArrayList<Entity>();
    var all = new HashSet<List<String>>();
    for (int at = 0; at < words.size(); at++) {
      String heard = words.plain(at);
      boolean other = known.contains(heard) && !kinds.contains(heard);
      if (heard.length() < PART_LETTERS_MIN
          || ordinary.contains(heard)
          || (other && !requested && !words.isWrittenAsName(at))) {
        continue;
      }
      boolean slips = heard.length() >= PART_SLIP_LETTERS_MIN && !known.contains(heard);
      var meant = new LinkedHashSet<Set<String>>();
      for (var name : index.having(heard, slips)) {
        boolean whole = name.words().size() == 1;
        if (!whole && name.words().stream().anyMatch(word -> part(heard, word, slips))) {
          meant.add(name.values());
        }
      }
      if (meant.size() == 1 && !stranger(words, at - 1, index) && !stranger(words, at + 1, index)) {
        var values = List.copyOf(meant.iterator().next());
        all.add(values);
        found.add(words.entity(SlotId.EVENT, values, at, 1));
      }
    }
    return all.size() == 1 ? found : List.of();
  }

  /** A name that the catalogue hasn't: "Carson" beside it is another Carson. */
  private boolean stranger(Words words, int at, NameIndex index) {
    return at >= 0
        && at < words.size()
        && words.isWrittenAsName(at)
        && !known.contains(words.plain(at))
        && !index.has(words.plain(at));
  }

  private boolean part(String heard, String word, boolean slips) {
    return word.equals(heard)
        || (slips && word.length() >= PART_SLIP_LETTERS_MIN && slip(heard, word));
  }
}
