package dev.usher.raft;

/**
 * One entry of a group's log (§5.3).
 *
 * @param term the term of the leader that made it
 * @param index its place, from 1
 * @param timeMs log time: the leader's wall clock when it made the entry, milliseconds since 1970,
 *     never less than the entry before
 * @param kind what the payload is
 * @param payload empty for a no-op
 */
public record Entry(long term, long index, long timeMs, Kind kind, Bytes payload) {
  public enum Kind {
    /** The first entry of every term (§8): commits what earlier terms left. */
    NO_OP,
    /** A command for the state machine. */
    COMMAND,
    /** The members from here on, as {@link ConfigurationText}; nothing for the state machine. */
    CONFIGURATION
  }
}
