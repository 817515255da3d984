package dev.usher.replica;

import dev.usher.raft.NodeId;
import java.util.Optional;

/**
 * A member of the cluster as seen from here.
 *
 * @param status empty when it did not answer within 500 ms
 */
public record PeerStatus(NodeId node, Optional<NodeStatus> status) {}
