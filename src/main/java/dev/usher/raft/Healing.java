package dev.usher.raft;

import java.util.OptionalLong;

/**
 * A log that had been durable and was damaged (Protocol-Aware Recovery, FAST '18). This node may
 * have acknowledged what it has lost, so it keeps its vote and its voice to itself until it has on
 * disk again whatever could have been committed with its help.
 *
 * <p>That is so when its log equals a leader's up to the end of the damage, or up to an entry of a
 * later term than it had known: that term's leader was elected without it and has everything that
 * was committed before (§5.4.3), and nothing that it acknowledged earlier counts there.
 */
final class Healing {
  private final Member member;
  private final long recoveredTerm;
  private final long damagedUntil;
  private boolean healed;

  Healing(Member member, OptionalLong damagedUntil, long recoveredTerm) {
    this.member = member;
    this.recoveredTerm = recoveredTerm;
    this.damagedUntil = damagedUntil.orElse(0);
    healed = damagedUntil.isEmpty();
  }

  boolean isUnderWay() {
    return !healed;
  }

  /** This node's disk equals the current leader's up to {@code index}. */
  void matched(long index) {
    if (healed || index < member.log.baseIndex()) {
      return;
    }
    if (index >= damagedUntil || member.log.term(index) > recoveredTerm) {
      healed = true;
      member.emit(new Output.LogHealed());
    }
  }
}
