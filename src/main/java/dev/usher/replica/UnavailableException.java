package dev.usher.replica;

import dev.usher.raft.GroupId;

/** No leader of a group could be reached in time; nothing was changed, try again. */
public final class UnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UnavailableException(GroupId group) {
    super("no leader of group " + group + " answered in time", null, false, false);
  }
}
