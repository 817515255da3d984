package dev.usher.replica;

import dev.usher.raft.Configuration;
import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import dev.usher.raft.Role;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the nodes that answered, taken together, say of the members of the groups.
 *
 * @param nodes what each says of itself
 */
public record ClusterView(List<NodeStatus> nodes) {
  /** Leaders count before others, later terms before earlier ones, later logs before shorter. */
  private static final Comparator<GroupStatus> AUTHORITY =
      Comparator.<GroupStatus, Boolean>comparing(group -> group.role() == Role.LEADER)
          .thenComparingLong(GroupStatus::term)
          .thenComparingLong(GroupStatus::lastIndex);

  public ClusterView {
    nodes = List.copyOf(nodes);
  }

  static ClusterView of(List<PeerStatus> all) {
    return new ClusterView(all.stream().flatMap(peer -> peer.status().stream()).toList());
  }

  /** Who belongs to each group: as its leader says, or else who should know best. */
  public SortedMap<GroupId, Configuration> configurations() {
    SortedMap<GroupId, GroupStatus> best = new TreeMap<>();
    nodes.stream()
        .flatMap(node -> node.groups().stream())
        .forEach(
            group ->
                best.merge(group.group(), group, (a, b) -> AUTHORITY.compare(a, b) >= 0 ? a : b));
    SortedMap<GroupId, Configuration> configurations = new TreeMap<>();
    best.forEach((id, group) -> configurations.put(id, group.configuration()));
    return configurations;
  }

  SortedSet<NodeId> reachable() {
    return nodes.stream().map(NodeStatus::node).collect(Collectors.toCollection(TreeSet::new));
  }

  Optional<NodeStatus> status(NodeId node) {
    return nodes.stream().filter(status -> status.node().equals(node)).findFirst();
  }

  boolean isMember(NodeId node) {
    return configurations().values().stream().anyMatch(group -> group.isMember(node));
  }

  /** The voter with the longest log that answers, does not drain and is not the node itself. */
  Optional<NodeId> successor(GroupId group, NodeId of) {
    Configuration members = configurations().getOrDefault(group, Configuration.NONE);
    return nodes.stream()
        .filter(status -> !status.node().equals(of) && !status.draining())
        .filter(status -> members.voters().contains(status.node()))
        .max(Comparator.comparingLong(status -> lastIndex(status, group)))
        .map(NodeStatus::node);
  }

  private static long lastIndex(NodeStatus status, GroupId group) {
    return status.groups().stream()
        .filter(part -> part.group().equals(group))
        .mapToLong(GroupStatus::lastIndex)
        .max()
        .orElse(0);
  }

  /** Why the group would stand still with these voters; empty when it would not. */
  Optional<String> standstill(GroupId group, SortedSet<NodeId> voters) {
    if (voters.isEmpty()) {
      return Optional.of("group " + group + " would have no voter left");
    }
    SortedSet<NodeId> answering = new TreeSet<>(voters);
    answering.retainAll(reachable());
    int majority = voters.size() / 2 + 1;
    return answering.size() >= majority
        ? Optional.empty()
        : Optional.of(
            "group "
                + group
                + " would have the voters "
                + voters
                + ", of which "
                + majority
                + " must answer, and only "
                + answering
                + " do");
  }
}
