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
 *
 * <p>When the leader of the same term goes on, neither may ever be: the end of the damage is
 * further than any log reaches, because it is not known or because what stood there never got
 * anywhere, and an idle leader writes nothing. So this node asks that leader where its log ends;
 * the damage that matters ends there at the latest. What this node acknowledged in this term it
 * acknowledged to this leader, whose log never gets shorter while it leads, so that the answer
 * covers acknowledgements of this node's former lives which are still on their way and may yet be
 * counted. The commit index would not: those may raise it later. What this node acknowledged in
 * earlier terms and could be committed by it is in this leader's log from the start (§5.4.3).
 *
 * <p>The ticket is this life's own. An answer that was given to an earlier life says where the log
 * ended before the last damage: that life may have acknowledged more since and lost it again.
 * Within one life answers may come late or twice, because this life has lost nothing. They may even
 * outlive the term: what a later leader has up to there holds all that was committed. Later terms
 * need no question, since every leader begins with an entry of its own.
 */
final class Healing {
  private final Member member;
  private final long recoveredTerm;
  private final long ticket;
  private long damagedUntil;
  private boolean answered;
  private boolean healed;

  Healing(Member member, OptionalLong damagedUntil, long recoveredTerm) {
    this.member = member;
    this.recoveredTerm = recoveredTerm;
    this.damagedUntil = damagedUntil.orElse(0);
    healed = damagedUntil.isEmpty();
    ticket = healed ? 0 : member.drawTicketStart();
  }

  boolean isUnderWay() {
    return !healed;
  }

  /** The leader is alive: it is asked, and asked again as long as the answer may be lost. */
  void heartbeat(NodeId leader) {
    if (!healed && !answered && member.term() == recoveredTerm) {
      member.send(leader, new Message.LogEndRequest(recoveredTerm, ticket));
    }
  }

  /** The current leader's log ended there after this life had begun. */
  void logEnd(long toTicket, long lastIndex) {
    if (!healed && toTicket == ticket) {
      answered = true;
      damagedUntil = Math.min(damagedUntil, lastIndex);
    }
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
