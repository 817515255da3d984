package dev.usher.replica;

/** How a node stands to its cluster, as far as it can tell. */
public enum Belonging {
  /** It has an empty log, and waits to be added. */
  WAITING,
  MEMBER,
  /** It was a member once: its log says that it is none any more, or all peers that answer do. */
  REMOVED,
  /**
   * A majority of the members knows its name with another disk: it was started with an empty or an
   * old directory, and its word counts for nothing.
   */
  OTHER_DISK
}
