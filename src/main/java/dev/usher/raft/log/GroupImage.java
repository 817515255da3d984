package dev.usher.raft.log;

import dev.usher.raft.Entry;
import dev.usher.raft.HardState;
import dev.usher.raft.Recovered;
import java.util.ArrayList;
import java.util.List;

/** One group as its records, in order, make it. */
final class GroupImage {
  private HardState hardState = HardState.INITIAL;
  private final List<Entry> entries = new ArrayList<>();

  /** Throws IllegalStateException when the record cannot follow those before it. */
  void add(LogRecord record) {
    switch (record) {
      case LogRecord.Appended appended -> append(appended.entry());
      case LogRecord.Voted voted -> vote(voted.hardState());
      case LogRecord.Truncated truncated -> truncate(truncated.fromIndex());
      case LogRecord.Sealed sealed -> throw new IllegalStateException("a seal has no group");
    }
  }

  long lastIndex() {
    return entries.size();
  }

  Recovered recovered() {
    return new Recovered(hardState, entries);
  }

  private void append(Entry entry) {
    if (entry.index() != lastIndex() + 1) {
      throw new IllegalStateException(
          "index " + entry.index() + " cannot follow index " + lastIndex());
    }
    entries.add(entry);
  }

  private void vote(HardState next) {
    if (next.term() < hardState.term()) {
      throw new IllegalStateException(
          "term " + next.term() + " cannot follow term " + hardState.term());
    }
    hardState = next;
  }

  private void truncate(long fromIndex) {
    if (fromIndex < 1 || fromIndex > lastIndex() + 1) {
      throw new IllegalStateException(
          "cannot truncate from " + fromIndex + ", the last index is " + lastIndex());
    }
    entries.subList((int) (fromIndex - 1), entries.size()).clear();
  }
}
