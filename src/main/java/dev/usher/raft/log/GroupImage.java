package dev.usher.raft.log;

import dev.usher.raft.Entry;
import dev.usher.raft.HardState;
import dev.usher.raft.Recovered;
import dev.usher.raft.SnapshotMeta;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One group as its records, in order, make it.
 *
 * <p>Behind a hole in the log nobody knows what it held: entries, or truncations. The group is then
 * in doubt until an entry follows that has the next index and the same term as the last one before
 * the hole: by the Log Matching Property (§5.3) nothing of the group was in it. Entries that follow
 * in any other way are not taken, they only tell how far the log had reached.
 */
final class GroupImage {
  private HardState hardState = HardState.INITIAL;
  private @Nullable SnapshotMeta snapshot;
  private final List<Entry> entries = new ArrayList<>();
  // The place before the first entry; unknown while older segments are gone and no snapshot is
  // known.
  private long baseIndex;
  private long baseTerm;
  // Older segments are gone, and what they held may reach beyond what was read so far: the next
  // entry
  // may have any index, if a later snapshot covers what lies before it.
  private boolean floating;

  private boolean inDoubt;
  // How far the log had reached, as far as is known of what follows the hole.
  private long reachedInDoubt = Long.MAX_VALUE;
  private OptionalLong damagedUntil = OptionalLong.empty();

  /**
   * An empty group.
   *
   * @param floating older segments are gone
   * @param inDoubt there was a hole before the group's first record
   */
  GroupImage(boolean floating, boolean inDoubt) {
    this.floating = floating;
    this.inDoubt = inDoubt;
  }

  /** Throws IllegalStateException when the record cannot follow those before it. */
  void add(LogRecord.OfGroup record) {
    switch (record) {
      case LogRecord.Appended appended -> append(appended.entry());
      case LogRecord.Voted voted -> vote(voted.hardState());
      case LogRecord.Truncated truncated -> truncate(truncated.fromIndex());
      case LogRecord.Compacted compacted -> compact(compacted.snapshot());
      case LogRecord.Damaged damaged -> damage(damaged);
      case LogRecord.Healed healed -> damagedUntil = OptionalLong.empty();
    }
  }

  /** Something that had been durable, and may have been this group's, is missing here. */
  void hole() {
    inDoubt = true;
    reachedInDoubt = Long.MAX_VALUE;
  }

  long lastIndex() {
    return baseIndex + entries.size();
  }

  /** Takes what the copy of the votes says; false when it contradicts the log. */
  boolean addVote(HardState copy) {
    boolean isNewer =
        copy.term() > hardState.term()
            || (copy.term() == hardState.term() && hardState.vote().isEmpty());
    if (isNewer) {
      hardState = copy;
    }
    return copy.term() < hardState.term()
        || copy.vote().isEmpty()
        || copy.vote().equals(hardState.vote());
  }

  /** What is certain of the group after its last record. */
  Recovered recovered() {
    OptionalLong damage = damagedUntil;
    boolean lacksBeginning = baseIndex > snapshotIndex();
    if (inDoubt || lacksBeginning) {
      long reached = inDoubt ? reachedInDoubt : lastIndex();
      damage = OptionalLong.of(Math.max(reached, damage.orElse(0)));
    }
    return new Recovered(
        hardState, Optional.ofNullable(snapshot), lacksBeginning ? List.of() : entries, damage);
  }

  private void append(Entry entry) {
    if (inDoubt && !settlesDoubt(entry)) {
      cut(entry.index());
      reachedInDoubt = entry.index();
      return;
    }
    inDoubt = false;
    if (floating && entries.isEmpty() && entry.index() > snapshotIndex()) {
      baseIndex = entry.index() - 1;
      floating = baseIndex > snapshotIndex();
    }
    if (entry.index() != lastIndex() + 1) {
      throw new IllegalStateException(
          "index " + entry.index() + " cannot follow index " + lastIndex());
    }
    entries.add(entry);
  }

  private boolean settlesDoubt(Entry entry) {
    boolean isPlaceKnown = !floating || !entries.isEmpty();
    return isPlaceKnown
        && entry.index() == lastIndex() + 1
        && (lastIndex() == 0 || entry.term() == lastTerm());
  }

  private long snapshotIndex() {
    return snapshot == null ? 0 : snapshot.lastIndex();
  }

  private long lastTerm() {
    return entries.isEmpty() ? baseTerm : entries.getLast().term();
  }

  private void vote(HardState next) {
    if (next.term() < hardState.term()) {
      throw new IllegalStateException(
          "term " + next.term() + " cannot follow term " + hardState.term());
    }
    hardState = next;
  }

  private void truncate(long fromIndex) {
    if (inDoubt) {
      reachedInDoubt = fromIndex - 1;
    } else if (!floating && (fromIndex <= baseIndex || fromIndex > lastIndex() + 1)) {
      throw new IllegalStateException(
          "cannot truncate from " + fromIndex + ", the log is " + baseIndex + " to " + lastIndex());
    }
    cut(fromIndex);
  }

  private void damage(LogRecord.Damaged mark) {
    damagedUntil = OptionalLong.of(mark.untilIndex());
    if (mark.fromIndex() <= snapshotIndex()) {
      // It was lost too: the group begins anew.
      snapshot = null;
    }
    if (mark.fromIndex() <= baseIndex || (floating && entries.isEmpty())) {
      // What was whole then went with older segments, if it was not damaged since: a later snapshot
      // covers it or it is lacking. What follows the mark is certain.
      inDoubt = false;
      entries.clear();
      baseIndex = mark.fromIndex() - 1;
      baseTerm = mark.termBefore();
      floating = baseIndex > snapshotIndex();
    } else {
      cut(mark.fromIndex());
      // What was whole when the mark was written may have been damaged since.
      inDoubt = inDoubt && !isWhole(mark);
      reachedInDoubt = mark.untilIndex();
    }
  }

  /** All that was there when damage was marked is still there, by (index, term). */
  private boolean isWhole(LogRecord.Damaged mark) {
    return lastIndex() == mark.fromIndex() - 1
        && (mark.termBefore() == LogRecord.Damaged.UNKNOWN_TERM || mark.termBefore() == lastTerm());
  }

  private void cut(long fromIndex) {
    if (fromIndex <= baseIndex && fromIndex > snapshotIndex()) {
      baseIndex = fromIndex - 1;
      entries.clear();
    } else if (fromIndex <= lastIndex()) {
      entries.subList((int) Math.max(0, fromIndex - 1 - baseIndex), entries.size()).clear();
    }
  }

  private void compact(SnapshotMeta next) {
    if (next.lastIndex() < snapshotIndex()) {
      throw new IllegalStateException(
          "snapshot " + next.lastIndex() + " cannot follow " + snapshotIndex());
    }
    boolean isBehindGap = !entries.isEmpty() && baseIndex > next.lastIndex();
    floating = floating && (entries.isEmpty() || isBehindGap);
    snapshot = next;
    if (!isBehindGap) {
      int covered = (int) Math.clamp(next.lastIndex() - baseIndex, 0, entries.size());
      entries.subList(0, covered).clear();
      baseIndex = next.lastIndex();
      baseTerm = next.lastTerm();
    }
  }
}
