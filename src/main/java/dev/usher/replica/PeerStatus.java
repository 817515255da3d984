package dev.usher.replica;

import dev.usher.raft.NodeId;
import java.util.Optional;

/**
 * A member of the cluster as seen from here.
 *
 * @param clientAddress host:port; empty when it is not known
 * @param status empty when it did not answer within 500 ms
 */
public record PeerStatus(NodeId node, String clientAddress, Optional<NodeStatus> status) {}
