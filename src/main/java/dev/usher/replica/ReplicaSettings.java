package dev.usher.replica;

import dev.usher.raft.NodeId;
import dev.usher.raft.RaftConfig;
import java.nio.file.Path;
import java.util.SortedMap;

/**
 * One node's place in its cluster.
 *
 * @param cluster the cluster's name; nodes of another one are refused
 * @param raft this node, all voters, and the timing that everything here follows
 * @param peers where every voter listens for its peers, this node included
 * @param bindHost the address to listen on, at this node's peer port
 * @param logDirectory the write-ahead log's own directory
 * @param logSegmentBytes preallocated at once, at least 8 MiB, so that the largest command fits;
 *     see {@link dev.usher.raft.log.LogOptions}
 */
public record ReplicaSettings(
    String cluster,
    RaftConfig raft,
    SortedMap<NodeId, PeerAddress> peers,
    String bindHost,
    Path logDirectory,
    int logSegmentBytes) {
  private static final int LOG_SEGMENT_BYTES_MIN = 2 * Proposal.COMMAND_BYTES_MAX;

  public ReplicaSettings {
    if (logSegmentBytes < LOG_SEGMENT_BYTES_MIN) {
      throw new IllegalArgumentException(
          "a log segment needs at least "
              + LOG_SEGMENT_BYTES_MIN
              + " bytes, not "
              + logSegmentBytes);
    }
    if (!peers.keySet().equals(raft.voters())) {
      throw new IllegalArgumentException(
          "peer addresses are given for " + peers.keySet() + ", the voters are " + raft.voters());
    }
  }

  NodeId self() {
    return raft.self();
  }
}
