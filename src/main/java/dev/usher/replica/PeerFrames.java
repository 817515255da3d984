package dev.usher.replica;

import dev.usher.raft.DirectoryId;
import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings every frame that comes in to whom it is for, and the answers back. */
final class PeerFrames implements PeerTransport.Receiver {
  private static final Logger log = LoggerFactory.getLogger(PeerFrames.class);
  private static final int UNKNOWN_GROUPS_LOGGED_MAX = 100;

  private final Replicas replicas;
  private final KnownNodes nodes;
  private final PeerTransport transport;
  private final Forwarder forwarder;
  private final PeerAsks asks;
  private final DigestRound digests;
  private final Set<String> unknownGroups = ConcurrentHashMap.newKeySet();

  PeerFrames(
      Replicas replicas,
      KnownNodes nodes,
      PeerTransport transport,
      Forwarder forwarder,
      PeerAsks asks,
      DigestRound digests) {
    this.replicas = replicas;
    this.nodes = nodes;
    this.transport = transport;
    this.forwarder = forwarder;
    this.asks = asks;
    this.digests = digests;
  }

  @Override
  public void received(NodeId from, DirectoryId directory, Frame frame) {
    switch (frame) {
      case Frame.Raft raft ->
          tell(from, raft.group(), new RaftActor.FromPeer(from, directory, raft.message()));
      case Frame.Proposed asked ->
          tell(
              from,
              asked.group(),
              new RaftActor.Propose(
                  asked.envelope(),
                  fate ->
                      transport.send(from, new Frame.Answered(asked.group(), asked.id(), fate))));
      case Frame.Answered answered -> forwarder.answered(from, answered.id(), answered.fate());
      case Frame.StatusAsked asked -> {
        var unused =
            replicas
                .status()
                .thenAccept(
                    status -> transport.send(from, new Frame.StatusTold(asked.id(), status)));
      }
      case Frame.StatusTold told -> asks.told(told);
      case Frame.TransferAsked asked ->
          tell(
              from,
              asked.group(),
              new RaftActor.Transfer(
                  asked.target(),
                  result -> transport.send(from, new Frame.TransferTold(asked.id(), result))));
      case Frame.TransferTold told -> asks.told(told);
      case Frame.MembershipAsked asked ->
          tell(
              from,
              asked.group(),
              new RaftActor.Change(
                  asked.change(),
                  outcome -> transport.send(from, new Frame.MembershipTold(asked.id(), outcome))));
      case Frame.MembershipTold told -> asks.told(told);
      case Frame.DigestAsked asked ->
          hosted(from, asked.group()).ifPresent(group -> digests.asked(from, group, asked));
      case Frame.DigestTold told -> digests.told(told);
      case Frame.DrainAsked asked -> {
        replicas.drain(asked.drain());
        transport.send(from, new Frame.DrainTold(asked.id()));
      }
      case Frame.DrainTold told -> asks.told(told);
    }
  }

  private void tell(NodeId from, GroupId group, RaftActor.Command command) {
    hosted(from, group).ifPresent(hosted -> hosted.raft().tell(command));
  }

  /** Empty, and logged once for each peer, when this node has no such group. */
  private Optional<HostedGroup<?>> hosted(NodeId from, GroupId id) {
    Optional<HostedGroup<?>> group = replicas.hosted(id);
    if (group.isEmpty()
        && unknownGroups.size() < UNKNOWN_GROUPS_LOGGED_MAX
        && unknownGroups.add(from + "/" + id)) {
      log.warn("frame refused: peer={} cause=unknown group {}", from, id);
    }
    return group;
  }

  @Override
  public void cameIn(NodeId peer, DirectoryId directory, Optional<MemberAddress> address) {
    nodes.heard(peer, directory, address);
  }

  @Override
  public void disconnected(NodeId peer) {
    forwarder.disconnected(peer);
  }
}
