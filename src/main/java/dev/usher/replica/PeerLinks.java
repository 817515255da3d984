package dev.usher.replica;

import dev.usher.raft.NodeId;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/** One {@link PeerLink} to every other node, whoever that is at the moment. */
final class PeerLinks implements PeerTransport, PeerLink.Owner {
  private record Link(
      PeerAddress address,
      ActorRef<PeerLink.Command> actor,
      AtomicReference<@Nullable PeerStream> up) {}

  /** These are all nodes now. */
  private record Follow(SortedMap<NodeId, PeerAddress> addresses) {}

  // Written by the keeper only.
  private final Map<NodeId, Link> links = new ConcurrentHashMap<>();
  private final KnownNodes nodes;
  private final PeerIdentity identity;
  private final LinkTiming timing;
  private volatile @Nullable Receiver receiver;
  private long linksMade;

  /** Opens the links, as descendants of the context's actor, and follows the nodes. */
  PeerLinks(ActorContext<?> context, KnownNodes nodes, PeerIdentity identity, LinkTiming timing) {
    this.nodes = nodes;
    this.identity = identity;
    this.timing = timing;
    ActorRef<Follow> keeper = context.spawn(keeper(), "links");
    nodes.follow(addresses -> keeper.tell(new Follow(addresses)));
  }

  private Behavior<Follow> keeper() {
    return Behaviors.receive(
        (context, follow) -> {
          follow(context, follow.addresses());
          return Behaviors.same();
        });
  }

  private void follow(ActorContext<Follow> context, SortedMap<NodeId, PeerAddress> addresses) {
    links.forEach(
        (peer, link) -> {
          if (!link.address().equals(addresses.get(peer))) {
            links.remove(peer);
            context.stop(link.actor());
          }
        });
    addresses.forEach(
        (peer, address) -> {
          if (!peer.equals(identity.self()) && !links.containsKey(peer)) {
            links.put(peer, link(context, peer, address));
          }
        });
  }

  private Link link(ActorContext<Follow> context, NodeId peer, PeerAddress address) {
    AtomicReference<@Nullable PeerStream> up = new AtomicReference<>();
    PeerLink.Ends ends = new PeerLink.Ends(peer, address, identity, timing, up, this);
    String name = "link-" + peer + "-" + ++linksMade;
    var actor = context.spawn(PeerLink.create(ends), name, PeerLoop.dispatcher());
    return new Link(address, actor, up);
  }

  /** Who is told of lost links from now on. */
  void tell(Receiver target) {
    receiver = target;
  }

  @Override
  public void linked(NodeId peer, boolean otherDisk) {
    nodes.linked(peer, otherDisk);
  }

  @Override
  public void unlinked(NodeId peer, boolean wasUp, boolean disowned) {
    nodes.unlinked(peer, disowned);
    Receiver target = receiver;
    if (wasUp && target != null) {
      target.disconnected(peer);
    }
  }

  @Override
  public void send(NodeId to, Frame frame) {
    PeerStream stream = up(to);
    if (stream != null) {
      stream.send(PeerCodec.encode(frame));
    }
  }

  @Override
  public boolean isConnected(NodeId to) {
    return up(to) != null;
  }

  private @Nullable PeerStream up(NodeId to) {
    Link link = links.get(to);
    return link == null ? null : link.up().get();
  }
}
