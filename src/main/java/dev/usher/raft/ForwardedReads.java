package dev.usher.raft;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A follower's reads that wait for a read index from the leader. Tickets, not the callers' read
 * ids, go over the wire, and they start at a random number: an answer that was late, or meant for
 * an earlier life of this node, finds nothing to release (etcd#20418).
 */
final class ForwardedReads {
  private record Pending(long ticket, long readId, long deadlineMs) {}

  private final Member member;
  private final ArrayDeque<Pending> pending = new ArrayDeque<>();
  private long nextTicket;

  ForwardedReads(Member member) {
    this.member = member;
    nextTicket = member.drawTicketStart();
  }

  /** At most as many as proposals may be in flight; one more is rejected. */
  void ask(NodeId leader, long readId) {
    if (pending.size() >= member.config.maxInFlightProposals()) {
      member.emit(new Output.ReadRejected(readId));
      return;
    }
    long ticket = nextTicket++;
    pending.addLast(
        new Pending(ticket, readId, member.nowMs() + member.config.electionTimeoutMaxMs()));
    member.send(leader, new Message.ReadIndexRequest(member.term(), ticket));
  }

  void granted(long ticket, long index) {
    Pending read = take(ticket);
    if (read != null) {
      member.emit(new Output.ReadReady(read.readId(), index));
    }
  }

  void refused(long ticket) {
    Pending read = take(ticket);
    if (read != null) {
      member.emit(new Output.ReadRejected(read.readId()));
    }
  }

  /** Gives up on what the leader has not answered for the longest election timeout. */
  void expire() {
    for (Pending read = pending.peekFirst();
        read != null && read.deadlineMs() <= member.nowMs();
        read = pending.peekFirst()) {
      pending.removeFirst();
      member.emit(new Output.ReadRejected(read.readId()));
    }
  }

  void rejectAll() {
    for (Pending read : pending) {
      member.emit(new Output.ReadRejected(read.readId()));
    }
    pending.clear();
  }

  /** Answers come in order almost always, so the search ends at the first. */
  private @Nullable Pending take(long ticket) {
    for (var reads = pending.iterator(); reads.hasNext(); ) {
      Pending read = reads.next();
      if (read.ticket() == ticket) {
        reads.remove();
        return read;
      }
    }
    return null;
  }
}
