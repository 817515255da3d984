package dev.usher.replica;

import dev.usher.raft.NodeId;
import dev.usher.raft.RaftConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.SortedMap;

/**
 * One node's place in its cluster.
 *
 * @param cluster the cluster's name; nodes of another one are refused
 * @param raft this node, all voters, and the timing that everything here follows
 * @param peers where the nodes that are known at the start can be reached, this node included; who
 *     joins later says so itself, and is known by the groups' logs
 * @param bindHost the address to listen on, at this node's peer port
 * @param logDirectory the write-ahead log's own directory
 * @param logSegmentBytes preallocated at once, at least 8 MiB, so that the largest command fits;
 *     see {@link dev.usher.raft.log.LogOptions}
 * @param diskHangMax when a force has not returned for so long, the disk counts as failed
 */
public record ReplicaSettings(
    String cluster,
    RaftConfig raft,
    SortedMap<NodeId, MemberAddress> peers,
    String bindHost,
    Path logDirectory,
    int logSegmentBytes,
    Duration diskHangMax) {
  public static final Duration DISK_HANG_MAX_DEFAULT = Duration.ofSeconds(10);

  private static final int LOG_SEGMENT_BYTES_MIN = 2 * Proposal.COMMAND_BYTES_MAX;

  public ReplicaSettings {
    if (logSegmentBytes < LOG_SEGMENT_BYTES_MIN) {
      throw new IllegalArgumentException(
          "a log segment needs at least "
              + LOG_SEGMENT_BYTES_MIN
              + " bytes, not "
              + logSegmentBytes);
    }
    if (!peers.containsKey(raft.self()) || !peers.keySet().containsAll(raft.voters())) {
      throw new IllegalArgumentException(
          "peer addresses are given for "
              + peers.keySet()
              + ", this node is "
              + raft.self()
              + ", the voters are "
              + raft.voters());
    }
  }

  /** With a disk that may take ten seconds for a force. */
  public ReplicaSettings(
      String cluster,
      RaftConfig raft,
      SortedMap<NodeId, MemberAddress> peers,
      String bindHost,
      Path logDirectory,
      int logSegmentBytes) {
    this(cluster, raft, peers, bindHost, logDirectory, logSegmentBytes, DISK_HANG_MAX_DEFAULT);
  }

  NodeId self() {
    return raft.self();
  }

  MemberAddress own() {
    return Objects.requireNonNull(peers.get(raft.self()));
  }
}
