package dev.usher.node.membership;

/** Where a node is on its way into the cluster. */
enum Membership {
  STARTING,
  /** Not a member of the groups, yet or any more: it keeps away from the cluster too. */
  APART,
  /** Looking for a peer that is in a cluster. */
  SEEKING,
  /**
   * Leads the system group, found no peer in a cluster, and is about to form one. Shown to the
   * others before leadership is confirmed; {@link ClusterKeeper} says why.
   */
  FORMING,
  JOINING,
  UP,
  /** The cluster gave this node up; the clustered system is being started anew. */
  RESTARTING,
  STOPPED;

  boolean hasAddress() {
    return this == FORMING || this == UP;
  }
}
