package dev.usher.chat.model;

/** Numbers 64-bit hashes from 0 in the order of their coming; open addressing. */
final class LongIndex {
  private static final long EMPTY = 0;

  private long[] keys = new long[1 << 12];
  private int[] numbers = new int[1 << 12];
  private int size;

  int size() {
    return size;
  }

  /** The number of a key, or -1. */
  int get(long key) {
    long wanted = key == EMPTY ? 1 : key;
    int mask = keys.length - 1;
    int at = place(wanted, mask);
    while (keys[at] != EMPTY) {
      if (keys[at] == wanted) {
        return numbers[at];
      }
      at = at + 1 & mask;
    }
    return -1;
  }

  /** The number of a key, a new one if need be. */
  int add(long key) {
    int known = get(key);
    if (known >= 0) {
      return known;
    }
    if (size * 2 >= keys.length) {
      grow();
    }
    put(key == EMPTY ? 1 : key, size);
    return size++;
  }

  private void put(long key, int number) {
    int mask = keys.length - 1;
    int at = place(key, mask);
    while (keys[at] != EMPTY) {
      at = at + 1 & mask;
    }
    keys[at] = key;
    numbers[at] = number;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldNumbers = numbers;
    keys = new long[oldKeys.length * 2];
    numbers = new int[oldKeys.length * 2];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != EMPTY) {
        put(oldKeys[i], oldNumbers[i]);
      }
    }
  }

  /** The keys in the order of their numbers. */
  long[] keys() {
    long[] ordered = new long[size];
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != EMPTY) {
        ordered[numbers[i]] = keys[i];
      }
    }
    return ordered;
  }

  static LongIndex of(long[] keys) {
    var index = new LongIndex();
    for (long key : keys) {
      index.add(key);
    }
    return index;
  }

  private static int place(long key, int mask) {
    return (int) (key ^ key >>> 32) & mask;
  }
}
