package dev.usher.raft.log;

import dev.usher.raft.Entry;
import dev.usher.raft.GroupId;
import dev.usher.raft.HardState;
import dev.usher.raft.Output;
import dev.usher.raft.Recovered;
import dev.usher.raft.SnapshotMeta;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What the log has to know of a group to go on writing it. */
final class GroupLog {
  private final GroupId group;
  private HardState hardState;
  private @Nullable SnapshotMeta snapshot;
  private long lastIndex;
  private long lastTerm;
  private OptionalLong damagedUntil;
  private boolean isDamageMarked;

  GroupLog(GroupId group, Recovered recovered) {
    this.group = group;
    this.hardState = recovered.hardState();
    this.snapshot = recovered.snapshot().orElse(null);
    this.lastIndex = baseIndex() + recovered.entries().size();
    this.lastTerm =
        recovered.entries().isEmpty() ? baseTerm() : recovered.entries().getLast().term();
    this.damagedUntil = recovered.damagedUntil();
  }

  HardState hardState() {
    return hardState;
  }

  /** Entries up to here may be missing in the log. */
  long baseIndex() {
    return snapshot == null ? 0 : snapshot.lastIndex();
  }

  private long baseTerm() {
    return snapshot == null ? 0 : snapshot.lastTerm();
  }

  /**
   * Turns a change into records.
   *
   * @throws IllegalArgumentException when it cannot follow, or an entry is larger than {@code
   *     recordBytesMax}
   */
  void write(Output.Persist persist, PendingRecords target, int recordBytesMax) {
    markDamage(target);
    if (persist.hardState().isPresent()) {
      hardState = persist.hardState().get();
      target.add(new LogRecord.Voted(group, hardState));
    }
    if (persist.truncateFrom().isPresent()) {
      truncate(persist.truncateFrom().getAsLong(), target);
    }
    if (persist.compaction().isPresent()) {
      compact(persist.compaction().get().snapshot(), target);
    }
    for (Entry entry : persist.entries()) {
      append(entry, target, recordBytesMax);
    }
  }

  /** Before anything is written over damage, the log says that it was there. */
  private void markDamage(PendingRecords target) {
    if (damagedUntil.isPresent() && !isDamageMarked) {
      isDamageMarked = true;
      target.add(damage());
    }
  }

  private LogRecord damage() {
    return new LogRecord.Damaged(group, lastIndex + 1, damagedUntil.orElseThrow(), lastTerm);
  }

  private void truncate(long from, PendingRecords target) {
    if (from <= baseIndex() || from > lastIndex + 1) {
      throw new IllegalArgumentException(
          "group "
              + group
              + ": cannot truncate from "
              + from
              + ", the log is "
              + (baseIndex() + 1)
              + " to "
              + lastIndex);
    }
    target.add(new LogRecord.Truncated(group, from));
    lastIndex = from - 1;
    lastTerm = lastIndex == baseIndex() ? baseTerm() : LogRecord.Damaged.UNKNOWN_TERM;
  }

  private void compact(SnapshotMeta next, PendingRecords target) {
    if (!next.group().equals(group) || next.lastIndex() < baseIndex()) {
      throw new IllegalArgumentException(
          "group " + group + ": snapshot " + next.lastIndex() + " cannot follow " + baseIndex());
    }
    target.add(new LogRecord.Compacted(next));
    snapshot = next;
    if (lastIndex <= next.lastIndex()) {
      lastIndex = next.lastIndex();
      lastTerm = next.lastTerm();
    }
  }

  private void append(Entry entry, PendingRecords target, int recordBytesMax) {
    if (entry.index() != lastIndex + 1) {
      throw new IllegalArgumentException(
          "group " + group + ": index " + entry.index() + " cannot follow index " + lastIndex);
    }
    LogRecord record = new LogRecord.Appended(group, entry);
    if (RecordFormat.bytesAtMost(record) > recordBytesMax) {
      throw new IllegalArgumentException(
          "group "
              + group
              + ": the payload of index "
              + entry.index()
              + " has "
              + entry.payload().size()
              + " bytes, more than a log segment takes");
    }
    target.add(record);
    lastIndex = entry.index();
    lastTerm = entry.term();
  }

  void healed(PendingRecords target) {
    if (damagedUntil.isPresent()) {
      damagedUntil = OptionalLong.empty();
      target.add(new LogRecord.Healed(group));
    }
  }

  /** The snapshot that the group began with is damaged: everything has to be fetched. */
  Recovered snapshotLost() {
    damagedUntil = OptionalLong.of(Math.max(lastIndex, damagedUntil.orElse(0)));
    isDamageMarked = false;
    snapshot = null;
    lastIndex = 0;
    lastTerm = 0;
    return new Recovered(hardState, Optional.empty(), List.of(), damagedUntil);
  }

  /** Everything that must not go with an old segment, once more. */
  void carryForward(PendingRecords target) {
    if (!hardState.equals(HardState.INITIAL)) {
      target.add(new LogRecord.Voted(group, hardState));
    }
    if (snapshot != null) {
      target.add(new LogRecord.Compacted(snapshot));
    }
    if (damagedUntil.isPresent()) {
      isDamageMarked = true;
      target.add(damage());
    }
  }
}
