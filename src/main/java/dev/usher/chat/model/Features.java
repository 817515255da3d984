package dev.usher.chat.model;

import dev.usher.chat.language.Moment;
import dev.usher.chat.language.Phrase;
import dev.usher.chat.language.SlotId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the model looks at in a message: words, pairs and triples of words, the letters within
 * words, and the moment. Each is a 64-bit hash; among some hundred thousand a collision is one in
 * millions.
 */
public final class Features {
  /** What unknown words look like. */
  public static final String UNKNOWN_WORD = Phrase.ANYTHING;

  private static final int LETTERS_MIN = 3;
  private static final int LETTERS_MAX = 5;
  private static final int[] LENGTHS = {1, 2, 3, 5, 8, 12, 20};

  private static final long START = hash("^");
  private static final long END = hash("$");
  private static final long WORD = hash("word");
  private static final long PAIR = hash("pair");
  private static final long GAP = hash("gap");
  private static final long TRIPLE = hash("triple");
  private static final long LETTERS = hash("letters");
  private static final long LENGTH = hash("length");
  private static final long UNKNOWN = hash("unknown");
  private static final Map<Moment, Long> MOMENTS = new EnumMap<>(Moment.class);
  private static final Map<SlotId, Long> REQUESTED = new EnumMap<>(SlotId.class);

  static {
    for (var moment : Moment.values()) {
      MOMENTS.put(moment, hash("moment " + moment.label()));
    }
    for (var slot : SlotId.values()) {
      REQUESTED.put(slot, hash("requested " + slot.label()));
    }
  }

  private Features() {}

  /** Takes the features one by one, always in the same order. */
  @FunctionalInterface
  public interface Sink {
    /**
     * One feature.
     *
     * @param first of the items that it is about
     * @param count how many items; 0 when it is about the moment
     */
    void add(long feature, int first, int count);
  }

  /**
   * Finds all features.
   *
   * @param items in normal form: words, {@code {slot}}s and {@link #UNKNOWN_WORD}
   * @param requested what the assistant had asked for
   */
  public static void of(List<String> items, Moment moment, Set<SlotId> requested, Sink sink) {
    long now = hash(moment);
    sink.add(now, 0, 0);
    REQUESTED.forEach(
        (slot, hash) -> {
          if (requested.contains(slot)) {
            sink.add(hash, 0, 0);
          }
        });
    int count = items.size();
    long[] words = new long[count + 2];
    int unknown = 0;
    words[0] = START;
    words[count + 1] = END;
    for (int i = 0; i < count; i++) {
      words[i + 1] = hash(items.get(i));
      unknown += items.get(i).equals(UNKNOWN_WORD) ? 1 : 0;
    }
    long length = mix(LENGTH, bucket(count));
    sink.add(length, 0, 0);
    sink.add(mix(length, now), 0, 0);
    sink.add(mix(UNKNOWN, Math.min(unknown, 4)), 0, 0);
    sink.add(mix(UNKNOWN, 10 + (count == 0 ? 0 : 5 * unknown / count)), 0, 0);
    words(words, now, sink);
    for (int i = 0; i < count; i++) {
      letters(items.get(i), i, sink);
    }
  }

  private static void words(long[] words, long now, Sink sink) {
    for (int i = 0; i + 1 < words.length; i++) {
      int first = Math.max(0, i - 1);
      if (i > 0) {
        sink.add(mix(WORD, words[i]), i - 1, 1);
        sink.add(mix(now, words[i]), i - 1, 1);
      }
      long pair = mix(mix(PAIR, words[i]), words[i + 1]);
      int end = Math.min(words.length - 2, i + 1);
      sink.add(pair, first, end - first);
      sink.add(mix(now, pair), first, end - first);
      if (i + 2 < words.length) {
        end = Math.min(words.length - 2, i + 2);
        sink.add(mix(mix(GAP, words[i]), words[i + 2]), first, end - first);
        sink.add(mix(mix(mix(TRIPLE, words[i]), words[i + 1]), words[i + 2]), first, end - first);
      }
    }
  }

  private static void letters(String word, int at, Sink sink) {
    if (word.length() < LETTERS_MIN || word.charAt(0) == '{') {
      return;
    }
    int end = word.length() + 1;
    for (int from = -1; from < end; from++) {
      long hash = LETTERS;
      for (int to = from; to < end && to - from < LETTERS_MAX; to++) {
        hash = mix(hash, to < 0 || to == word.length() ? ' ' : word.charAt(to));
        if (to - from + 1 >= LETTERS_MIN) {
          sink.add(hash, at, 1);
        }
      }
    }
  }

  private static int bucket(int count) {
    int bucket = 0;
    while (bucket < LENGTHS.length && count > LENGTHS[bucket]) {
      bucket++;
    }
    return bucket;
  }

  /** Of a sentence as a whole, whenever it is said. */
  public static long sentence(List<String> items) {
    long hash = items.size();
    for (var item : items) {
      hash = mix(hash, hash(item));
    }
    return hash;
  }

  /** Of a sentence that means what it means at this moment only. */
  public static long sentence(List<String> items, Moment moment) {
    return mix(sentence(items), hash(moment));
  }

  private static long hash(Moment moment) {
    return MOMENTS.getOrDefault(moment, 0L);
  }

  private static long mix(long hash, long value) {
    long mixed = (hash ^ value * 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
    return mixed ^ mixed >>> 29;
  }

  private static long hash(String word) {
    long hash = word.length();
    for (int i = 0; i < word.length(); i++) {
      hash = mix(hash, word.charAt(i));
    }
    return hash;
  }
}
