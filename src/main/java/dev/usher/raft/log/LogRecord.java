package dev.usher.raft.log;

import dev.usher.raft.Entry;
import dev.usher.raft.GroupId;
import dev.usher.raft.HardState;

/** One record of the log. */
sealed interface LogRecord {
  record Appended(GroupId group, Entry entry) implements LogRecord {}

  record Voted(GroupId group, HardState hardState) implements LogRecord {}

  /** The group's entries from this index on are void. */
  record Truncated(GroupId group, long fromIndex) implements LogRecord {}

  /** The last record of a segment: the log goes on in the next one. */
  record Sealed() implements LogRecord {}
}
