package dev.usher.sim;

import static dev.usher.sim.SimFailure.check;

/** What a node must have again before it may say that its damaged log is healed. */
final class HealingSafety {
  private HealingSafety() {}

  /**
   * All that it may have helped to commit: what a leader of its term, or an earlier one, has
   * committed, and what its term's leader gave it and may commit yet.
   */
  static void healed(SimNode node, Safety safety) {
    if (node.disk.damagedUntil.isEmpty()) {
      return;
    }
    long term = node.engine.status().term();
    SimLog lost = node.disk.lost;
    for (long index = lost.snapshotIndex() + 1; index <= lost.lastIndex(); index++) {
      long lostTerm = lost.term(index);
      boolean counts = lostTerm == term || safety.isCommitted(index, lostTerm, term);
      check(
          !counts || node.disk.log.holds(index, lostTerm),
          "a healed log holds what it may have helped to commit",
          node.id,
          index);
    }
  }
}
