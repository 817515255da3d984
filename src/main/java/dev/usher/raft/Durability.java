package dev.usher.raft;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What this node asked its disk to keep, and what the disk has confirmed.
 *
 * <p>A step collects all its writes into one {@link Output.Persist}. Confirmations go by sequence
 * number, never by index: an (index, term) may be written, truncated and written again while the
 * first confirmation is still on its way. What is truncated stops counting at once, in outstanding
 * writes too.
 */
final class Durability {
  /**
   * One Persist without an answer; {@code lastIndex} is 0 when it brought neither entries nor a
   * snapshot.
   */
  private static final class Write {
    final long sequence;
    final long askedAtMs;
    long lastIndex;

    Write(long sequence, long askedAtMs, long lastIndex) {
      this.sequence = sequence;
      this.askedAtMs = askedAtMs;
      this.lastIndex = lastIndex;
    }
  }

  private final LogView log;
  private final ArrayDeque<Write> outstanding = new ArrayDeque<>();
  private long asked;
  private long confirmed;
  private long hardStateSequence;
  private long durableIndex;

  private @Nullable HardState newHardState;
  private long newTruncateFrom;
  private long newEntriesFrom;
  private @Nullable SnapshotMeta newSnapshot;
  private boolean failed;

  /** What was recovered is on disk already. */
  Durability(LogView log) {
    this.log = log;
    durableIndex = log.lastIndex();
  }

  /** Entries up to here are on this node's disk, and are those of the log view. */
  long durableIndex() {
    return durableIndex;
  }

  /** True when the current term and vote are on disk, so that promises may be made in it (§5.1). */
  boolean isHardStateDurable() {
    return newHardState == null && hardStateSequence <= confirmed;
  }

  /** True when the oldest unanswered write has waited {@code limitMs} or longer. */
  boolean isStuck(long nowMs, long limitMs) {
    Write oldest = outstanding.peekFirst();
    return failed || (oldest != null && nowMs - oldest.askedAtMs >= limitMs);
  }

  /** Nothing will be confirmed any more. */
  void failed() {
    failed = true;
  }

  /** A restart is to begin with this snapshot; the log view begins with it, or before, already. */
  void compacted(SnapshotMeta snapshot) {
    newSnapshot = snapshot;
  }

  void hardState(HardState state) {
    newHardState = state;
  }

  /** Call before the log view is truncated. */
  void truncatingFrom(long index) {
    Invariant.check(newEntriesFrom == 0, "a step truncates before it appends");
    newTruncateFrom = index;
    durableIndex = Math.min(durableIndex, index - 1);
    for (Write write : outstanding) {
      write.lastIndex = Math.min(write.lastIndex, index - 1);
    }
  }

  /**
   * The log view is about to be a snapshot's: what is on disk now may be another history, and
   * counts for nothing until the compaction is durable.
   */
  void replacing() {
    durableIndex = 0;
    for (Write write : outstanding) {
      write.lastIndex = 0;
    }
  }

  /** The log view has just got the entry at {@code index}. */
  void appended(long index) {
    if (newEntriesFrom == 0) {
      newEntriesFrom = index;
    }
  }

  /** What this step has to write, or null. */
  Output.@Nullable Persist flush(long nowMs) {
    if (newHardState == null
        && newTruncateFrom == 0
        && newEntriesFrom == 0
        && newSnapshot == null) {
      return null;
    }
    long lastIndex = newEntriesFrom == 0 ? 0 : log.lastIndex();
    if (newSnapshot != null) {
      lastIndex = Math.max(lastIndex, newSnapshot.lastIndex());
    }
    List<Entry> entries =
        newEntriesFrom == 0 ? List.of() : log.slice(newEntriesFrom, log.lastIndex());
    asked++;
    if (newHardState != null) {
      hardStateSequence = asked;
    }
    Output.Persist persist =
        new Output.Persist(
            asked,
            Optional.ofNullable(newHardState),
            newTruncateFrom == 0 ? OptionalLong.empty() : OptionalLong.of(newTruncateFrom),
            Optional.ofNullable(newSnapshot).map(Output.Compaction::new),
            entries);
    outstanding.addLast(new Write(asked, nowMs, lastIndex));
    newHardState = null;
    newTruncateFrom = 0;
    newEntriesFrom = 0;
    newSnapshot = null;
    return persist;
  }

  /** Everything up to {@code sequence} is on disk. An old or repeated answer changes nothing. */
  void confirmed(long sequence) {
    Invariant.check(
        sequence <= asked,
        "the disk confirms what it was asked (sequence, asked)",
        sequence,
        asked);
    confirmed = Math.max(confirmed, sequence);
    for (Write write = outstanding.peekFirst();
        write != null && write.sequence <= confirmed;
        write = outstanding.peekFirst()) {
      outstanding.removeFirst();
      durableIndex = Math.max(durableIndex, write.lastIndex);
    }
    Invariant.check(
        durableIndex <= log.lastIndex(),
        "what is durable is in the log (durable, last index)",
        durableIndex,
        log.lastIndex());
  }
}
