package dev.usher.replica;

import dev.usher.raft.Bytes;
import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What every known node's copy of a group was right after one and the same entry.
 *
 * @param digests empty for a node that did not answer in time, or was beyond the entry already
 */
public record GroupDigests(GroupId group, long index, SortedMap<NodeId, Optional<Bytes>> digests) {
  /** What a node's digest says about its copy. */
  public enum Verdict {
    /** As that of more than half of those that answered. */
    SAME,
    DIFFERENT,
    NO_ANSWER
  }

  public GroupDigests {
    digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
  }

  /**
   * Who is to be believed is a matter of majority: where none of those that answered agree, all of
   * them count as different.
   */
  public SortedMap<NodeId, Verdict> verdicts() {
    Optional<Bytes> agreed = agreed();
    SortedMap<NodeId, Verdict> verdicts = new TreeMap<>();
    digests.forEach(
        (node, digest) ->
            verdicts.put(
                node,
                digest.isEmpty()
                    ? Verdict.NO_ANSWER
                    : digest.equals(agreed) ? Verdict.SAME : Verdict.DIFFERENT));
    return verdicts;
  }

  private Optional<Bytes> agreed() {
    Map<Bytes, Integer> votes = new HashMap<>();
    digests.values().forEach(digest -> digest.ifPresent(d -> votes.merge(d, 1, Integer::sum)));
    int answered = votes.values().stream().mapToInt(Integer::intValue).sum();
    return votes.entrySet().stream()
        .filter(vote -> 2 * vote.getValue() > answered)
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
