package dev.usher.raft;

import java.util.Arrays;
import java.util.Set;
import java.util.SortedSet;

/** What a majority of the voters has reached: pure functions (§5.2, §5.3). */
final class Quorum {
  private Quorum() {}

  /** The fewest voters of which any two sets overlap. */
  static int size(int voters) {
    return voters / 2 + 1;
  }

  /** Has a majority voted, in both halves of a joint configuration (§6)? */
  static boolean isReached(Configuration configuration, Set<NodeId> votes) {
    return isMajority(configuration.voters(), votes)
        && (!configuration.isJoint() || isMajority(configuration.outgoing(), votes));
  }

  private static boolean isMajority(SortedSet<NodeId> voters, Set<NodeId> votes) {
    int count = 0;
    for (NodeId voter : voters) {
      if (votes.contains(voter)) {
        count++;
      }
    }
    return count >= size(voters.size());
  }

  /**
   * The greatest value that a majority has reached, of one value for each voter. Sorts the array it
   * is given, which spares the caller's hot path a copy.
   */
  static long reached(long[] values) {
    Arrays.sort(values);
    return values[values.length - size(values.length)];
  }
}
