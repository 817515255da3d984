package dev.usher.raft;

import java.util.SortedSet;

/**
 * The constants of one group on one node. Times are milliseconds.
 *
 * @param voters all voters, this node included
 * @param heartbeatMs between two heartbeats of a leader
 * @param electionTimeoutMinMs inclusive
 * @param electionTimeoutMaxMs exclusive; more than the minimum
 * @param maxInFlightProposals accepted and not yet committed; one more is OVERLOADED
 * @param maxInFlightBytes the same in bytes of payload
 * @param maxAppendEntries in one AppendRequest
 * @param maxAppendBytes of payload in one AppendRequest (one entry always fits)
 * @param maxInFlightAppends AppendRequests with entries to one follower without an answer
 */
public record RaftConfig(
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
  public RaftConfig {
    if (!voters.contains(self)) {
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
  }

  /** The original timing: heartbeat 50 ms, election 150–300 ms, everything else generous. */
  public static RaftConfig standard(NodeId self, SortedSet<NodeId> voters) {
    return new RaftConfig(self, voters, 50, 150, 300, 4096, 16L << 20, 1024, 1 << 20, 16);
  }
}
