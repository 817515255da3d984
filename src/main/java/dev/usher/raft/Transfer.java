package dev.usher.raft;

import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Handing leadership over (thesis §3.10): proposals stop, the target catches up, then it is told to
 * campaign at once. If it does not lead within an election timeout this node goes on as before.
 */
final class Transfer {
  private final Member member;
  private final Replicator replicator;
  private @Nullable Progress target;
  private final Runnable beforeHandOver;
  private long deadlineMs;

  /**
   * @param beforeHandOver what must end before another node may be voted for (leases)
   */
  Transfer(Member member, Replicator replicator, Runnable beforeHandOver) {
    this.member = member;
    this.beforeHandOver = beforeHandOver;
    this.replicator = replicator;
  }

  boolean isUnderWay() {
    return target != null;
  }

  /**
   * Starts, towards the one asked for or else the follower with the longest log. Ignored while
   * another transfer is under way; aborted at once when the target is no other voter.
   */
  void start(Optional<NodeId> wanted) {
    if (target != null) {
      return;
    }
    Progress chosen = wanted.isPresent() ? replicator.find(wanted.get()) : mostUpToDate();
    if (chosen == null || !member.membership.current().isVoter(chosen.peer)) {
      member.emit(new Output.TransferAborted());
      return;
    }
    target = chosen;
    deadlineMs = member.nowMs() + member.config.electionTimeoutMaxMs();
    handOver();
  }

  /** The target may have caught up. Asking again is harmless: its next term ends this one. */
  void handOver() {
    Progress to = target;
    if (to != null && to.match() == member.log.lastIndex()) {
      beforeHandOver.run();
      member.send(to.peer, new Message.TimeoutNow(member.term()));
    }
  }

  /** This node has left the group: whoever has all may go on at once (thesis §4.2.2). */
  void leaveToTheBest() {
    Progress best = mostUpToDate();
    if (best != null && best.match() == member.log.lastIndex()) {
      beforeHandOver.run();
      member.send(best.peer, new Message.TimeoutNow(member.term()));
    }
  }

  /** The members have changed. */
  void configured() {
    Progress to = target;
    if (to != null && replicator.find(to.peer) == null) {
      target = null;
      member.emit(new Output.TransferAborted());
    }
  }

  void tick() {
    if (target != null && member.nowMs() >= deadlineMs) {
      target = null;
      member.emit(new Output.TransferAborted());
    }
  }

  private @Nullable Progress mostUpToDate() {
    return replicator.all().stream()
        .filter(progress -> member.membership.current().isVoter(progress.peer))
        .max(Comparator.comparingLong(Progress::match).thenComparingLong(p -> p.heardMs))
        .orElse(null);
  }
}
