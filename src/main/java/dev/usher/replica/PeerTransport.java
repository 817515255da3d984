package dev.usher.replica;

import dev.usher.raft.DirectoryId;
import dev.usher.raft.NodeId;
import java.util.Optional;

/**
 * How frames get to the other nodes. They may be lost, late and out of order; never altered. Safe
 * for any thread, and never blocks.
 */
interface PeerTransport {
  void send(NodeId to, Frame frame);

  /** False while a frame sent now would surely be lost. */
  boolean isConnected(NodeId to);

  /** Where a transport hands over what it gets. Safe for any thread. */
  interface Receiver {
    /**
     * A frame came in.
     *
     * @param directory the sender's, as it said when it connected
     */
    void received(NodeId from, DirectoryId directory, Frame frame);

    /**
     * A peer has connected.
     *
     * @param address where it says that it can be reached
     */
    void cameIn(NodeId peer, DirectoryId directory, Optional<MemberAddress> address);

    /** What was sent to this peer lately, or is expected from it, may not arrive. */
    void disconnected(NodeId peer);
  }
}
