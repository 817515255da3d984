package dev.usher.replica;

import dev.usher.raft.GroupId;

/**
 * A group could not be read in time: no leader of it could be reached, or too much was in flight.
 * Nothing was changed, try again.
 */
public final class UnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** No leader. */
  public UnavailableException(GroupId group) {
    this("no leader of group " + group + " answered in time");
  }

  private UnavailableException(String message) {
    super(message, null, false, false);
  }

  static UnavailableException overloaded(GroupId group) {
    return new UnavailableException("too many reads of group " + group + " are in flight");
  }
}
