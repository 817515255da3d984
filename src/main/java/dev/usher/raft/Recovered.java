package dev.usher.raft;

import java.util.List;

/**
 * What a node found on its disk for one group.
 *
 * @param entries contiguous, the first has index 1
 */
public record Recovered(HardState hardState, List<Entry> entries) {
  public static final Recovered NOTHING = new Recovered(HardState.INITIAL, List.of());

  public Recovered {
    entries = List.copyOf(entries);
  }
}
