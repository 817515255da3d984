package dev.usher.raft.log;

import dev.usher.raft.Entry;
import dev.usher.raft.GroupId;
import dev.usher.raft.HardState;
import dev.usher.raft.SnapshotMeta;

/** One record of the log. */
sealed interface LogRecord {
  /** A record of one group. */
  sealed interface OfGroup extends LogRecord {
    GroupId group();
  }

  record Appended(GroupId group, Entry entry) implements OfGroup {}

  record Voted(GroupId group, HardState hardState) implements OfGroup {}

  /** The group's entries from this index on are void. */
  record Truncated(GroupId group, long fromIndex) implements OfGroup {}

  /**
   * The group begins with this snapshot: its entries up to the snapshot's last one may be missing.
   */
  record Compacted(SnapshotMeta snapshot) implements OfGroup {
    @Override
    public GroupId group() {
      return snapshot.group();
    }
  }

  /**
   * Entries from {@code fromIndex} on, up to {@code untilIndex}, had been durable and were found
   * damaged; they are void here until they are fetched, and the node is no voter.
   *
   * @param termBefore of the entry before {@code fromIndex}, or {@link #UNKNOWN_TERM}: by the Log
   *     Matching Property (§5.3) it stands for all that was whole when this was written
   */
  record Damaged(GroupId group, long fromIndex, long untilIndex, long termBefore)
      implements OfGroup {
    /** Of a mark that an older program wrote, or that follows a truncation. */
    static final long UNKNOWN_TERM = -1;
  }

  /** What was damaged has been fetched. */
  record Healed(GroupId group) implements OfGroup {}

  /** The last record of a segment: the log goes on in the next one. */
  record Sealed() implements LogRecord {}
}
