package dev.usher.chat.understanding;

import dev.usher.chat.language.SlotId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds names of the catalogue in a message: whole names with at most one slip, and words of an
 * event's name that no other event's name has.
 */
final class NameMatcher {
  private static final int PART_LETTERS_MIN = 4;
  private static final int TOO_MANY = 2;

  private final Words words;
  private final NameIndex index;
  private final Set<String> ordinary;

  /**
   * @param ordinary words of the language: alone they name nothing
   */
  NameMatcher(Words words, NameIndex index, Set<String> ordinary) {
    this.words = words;
    this.index = index;
    this.ordinary = ordinary;
  }

  /** The longest of each kind at a place. */
  private static final class Best {
    private final Set<String> values = new LinkedHashSet<>();
    private int length;
    private int slips = TOO_MANY;

    void offer(Set<String> offered, int offeredLength, int offeredSlips) {
      boolean same = offeredLength == length && offeredSlips == slips;
      boolean better = offeredLength > length || (offeredLength == length && offeredSlips < slips);
      if (better) {
        values.clear();
        length = offeredLength;
        slips = offeredSlips;
      }
      if (same || better) {
        values.addAll(offered);
      }
    }
  }

  /**
   * @param requested kinds of which even a name that is an ordinary word is meant
   */
  List<Entity> whole(Set<SlotId> requested) {
    var found = new ArrayList<Entity>();
    for (int at = 0; at < words.size(); at++) {
      Map<SlotId, Best> best = new EnumMap<>(SlotId.class);
      for (var name : index.beginning(plain(at))) {
        int length = spokenLength(at, name.words());
        int slips = length == 0 ? TOO_MANY : slips(at, length, name.words());
        boolean meant = requested.contains(name.slot()) || !name.ordinary(ordinary);
        if (slips < TOO_MANY && meant) {
          best.computeIfAbsent(name.slot(), s -> new Best()).offer(name.values(), length, slips);
        }
      }
      for (var entry : best.entrySet()) {
        var one = entry.getValue();
        found.add(words.entity(entry.getKey(), List.copyOf(one.values), at, one.length));
      }
    }
    return found;
  }

  /** Tokens of the message that the name would take from here; 0 when there are too few. */
  private int spokenLength(int at, List<String> name) {
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
  private int slips(int at, int length, List<String> name) {
    int slips = 0;
    int place = 0;
    for (int i = at; i < at + length && slips < TOO_MANY; i++) {
      if (!words.tokens().get(i).isMark()) {
        String meant = name.get(place++);
        if (!words.at(i).equals(meant) && !plain(i).equals(meant)) {
          slips += slip(plain(i), meant) ? 1 : TOO_MANY;
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

  /** Without what the language hangs on to a name: "Hamlet's". */
  private String plain(int at) {
    String word = words.at(at);
    int apostrophe = word.lastIndexOf('\'');
    return apostrophe > 0 && apostrophe >= word.length() - 2 ? word.substring(0, apostrophe) : word;
  }

  /** Words of an event's name that no other has: "jazz" for "An Evening of Jazz". */
  List<Entity> parts() {
    var found = new ArrayList<Entity>();
    for (int at = 0; at < words.size(); at++) {
      String heard = plain(at);
      if (heard.length() < PART_LETTERS_MIN || ordinary.contains(heard)) {
        continue;
      }
      var meant = new LinkedHashSet<Set<String>>();
      for (var name : index.having(heard)) {
        if (name.words().stream().anyMatch(word -> word.equals(heard) || slip(heard, word))) {
          meant.add(name.values());
        }
      }
      if (meant.size() == 1) {
        found.add(words.entity(SlotId.EVENT, List.copyOf(meant.iterator().next()), at, 1));
      }
    }
    return found;
  }
}
