package dev.usher.raft;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who belongs to a group (§6). Takes effect on a node as soon as it is in its log, committed or
 * not.
 *
 * <p>While {@code outgoing} is not empty the configuration is joint: elections, commits and reads
 * then need a majority of {@code voters} and a majority of {@code outgoing}.
 *
 * @param voters the voters, of the new configuration when it is joint
 * @param outgoing the voters of the old configuration while it is joint, otherwise empty
 * @param learners get the log and count for nothing
 * @param members who each of them is; exactly the union of the three
 */
public record Configuration(
    SortedSet<NodeId> voters,
    SortedSet<NodeId> outgoing,
    SortedSet<NodeId> learners,
    SortedMap<NodeId, Identity> members) {
  /** Nobody: what a node knows that waits to be added to a group. */
  public static final Configuration NONE = of(new TreeSet<>());

  /**
   * What tells a member from another of the same name, and where it listens.
   *
   * @param directory of its disk; unknown until the first leader has heard of it
   * @param address for peers, in the shell's own form; empty when it is not said here
   */
  public record Identity(DirectoryId directory, String address) {
    public static final Identity UNKNOWN = new Identity(DirectoryId.UNKNOWN, "");
  }

  public Configuration {
    voters = Collections.unmodifiableSortedSet(new TreeSet<>(voters));
    outgoing = Collections.unmodifiableSortedSet(new TreeSet<>(outgoing));
    learners = Collections.unmodifiableSortedSet(new TreeSet<>(learners));
    members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    SortedSet<NodeId> union = new TreeSet<>(voters);
    union.addAll(outgoing);
    if (!Collections.disjoint(union, learners)) {
      throw new IllegalArgumentException("a learner is no voter: " + learners + ", " + union);
    }
    union.addAll(learners);
    if (!union.equals(members.keySet())) {
      throw new IllegalArgumentException(
          "members are all voters and learners: " + members.keySet() + ", not " + union);
    }
  }

  /** The configuration that a group starts with: names only. */
  public static Configuration of(SortedSet<NodeId> voters) {
    SortedMap<NodeId, Identity> members = new TreeMap<>();
    voters.forEach(voter -> members.put(voter, Identity.UNKNOWN));
    return new Configuration(voters, new TreeSet<>(), new TreeSet<>(), members);
  }

  public boolean isJoint() {
    return !outgoing.isEmpty();
  }

  /** Does this node's word count in elections and commits? */
  public boolean isVoter(NodeId node) {
    return voters.contains(node) || outgoing.contains(node);
  }

  public boolean isMember(NodeId node) {
    return members.containsKey(node);
  }

  /** A member by name and by disk, as far as the directories are known. */
  public boolean recognizes(NodeId node, DirectoryId directory) {
    Identity identity = members.get(node);
    return identity != null && identity.directory().mayBe(directory);
  }

  // ---- what a change makes of it: pure, and judged by Membership before ----

  Configuration withLearner(NodeId node, Identity identity) {
    return new Configuration(voters, outgoing, with(learners, node), with(members, node, identity));
  }

  Configuration withoutLearner(NodeId node) {
    return new Configuration(voters, outgoing, without(learners, node), only(members, node));
  }

  /** Joint: the learner votes in the new half. */
  Configuration promoting(NodeId node) {
    return new Configuration(with(voters, node), voters, without(learners, node), members);
  }

  /** Joint: the voter votes in the old half only. */
  Configuration removing(NodeId node) {
    return new Configuration(without(voters, node), voters, learners, members);
  }

  /** The new half of a joint configuration. */
  Configuration settled() {
    SortedMap<NodeId, Identity> left = new TreeMap<>(members);
    left.keySet().removeIf(node -> !voters.contains(node) && !learners.contains(node));
    return new Configuration(voters, new TreeSet<>(), learners, left);
  }

  /** The same members, one of them with its disk known. */
  Configuration bound(NodeId node, DirectoryId directory) {
    Identity before = members.getOrDefault(node, Identity.UNKNOWN);
    return new Configuration(
        voters, outgoing, learners, with(members, node, new Identity(directory, before.address())));
  }

  private static SortedSet<NodeId> with(SortedSet<NodeId> set, NodeId node) {
    SortedSet<NodeId> changed = new TreeSet<>(set);
    changed.add(node);
    return changed;
  }

  private static SortedSet<NodeId> without(SortedSet<NodeId> set, NodeId node) {
    SortedSet<NodeId> changed = new TreeSet<>(set);
    changed.remove(node);
    return changed;
  }

  private static SortedMap<NodeId, Identity> with(
      Map<NodeId, Identity> map, NodeId node, Identity identity) {
    SortedMap<NodeId, Identity> changed = new TreeMap<>(map);
    changed.put(node, identity);
    return changed;
  }

  private static SortedMap<NodeId, Identity> only(Map<NodeId, Identity> map, NodeId left) {
    SortedMap<NodeId, Identity> changed = new TreeMap<>(map);
    changed.remove(left);
    return changed;
  }
}
