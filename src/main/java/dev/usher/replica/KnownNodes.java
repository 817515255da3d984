package dev.usher.replica;

import dev.usher.raft.Configuration;
import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who belongs to this cluster, as far as this node knows: the members of its groups, as their logs
 * say, and the nodes of its configuration file, which are all that a new node knows. Safe for any
 * thread.
 */
final class KnownNodes {
  private static final Logger log = LoggerFactory.getLogger(KnownNodes.class);

  private final SortedMap<NodeId, PeerAddress> configured;
  private final Map<GroupId, Configuration> configurations = new ConcurrentHashMap<>();
  private volatile Consumer<SortedMap<NodeId, PeerAddress>> follower = addresses -> {};

  KnownNodes(SortedMap<NodeId, PeerAddress> configured) {
    this.configured = new TreeMap<>(configured);
  }

  /** Who is told of the addresses, now and whenever they change. */
  void follow(Consumer<SortedMap<NodeId, PeerAddress>> next) {
    follower = next;
    next.accept(addresses());
  }

  void changed(GroupId group, Configuration configuration) {
    log.info(
        "members: group={} voters={} learners={} outgoing={}",
        group,
        configuration.voters(),
        configuration.learners(),
        configuration.outgoing());
    configurations.put(group, configuration);
    follower.accept(addresses());
  }

  boolean isKnown(NodeId node) {
    return configured.containsKey(node)
        || configurations.values().stream().anyMatch(group -> group.isMember(node));
  }

  /** Where everybody listens; what a log says counts more than what the file says. */
  SortedMap<NodeId, PeerAddress> addresses() {
    SortedMap<NodeId, PeerAddress> addresses = new TreeMap<>(configured);
    configurations
        .values()
        .forEach(
            configuration ->
                configuration
                    .members()
                    .forEach((node, identity) -> add(addresses, node, identity.address())));
    return addresses;
  }

  private static void add(Map<NodeId, PeerAddress> addresses, NodeId node, String address) {
    if (!address.isEmpty()) {
      try {
        addresses.put(node, PeerAddress.parse(address));
      } catch (IllegalArgumentException e) {
        log.warn("no address: node={} cause={}", node, e.getMessage());
      }
    }
  }
}
