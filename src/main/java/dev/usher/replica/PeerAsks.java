package dev.usher.replica;

import dev.usher.raft.GroupId;
import dev.usher.raft.MembershipChange;
import dev.usher.raft.NodeId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * What this node asks one other node for: its status, and what only that one can do. Every answer
 * is empty when it did not come in time. Safe for any thread.
 */
final class PeerAsks {
  private final PeerTransport transport;
  private final PendingReplies<NodeStatus> statuses;
  private final PendingReplies<TransferResult> transfers;
  private final PendingReplies<MembershipChange.Outcome> changes;
  private final PendingReplies<Frame.DrainTold> drains;

  /**
   * Asks nothing yet.
   *
   * @param callbacks as in {@link PendingReplies}
   */
  PeerAsks(PeerTransport transport, RandomGenerator random, Executor callbacks) {
    this.transport = transport;
    this.statuses = new PendingReplies<>(random.nextLong(), callbacks);
    this.transfers = new PendingReplies<>(random.nextLong(), callbacks);
    this.changes = new PendingReplies<>(random.nextLong(), callbacks);
    this.drains = new PendingReplies<>(random.nextLong(), callbacks);
  }

  CompletableFuture<Optional<NodeStatus>> status(NodeId node, Duration timeout) {
    return statuses.ask(timeout, id -> transport.send(node, new Frame.StatusAsked(id)));
  }

  /**
   * Asks a leader to hand its leadership over.
   *
   * @param target empty: the most up-to-date follower
   */
  CompletableFuture<Optional<TransferResult>> transfer(
      NodeId leader, GroupId group, Optional<NodeId> target, Duration timeout) {
    return transfers.ask(
        timeout, id -> transport.send(leader, new Frame.TransferAsked(id, group, target)));
  }

  CompletableFuture<Optional<MembershipChange.Outcome>> change(
      NodeId leader, GroupId group, MembershipChange change, Duration timeout) {
    return changes.ask(
        timeout, id -> transport.send(leader, new Frame.MembershipAsked(id, group, change)));
  }

  /** Tells a node to drain, or to serve again; false when it did not hear in time. */
  CompletableFuture<Boolean> drain(NodeId node, boolean on, Duration timeout) {
    return drains
        .ask(timeout, id -> transport.send(node, new Frame.DrainAsked(id, on)))
        .thenApply(Optional::isPresent);
  }

  void told(Frame.StatusTold told) {
    statuses.answered(told.id(), told.status());
  }

  void told(Frame.TransferTold told) {
    transfers.answered(told.id(), told.result());
  }

  void told(Frame.MembershipTold told) {
    changes.answered(told.id(), told.outcome());
  }

  void told(Frame.DrainTold told) {
    drains.answered(told.id(), told);
  }
}
