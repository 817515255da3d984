package dev.usher.raft.log;

import dev.usher.raft.GroupId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/** Up to which index each group has entries in one segment: what tells when it may go. */
final class SegmentCover {
  private final long number;
  private final Map<GroupId, Long> lastIndexes = new HashMap<>();

  SegmentCover(long number) {
    this.number = number;
  }

  long number() {
    return number;
  }

  void add(LogRecord record) {
    if (record instanceof LogRecord.Appended appended) {
      lastIndexes.merge(appended.group(), appended.entry().index(), Math::max);
    }
  }

  /** The groups that still need an entry in here. */
  Set<GroupId> neededBy(ToLongFunction<GroupId> baseIndex) {
    Set<GroupId> needing = new TreeSet<>();
    lastIndexes.forEach(
        (group, last) -> {
          if (last > baseIndex.applyAsLong(group)) {
            needing.add(group);
          }
        });
    return needing;
  }
}
