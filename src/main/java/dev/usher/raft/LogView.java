package dev.usher.raft;

import java.util.Arrays;
import java.util.List;

/**
 * The log of one group as this node sees it, in memory (§5.3), durable or not.
 *
 * <p>Invariants: indexes are contiguous from {@code firstIndex}; terms and log times never
 * decrease. The place before the first entry is the base: index 0 and term 0, or an entry of which
 * a compaction has left no more than that (§7).
 */
final class LogView {
  private long baseIndex;
  private long baseTerm;
  private long baseTimeMs;
  private Entry[] entries;
  private int size;

  LogView(List<Entry> recovered) {
    this(0, 0, 0, recovered);
  }

  LogView(long baseIndex, long baseTerm, long baseTimeMs, List<Entry> recovered) {
    this.baseIndex = baseIndex;
    this.baseTerm = baseTerm;
    this.baseTimeMs = baseTimeMs;
    entries = new Entry[Math.max(16, recovered.size() * 2)];
    for (Entry entry : recovered) {
      append(entry);
    }
  }

  long firstIndex() {
    return baseIndex + 1;
  }

  /** The place before the first entry: equal in all logs of the group, since it is committed. */
  long baseIndex() {
    return baseIndex;
  }

  long lastIndex() {
    return baseIndex + size;
  }

  long lastTerm() {
    return size == 0 ? baseTerm : entries[size - 1].term();
  }

  /** Log time of the last entry, 0 when there never was one. */
  long lastTimeMs() {
    return size == 0 ? baseTimeMs : entries[size - 1].timeMs();
  }

  /** The term at {@code index}, which is in the log or its base. */
  long term(long index) {
    return index == baseIndex ? baseTerm : get(index).term();
  }

  Entry get(long index) {
    Invariant.check(
        index > baseIndex && index <= lastIndex(),
        "an entry that is read is in the log (index, last index)",
        index,
        lastIndex());
    return entries[slot(index)];
  }

  /** The consistency check of AppendEntries (§5.3): is there such an entry? */
  boolean matches(long index, long term) {
    return index >= baseIndex && index <= lastIndex() && term(index) == term;
  }

  /** Is a log that ends so at least as up-to-date as this one (§5.4.1)? */
  boolean isUpToDate(long otherLastIndex, long otherLastTerm) {
    return otherLastTerm > lastTerm()
        || (otherLastTerm == lastTerm() && otherLastIndex >= lastIndex());
  }

  void append(Entry entry) {
    Invariant.check(
        entry.index() == lastIndex() + 1,
        "the log has no holes (index, expected)",
        entry.index(),
        lastIndex() + 1);
    Invariant.check(
        entry.term() >= lastTerm(),
        "terms never decrease along the log (term, last term)",
        entry.term(),
        lastTerm());
    Invariant.check(
        entry.timeMs() >= lastTimeMs(),
        "log time never decreases (time, last time)",
        entry.timeMs(),
        lastTimeMs());
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, size * 2);
    }
    entries[size++] = entry;
  }

  /** Forgets {@code from} and everything after it. */
  void truncateFrom(long from) {
    Invariant.check(
        from > baseIndex && from <= lastIndex(),
        "what is truncated is in the log (from, last index)",
        from,
        lastIndex());
    int keep = slot(from);
    Arrays.fill(entries, keep, size, null);
    size = keep;
  }

  /** Forgets everything up to {@code index}, which becomes the base (§7). */
  void compactTo(long index) {
    if (index <= baseIndex) {
      return;
    }
    Entry last = get(index);
    int left = (int) (lastIndex() - index);
    Entry[] kept = new Entry[Math.max(16, left * 2)];
    System.arraycopy(entries, size - left, kept, 0, left);
    entries = kept;
    size = left;
    baseIndex = index;
    baseTerm = last.term();
    baseTimeMs = last.timeMs();
  }

  /** Forgets everything; the log goes on after a snapshot (§7). */
  void resetTo(SnapshotMeta snapshot) {
    entries = new Entry[16];
    size = 0;
    baseIndex = snapshot.lastIndex();
    baseTerm = snapshot.lastTerm();
    baseTimeMs = snapshot.lastTimeMs();
  }

  private int slot(long index) {
    return (int) (index - baseIndex - 1);
  }

  /**
   * The last place not after {@code limit} whose term is at most {@code term}: where two logs may
   * agree at the latest, given one (index, term) of the other. Terms never decrease, so this is a
   * binary search.
   */
  long lastIndexWithTermAtMost(long limit, long term) {
    long low = baseIndex;
    long high = Math.min(limit, lastIndex());
    while (low < high) {
      long middle = (low + high + 1) >>> 1;
      if (term(middle) <= term) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** Entries {@code from} to {@code to}, both inclusive. */
  List<Entry> slice(long from, long to) {
    if (from > to) {
      return List.of();
    }
    if (from == to) {
      return List.of(get(from));
    }
    Invariant.check(
        from > baseIndex && to <= lastIndex(), "a slice is within the log (from, to)", from, to);
    return Arrays.asList(entries).subList(slot(from), slot(to) + 1);
  }

  /** The last index of a batch that starts at {@code from}: within both limits, at least one. */
  long endOfBatch(long from, int maxEntries, int maxBytes) {
    long last = Math.min(lastIndex(), from + maxEntries - 1);
    long bytes = 0;
    for (long index = from; index <= last; index++) {
      bytes += get(index).payload().size();
      if (bytes > maxBytes && index > from) {
        return index - 1;
      }
    }
    return last;
  }

  long bytes(long from, long to) {
    long sum = 0;
    for (long index = from; index <= to; index++) {
      sum += get(index).payload().size();
    }
    return sum;
  }
}
