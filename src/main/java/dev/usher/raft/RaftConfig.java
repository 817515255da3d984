package dev.usher.raft;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The constants of one group on one node. Times are milliseconds.
 *
 * @param directory this node's own; unknown only where identities do not matter
 * @param voters all voters of a new group, this node included; nobody for a node that waits to be
 *     added. Forgotten as soon as the log or a snapshot names a {@link Configuration}
 * @param heartbeatMs between two heartbeats of a leader
 * @param electionTimeoutMinMs inclusive
 * @param electionTimeoutMaxMs exclusive; more than the minimum
 * @param leaseMs how long a leader answers reads on the word of a majority, counted from when it
 *     asked; shorter than the shortest election timeout by the drift of two clocks in that time. 0:
 *     every read is confirmed by a round. All nodes of a group have it on, or none
 * @param maxInFlightProposals accepted and not yet committed; one more is OVERLOADED
 * @param maxInFlightBytes the same in bytes of payload
 * @param maxAppendEntries in one AppendRequest
 * @param maxAppendBytes of payload in one AppendRequest (one entry always fits)
 * @param maxInFlightAppends AppendRequests with entries to one follower without an answer
 * @param snapshots when they are taken, and how they travel
 */
public record RaftConfig(
    NodeId self,
    DirectoryId directory,
    SortedSet<NodeId> voters,
    long heartbeatMs,
    long electionTimeoutMinMs,
    long electionTimeoutMaxMs,
    long leaseMs,
    int maxInFlightProposals,
    long maxInFlightBytes,
    int maxAppendEntries,
    int maxAppendBytes,
    int maxInFlightAppends,
    Snapshots snapshots) {
  /**
   * Snapshots of a group.
   *
   * @param everyBytes of log (payload and 64 bytes for each entry) that are applied between two of
   *     them; {@code Long.MAX_VALUE}: only when asked for
   * @param keepEntries this many entries before a snapshot stay in memory for slow followers
   * @param chunkBytes in one message, at most 128 KiB
   */
  public record Snapshots(long everyBytes, int keepEntries, int chunkBytes) {
    public static final int CHUNK_BYTES_MAX = 128 << 10;
    public static final Snapshots ONLY_WHEN_ASKED =
        new Snapshots(Long.MAX_VALUE, 4096, CHUNK_BYTES_MAX);

    public Snapshots {
      if (everyBytes < 1 || keepEntries < 0 || chunkBytes < 1 || chunkBytes > CHUNK_BYTES_MAX) {
        throw new IllegalArgumentException(
            "snapshots every "
                + everyBytes
                + " bytes, keeping "
                + keepEntries
                + " entries, in chunks of "
                + chunkBytes
                + " bytes (at most "
                + CHUNK_BYTES_MAX
                + ")");
      }
    }
  }

  public RaftConfig {
    voters = Collections.unmodifiableSortedSet(new TreeSet<>(voters));
    if (!voters.isEmpty() && !voters.contains(self)) {
      throw new IllegalArgumentException(self + " is not among the voters " + voters);
    }
    if (heartbeatMs < 1
        || electionTimeoutMinMs <= heartbeatMs
        || electionTimeoutMaxMs <= electionTimeoutMinMs) {
      throw new IllegalArgumentException(
          "need 0 < heartbeat < shortest election timeout < longest, in ms: "
              + heartbeatMs
              + ", "
              + electionTimeoutMinMs
              + ", "
              + electionTimeoutMaxMs);
    }
    if (leaseMs < 0 || leaseMs >= electionTimeoutMinMs) {
      throw new IllegalArgumentException(
          "a lease is shorter than the shortest election timeout, in ms: "
              + leaseMs
              + ", "
              + electionTimeoutMinMs);
    }
  }

  /** Without a directory and a lease; snapshots only when they are asked for. */
  public RaftConfig(
      NodeId self,
      SortedSet<NodeId> voters,
      long heartbeatMs,
      long electionTimeoutMinMs,
      long electionTimeoutMaxMs,
      int maxInFlightProposals,
      long maxInFlightBytes,
      int maxAppendEntries,
      int maxAppendBytes,
      int maxInFlightAppends) {
    this(
        self,
        DirectoryId.UNKNOWN,
        voters,
        heartbeatMs,
        electionTimeoutMinMs,
        electionTimeoutMaxMs,
        0,
        maxInFlightProposals,
        maxInFlightBytes,
        maxAppendEntries,
        maxAppendBytes,
        maxInFlightAppends,
        Snapshots.ONLY_WHEN_ASKED);
  }

  /** The original timing: heartbeat 50 ms, election 150–300 ms, everything else generous. */
  public static RaftConfig standard(NodeId self, SortedSet<NodeId> voters) {
    return new RaftConfig(self, voters, 50, 150, 300, 4096, 16L << 20, 1024, 1 << 20, 16);
  }

  public RaftConfig withDirectory(DirectoryId known) {
    return with(known, leaseMs, snapshots);
  }

  /**
   * Leader leases on.
   *
   * @param driftPercent by which two nodes' clocks may differ in rate at most
   */
  public RaftConfig withLease(int driftPercent) {
    return with(directory, electionTimeoutMinMs * (100 - driftPercent) / 100 - 1, snapshots);
  }

  public RaftConfig withSnapshots(Snapshots other) {
    return with(directory, leaseMs, other);
  }

  private RaftConfig with(DirectoryId known, long lease, Snapshots other) {
    return new RaftConfig(
        self,
        known,
        voters,
        heartbeatMs,
        electionTimeoutMinMs,
        electionTimeoutMaxMs,
        lease,
        maxInFlightProposals,
        maxInFlightBytes,
        maxAppendEntries,
        maxAppendBytes,
        maxInFlightAppends,
        other);
  }

  boolean hasLease() {
    return leaseMs > 0;
  }
}
