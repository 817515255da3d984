package dev.usher.raft;

import java.util.List;

/**
 * A follower's log under one leader (§5.3): takes entries in, cuts conflicts off, and tells the
 * leader how far the logs are equal <em>on disk</em>. One answer covers everything that one fsync
 * made durable.
 */
final class FollowerLog {
  private final Member member;

  /** The log equals the leader's up to here, durable or not. */
  private long verifiedIndex;

  /** The greatest match index that was sent. */
  private long answeredIndex;

  private long readRound;

  /** A heartbeat waits for this term to be durable: happens at most once in a term. */
  private boolean owesAnswer;

  FollowerLog(Member member) {
    this.member = member;
  }

  void append(NodeId leader, Message.AppendRequest request) {
    readRound = Math.max(readRound, request.readRound());
    if (request.prevIndex() < member.log.baseIndex()) {
      appendAfterBase(leader, request);
      return;
    }
    if (!member.log.matches(request.prevIndex(), request.prevTerm())) {
      reject(leader, request);
      return;
    }
    boolean grew = takeIn(request.prevIndex(), request.entries());
    long lastNew = request.prevIndex() + request.entries().size();
    verifiedIndex = Math.max(verifiedIndex, lastNew);
    // Never beyond what this request has checked: what follows it may be another leader's
    // (copycat#265).
    member.commitTo(Math.min(request.leaderCommit(), lastNew));
    if (!member.durability.isHardStateDurable()) {
      owesAnswer = true;
    } else if (!grew) {
      answer(leader);
    }
  }

  /**
   * The place to compare is compacted away here. That is no conflict (openraft#511): all up to the
   * base is committed, so the leader has the same.
   */
  private void appendAfterBase(NodeId leader, Message.AppendRequest request) {
    long base = member.log.baseIndex();
    int known = (int) Math.min(base - request.prevIndex(), request.entries().size());
    append(
        leader,
        new Message.AppendRequest(
            request.term(),
            base,
            member.log.term(base),
            request.entries().subList(known, request.entries().size()),
            request.leaderCommit(),
            request.readRound()));
  }

  /** This log holds, or held before its snapshot, what is committed up to {@code index}. */
  void committedUpTo(NodeId leader, long index) {
    verifiedIndex = Math.max(verifiedIndex, index);
    if (member.durability.isHardStateDurable()) {
      answer(leader);
    } else {
      owesAnswer = true;
    }
  }

  /** Called when the current term is durable. */
  void persisted(NodeId leader) {
    if (owesAnswer || durableMatch() > answeredIndex) {
      answer(leader);
    }
  }

  /** True when entries were written. Only a real conflict of terms truncates (akka-raft#66). */
  private boolean takeIn(long prevIndex, List<Entry> entries) {
    int known = 0;
    for (; known < entries.size(); known++) {
      Entry entry = entries.get(known);
      long index = prevIndex + 1 + known;
      Invariant.check(
          entry.index() == index, "a request has no holes (index, expected)", entry.index(), index);
      if (index > member.log.lastIndex()) {
        break;
      }
      if (member.log.term(index) != entry.term()) {
        member.truncateFrom(index);
        break;
      }
    }
    for (int i = known; i < entries.size(); i++) {
      member.append(entries.get(i));
    }
    return known < entries.size();
  }

  private void answer(NodeId leader) {
    answeredIndex = durableMatch();
    member.healing.matched(answeredIndex);
    owesAnswer = false;
    member.send(leader, new Message.AppendSucceeded(member.term(), answeredIndex, readRound));
  }

  /**
   * Says where the logs may agree at the latest, whole terms at a time (§5.3). The read round is
   * confirmed only in a durable term.
   */
  private void reject(NodeId leader, Message.AppendRequest request) {
    long hint = member.log.lastIndexWithTermAtMost(request.prevIndex() - 1, request.prevTerm());
    member.send(
        leader,
        new Message.AppendRejected(
            member.term(),
            request.prevIndex(),
            hint,
            member.log.term(hint),
            member.durability.isHardStateDurable() ? readRound : 0));
  }

  private long durableMatch() {
    return Math.min(verifiedIndex, member.durability.durableIndex());
  }
}
