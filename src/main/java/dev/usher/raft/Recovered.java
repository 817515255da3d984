package dev.usher.raft;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a node found on its disk for one group.
 *
 * @param hardState intact in any case: a node whose term and vote are lost must not start
 * @param snapshot the one that the log named last ({@link Output.Compaction}), whole and intact;
 *     the state machine starts from it
 * @param entries contiguous, the first follows the snapshot, or has index 1
 * @param damagedUntil present when entries after those given, up to this index, had been durable
 *     and are lost: the node then votes for nobody and leads nothing until {@link
 *     Output.LogHealed}. The shell keeps this on disk until then, over restarts too, before it
 *     writes anything over the damage. {@code Long.MAX_VALUE} when it cannot be told.
 */
public record Recovered(
    HardState hardState,
    Optional<SnapshotMeta> snapshot,
    List<Entry> entries,
    OptionalLong damagedUntil) {
  public static final Recovered NOTHING = new Recovered(HardState.INITIAL, List.of());

  public Recovered {
    entries = List.copyOf(entries);
  }

  /** An intact log from index 1 on. */
  public Recovered(HardState hardState, List<Entry> entries) {
    this(hardState, Optional.empty(), entries, OptionalLong.empty());
  }
}
