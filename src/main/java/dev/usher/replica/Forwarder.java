package dev.usher.replica;

import dev.usher.raft.Bytes;
import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * This node's proposals at other nodes. Bounded by its callers, who each take back what they no
 * longer wait for. Safe for any thread.
 */
final class Forwarder {
  private record Sent(NodeId to, Consumer<Fate> reply) {}

  private final PeerTransport transport;
  private final Map<Long, Sent> sent = new ConcurrentHashMap<>();
  // From a random start: an answer meant for this node's life before the restart must find nothing.
  private final AtomicLong nextId;

  Forwarder(PeerTransport transport, RandomGenerator random) {
    this.transport = transport;
    this.nextId = new AtomicLong(random.nextLong());
  }

  /** The reply is called at most once; not at all when the answer is lost on a living link. */
  long forward(NodeId leader, GroupId group, Bytes envelope, Consumer<Fate> reply) {
    long id = nextId.getAndIncrement();
    if (transport.isConnected(leader)) {
      sent.put(id, new Sent(leader, reply));
      transport.send(leader, new Frame.Proposed(group, id, envelope));
    } else {
      reply.accept(new Fate.NotLeader());
    }
    return id;
  }

  void answered(NodeId from, long id, Fate fate) {
    Sent waiting = sent.get(id);
    if (waiting != null && waiting.to().equals(from) && sent.remove(id, waiting)) {
      waiting.reply().accept(fate);
    }
  }

  /** What is on its way to or from this peer may never arrive. */
  void disconnected(NodeId peer) {
    sent.forEach(
        (id, waiting) -> {
          if (waiting.to().equals(peer) && sent.remove(id, waiting)) {
            waiting.reply().accept(new Fate.Lost());
          }
        });
  }

  void forget(long id) {
    sent.remove(id);
  }

  int size() {
    return sent.size();
  }
}
