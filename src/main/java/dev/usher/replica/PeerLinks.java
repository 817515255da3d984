package dev.usher.replica;

import dev.usher.raft.NodeId;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/** One {@link PeerLink} to every other node. */
final class PeerLinks implements PeerTransport {
  private record Link(ActorRef<PeerLink.Command> actor, AtomicBoolean isUp) {}

  private final Map<NodeId, Link> links = new TreeMap<>();
  private volatile @Nullable Receiver receiver;

  /** Opens the links, as children of the context's actor. */
  PeerLinks(
      ActorContext<?> context,
      SortedMap<NodeId, PeerAddress> peers,
      PeerIdentity identity,
      LinkTiming timing,
      Clock clock) {
    peers.forEach(
        (peer, address) -> {
          if (!peer.equals(identity.self())) {
            AtomicBoolean isUp = new AtomicBoolean();
            PeerLink.Ends ends =
                new PeerLink.Ends(peer, address, identity, timing, clock, isUp, this::disconnected);
            links.put(peer, new Link(context.spawn(PeerLink.create(ends), "link-" + peer), isUp));
          }
        });
  }

  /** Who is told of lost links from now on. */
  void tell(Receiver target) {
    receiver = target;
  }

  private void disconnected(NodeId peer) {
    Receiver target = receiver;
    if (target != null) {
      target.disconnected(peer);
    }
  }

  @Override
  public void send(NodeId to, Frame frame) {
    Link link = links.get(to);
    if (link != null && link.isUp().get()) {
      link.actor().tell(new PeerLink.Send(frame));
    }
  }

  @Override
  public boolean isConnected(NodeId to) {
    Link link = links.get(to);
    return link != null && link.isUp().get();
  }
}
