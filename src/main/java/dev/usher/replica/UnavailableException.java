package dev.usher.replica;

import dev.usher.raft.GroupId;

/**
 * A group could not be read in time: no leader of it could be reached, or too much was in flight.
 * Nothing was changed, try again.
 */
public final class UnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean isOverload;

  /** No leader. */
  public UnavailableException(GroupId group) {
    this("no leader of group " + group + " answered in time", false);
  }

  private UnavailableException(String message, boolean isOverload) {
    super(message, null, false, false);
    this.isOverload = isOverload;
  }

  /** Too many reads at once. */
  public static UnavailableException overloaded(GroupId group) {
    return new UnavailableException("too many reads of group " + group + " are in flight", true);
  }

  /** Whether there was too much to do, and not nobody to do it. */
  public boolean isOverload() {
    return isOverload;
  }
}
