package dev.usher.raft;

import java.util.Optional;

/**
 * What a node must never forget (§5.1): its term and the vote it gave in that term.
 *
 * @param term from 0
 * @param vote whom this node voted for in {@code term}
 */
public record HardState(long term, Optional<NodeId> vote) {
  public static final HardState INITIAL = new HardState(0, Optional.empty());
}
