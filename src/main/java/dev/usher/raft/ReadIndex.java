package dev.usher.raft;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Linearizable reads without log entries (§8, thesis §6.4).
 *
 * <p>A read asked now belongs to a round that begins now or later; every request of the leader
 * carries its round, and a majority that echoes the round proves that nobody else led when it
 * began. One round is under way at a time: what is asked meanwhile shares the next one. A leader
 * does not know the commit index of earlier terms before it has committed in its own, so until then
 * reads wait.
 */
final class ReadIndex {
  /** One read; {@code requester} is null for one of this node's own. */
  private record Waiting(@Nullable NodeId requester, long readId, long round, long index) {}

  private final Member member;
  private final Replicator replicator;
  private final Lease lease;
  private final ArrayDeque<Waiting> early = new ArrayDeque<>();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private boolean committedInTerm;
  private long round;
  private long confirmed;

  ReadIndex(Member member, Replicator replicator, Lease lease) {
    this.member = member;
    this.replicator = replicator;
    this.lease = lease;
  }

  /** At most as many reads wait as proposals may be in flight; one more is refused. */
  void ask(@Nullable NodeId requester, long readId) {
    if (committedInTerm && lease.holds()) {
      release(new Waiting(requester, readId, round, member.commitIndex()));
    } else if (early.size() + waiting.size() >= member.config.maxInFlightProposals()) {
      refuse(requester, readId);
    } else if (!committedInTerm) {
      early.addLast(new Waiting(requester, readId, 0, 0));
    } else {
      join(requester, readId);
      beginIfDue();
    }
  }

  /** The leader has committed an entry of its own term: now its commit index is the group's. */
  void committedInTerm() {
    if (committedInTerm) {
      return;
    }
    committedInTerm = true;
    for (Waiting read : early) {
      join(read.requester(), read.readId());
    }
    early.clear();
    beginIfDue();
  }

  /** A heartbeat is about to go out anyway: whoever waits for the next round gets it now. */
  void beforeHeartbeat() {
    if (isNextWanted() || lease.isOn()) {
      begin();
      acknowledged();
    }
  }

  /** Some follower has confirmed a round. */
  void acknowledged() {
    if (waiting.isEmpty() && !lease.isOn()) {
      return;
    }
    long reached = replicator.quorumReadRound();
    if (reached <= confirmed) {
      return;
    }
    confirmed = reached;
    lease.confirmed(confirmed);
    for (Waiting read = waiting.peekFirst();
        read != null && read.round() <= confirmed;
        read = waiting.peekFirst()) {
      waiting.removeFirst();
      release(read);
    }
    beginIfDue();
  }

  /** Leadership is over: nobody here can confirm anything any more. */
  void refuseAll() {
    for (Waiting read : early) {
      refuse(read.requester(), read.readId());
    }
    for (Waiting read : waiting) {
      refuse(read.requester(), read.readId());
    }
    early.clear();
    waiting.clear();
  }

  private void join(@Nullable NodeId requester, long readId) {
    waiting.addLast(new Waiting(requester, readId, round + 1, member.commitIndex()));
  }

  private boolean isNextWanted() {
    return !waiting.isEmpty() && waiting.getLast().round() > round;
  }

  private void beginIfDue() {
    if (isNextWanted() && round <= confirmed) {
      begin();
      replicator.heartbeat();
      acknowledged();
    }
  }

  private void begin() {
    round++;
    lease.begun(round);
    replicator.readRound(round);
  }

  private void release(Waiting read) {
    NodeId requester = read.requester();
    if (requester == null) {
      member.emit(new Output.ReadReady(read.readId(), read.index()));
    } else {
      replicator.announceCommit(requester);
      member.send(
          requester, new Message.ReadIndexGranted(member.term(), read.readId(), read.index()));
    }
  }

  private void refuse(@Nullable NodeId requester, long readId) {
    if (requester == null) {
      member.emit(new Output.ReadRejected(readId));
    } else {
      member.send(requester, new Message.ReadIndexRefused(member.term(), readId));
    }
  }
}
