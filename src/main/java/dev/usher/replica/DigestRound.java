package dev.usher.replica;

import dev.usher.raft.Bytes;
import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Asks every replica of a group for its digest right after one entry, which is chosen a little
 * ahead of the leader's log and reached with entries that do nothing: so everybody is asked before
 * being there.
 */
final class DigestRound {
  /** More entries than are made by others until the question has arrived everywhere, usually. */
  private static final int AHEAD = 32;

  private final NodeId self;
  private final KnownNodes nodes;
  private final PeerTransport transport;
  private final PendingReplies<Optional<Bytes>> replies;

  DigestRound(
      NodeId self,
      KnownNodes nodes,
      PeerTransport transport,
      PendingReplies<Optional<Bytes>> replies) {
    this.self = self;
    this.nodes = nodes;
    this.transport = transport;
    this.replies = replies;
  }

  CompletableFuture<GroupDigests> of(HostedGroup<?> group, Duration timeout) {
    return empty(group, timeout)
        .thenCompose(
            index -> {
              long chosen = index + AHEAD;
              var digests = at(group, chosen, timeout);
              return reach(group, chosen, timeout)
                  .thenCompose(reached -> digests)
                  .thenApply(found -> new GroupDigests(group.spec().id(), chosen, found));
            });
  }

  /** A peer asks for this node's own. */
  void asked(NodeId from, HostedGroup<?> group, Frame.DigestAsked asked) {
    group.digest(
        asked.index(), digest -> transport.send(from, new Frame.DigestTold(asked.id(), digest)));
  }

  void told(Frame.DigestTold told) {
    replies.answered(told.id(), told.digest());
  }

  /** Proposes what does nothing; gives its index. */
  private static CompletableFuture<Long> empty(HostedGroup<?> group, Duration timeout) {
    Proposal nothing = new Proposal("", Bytes.EMPTY, Bytes.EMPTY);
    return group
        .replica()
        .propose(nothing, timeout)
        .thenCompose(
            outcome ->
                outcome instanceof Outcome.Done done
                    ? CompletableFuture.completedFuture(done.revision())
                    : CompletableFuture.<Long>failedFuture(
                        new UnavailableException(group.spec().id())))
        .toCompletableFuture();
  }

  private static CompletableFuture<Long> reach(HostedGroup<?> group, long index, Duration timeout) {
    return empty(group, timeout)
        .thenCompose(
            at ->
                at >= index ? CompletableFuture.completedFuture(at) : reach(group, index, timeout));
  }

  private CompletableFuture<SortedMap<NodeId, Optional<Bytes>>> at(
      HostedGroup<?> group, long index, Duration timeout) {
    GroupId id = group.spec().id();
    SortedMap<NodeId, CompletableFuture<Optional<Bytes>>> asked = new TreeMap<>();
    for (NodeId node : nodes.members()) {
      asked.put(
          node,
          node.equals(self)
              ? own(group, index, timeout)
              : replies
                  .ask(timeout, ask -> transport.send(node, new Frame.DigestAsked(ask, id, index)))
                  .thenApply(answer -> answer.flatMap(digest -> digest)));
    }
    return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
        .thenApply(
            all -> {
              SortedMap<NodeId, Optional<Bytes>> digests = new TreeMap<>();
              asked.forEach((node, digest) -> digests.put(node, digest.join()));
              return digests;
            });
  }

  private static CompletableFuture<Optional<Bytes>> own(
      HostedGroup<?> group, long index, Duration timeout) {
    CompletableFuture<Optional<Bytes>> digest = new CompletableFuture<>();
    group.digest(index, digest::complete);
    return digest.completeOnTimeout(Optional.empty(), timeout.toMillis(), TimeUnit.MILLISECONDS);
  }
}
