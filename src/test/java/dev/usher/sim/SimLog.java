package dev.usher.sim;

import dev.usher.raft.Entry;
import dev.usher.raft.Output;
import dev.usher.raft.Recovered;
import dev.usher.raft.SnapshotMeta;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One node's log, on its disk or as its engine sees it. Keeps what a snapshot lets it forget, as
 * long as it is not replaced by one, so that the checks see more than the engine.
 */
final class SimLog {
  private long base;
  private final List<Entry> entries = new ArrayList<>();
  SnapshotMeta snapshot;

  /** What a restart found. */
  static SimLog of(Recovered found) {
    SimLog log = new SimLog();
    log.snapshot = found.snapshot().orElse(null);
    log.base = log.snapshotIndex();
    log.entries.addAll(found.entries());
    return log;
  }

  SimLog copy() {
    SimLog copy = new SimLog();
    copy.base = base;
    copy.entries.addAll(entries);
    copy.snapshot = snapshot;
    return copy;
  }

  long snapshotIndex() {
    return snapshot == null ? 0 : snapshot.lastIndex();
  }

  long lastIndex() {
    return base + entries.size();
  }

  boolean has(long index) {
    return index > base && index <= lastIndex();
  }

  Entry get(long index) {
    return entries.get((int) (index - base - 1));
  }

  /** The term there, -1 when only a snapshot tells of it. */
  long term(long index) {
    if (index == 0) {
      return 0;
    }
    if (has(index)) {
      return get(index).term();
    }
    return snapshot != null && snapshot.lastIndex() == index ? snapshot.lastTerm() : -1;
  }

  /** The latest configuration, unless it is older than all that is known here. */
  Optional<Entry> configuration() {
    for (int at = entries.size() - 1; at >= 0; at--) {
      if (entries.get(at).kind() == Entry.Kind.CONFIGURATION) {
        return Optional.of(entries.get(at));
      }
    }
    return Optional.empty();
  }

  /** The entry, or a snapshot of a committed state with it. */
  boolean holds(long index, long term) {
    return has(index) ? get(index).term() == term : index <= snapshotIndex();
  }

  void apply(Output.Persist write) {
    write.truncateFrom().ifPresent(this::truncateFrom);
    write.compaction().ifPresent(compaction -> compacted(compaction.snapshot()));
    entries.addAll(write.entries());
  }

  void truncateFrom(long from) {
    entries.subList((int) (from - base - 1), entries.size()).clear();
  }

  private void compacted(SnapshotMeta to) {
    snapshot = to;
    if (lastIndex() < to.lastIndex()) {
      entries.clear();
      base = to.lastIndex();
    }
  }

  /** What a restart gets: the snapshot and what follows it. */
  List<Entry> afterSnapshot() {
    int from = (int) (snapshotIndex() - base);
    return from >= entries.size() ? List.of() : List.copyOf(entries.subList(from, entries.size()));
  }

  Optional<SnapshotMeta> recoveredSnapshot() {
    return Optional.ofNullable(snapshot);
  }
}
