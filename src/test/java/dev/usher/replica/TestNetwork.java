package dev.usher.replica;

import static java.util.Objects.requireNonNull;

import dev.usher.raft.DirectoryId;
import dev.usher.raft.NodeId;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network between nodes of one JVM whose links can be cut, one way or both, or held up. Frames go
 * through the real codec.
 */
final class TestNetwork {
  private record Direction(NodeId from, NodeId to) {}

  private record Held(Direction direction, Frame frame) {}

  private final Map<NodeId, PeerTransport.Receiver> nodes = new ConcurrentHashMap<>();
  private final Map<NodeId, DirectoryId> directories = new ConcurrentHashMap<>();
  private final Set<Direction> cut = ConcurrentHashMap.newKeySet();
  private final Set<Direction> held = ConcurrentHashMap.newKeySet();
  private final Queue<Held> waiting = new ArrayDeque<>();

  PeerTransport transport(NodeId self) {
    return new PeerTransport() {
      @Override
      public void send(NodeId to, Frame frame) {
        TestNetwork.this.send(new Direction(self, to), frame);
      }

      @Override
      public boolean isConnected(NodeId to) {
        return nodes.containsKey(to) && !cut.contains(new Direction(self, to));
      }
    };
  }

  void attach(NodeId node, PeerTransport.Receiver receiver) {
    attach(node, DirectoryId.UNKNOWN, receiver);
  }

  void attach(NodeId node, DirectoryId directory, PeerTransport.Receiver receiver) {
    directories.put(node, directory);
    nodes.put(node, receiver);
  }

  /** A node's process ended: its peers notice. */
  void detach(NodeId node) {
    nodes.remove(node);
    nodes.values().forEach(other -> other.disconnected(node));
  }

  void cutOneWay(NodeId from, NodeId to) {
    cut.add(new Direction(from, to));
  }

  /** No frame gets in or out, and the watchdogs notice. */
  void isolate(NodeId node) {
    nodes.forEach(
        (other, receiver) -> {
          if (!other.equals(node)) {
            cutOneWay(node, other);
            cutOneWay(other, node);
            receiver.disconnected(node);
            requireNonNull(nodes.get(node)).disconnected(other);
          }
        });
  }

  void heal() {
    cut.clear();
  }

  /** Frames of this direction wait until {@link #release}. */
  void hold(NodeId from, NodeId to) {
    held.add(new Direction(from, to));
  }

  synchronized void release() {
    held.clear();
    for (Held next = waiting.poll(); next != null; next = waiting.poll()) {
      deliver(next.direction(), next.frame());
    }
  }

  private synchronized void send(Direction direction, Frame frame) {
    if (held.contains(direction)) {
      waiting.add(new Held(direction, frame));
    } else {
      deliver(direction, frame);
    }
  }

  private void deliver(Direction direction, Frame frame) {
    PeerTransport.Receiver receiver = nodes.get(direction.to());
    if (receiver == null || cut.contains(direction)) {
      return;
    }
    try {
      receiver.received(
          direction.from(),
          directories.getOrDefault(direction.from(), DirectoryId.UNKNOWN),
          PeerCodec.decode(PeerCodec.encode(frame)));
    } catch (MalformedFrameException e) {
      throw new AssertionError("the codec refuses its own frame " + frame, e);
    }
  }
}
