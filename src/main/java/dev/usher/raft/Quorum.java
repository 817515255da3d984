package dev.usher.raft;

import java.util.Arrays;

/** What a majority of the voters has reached: pure functions (§5.2, §5.3). */
final class Quorum {
  private Quorum() {}

  /** The fewest voters of which any two sets overlap. */
  static int size(int voters) {
    return voters / 2 + 1;
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
