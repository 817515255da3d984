package dev.usher.replica;

import dev.usher.raft.Configuration;
import dev.usher.raft.DirectoryId;
import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who belongs to this cluster, as far as this node knows: the members of its groups, as their logs
 * say. A node without a log waits to be added, and lets in whoever calls it by its name. Where a
 * node is, it knows best itself; else the log says it, else the configuration file. Safe for any
 * thread.
 */
final class KnownNodes implements PeerIdentity.Members {
  private static final Logger log = LoggerFactory.getLogger(KnownNodes.class);

  /** Names kept of those that came and went, and of callers while this node waits. */
  private static final int NAMES_MAX = 256;

  private final NodeId self;

  /** The members as long as no group has told its own. */
  private final SortedSet<NodeId> founders;

  private final Map<NodeId, MemberAddress> configured;
  private final Map<GroupId, Configuration> configurations = new ConcurrentHashMap<>();
  private final Map<NodeId, MemberAddress> heard = new ConcurrentHashMap<>();
  private final Set<NodeId> former = ConcurrentHashMap.newKeySet();
  private final Set<NodeId> disownedBy = ConcurrentHashMap.newKeySet();
  private final Set<NodeId> linked = ConcurrentHashMap.newKeySet();

  /** Peers whose logs name another disk for this node. */
  private final Set<NodeId> missingOldDisk = ConcurrentHashMap.newKeySet();

  private volatile Consumer<SortedMap<NodeId, PeerAddress>> follower = addresses -> {};
  private volatile Belonging told = Belonging.MEMBER;

  /**
   * What a node knows when it starts.
   *
   * @param founders of the cluster, when this node is one of them
   * @param configured where nodes are according to the configuration file
   */
  KnownNodes(NodeId self, SortedSet<NodeId> founders, Map<NodeId, MemberAddress> configured) {
    this.self = self;
    this.founders = founders;
    this.configured = Map.copyOf(configured);
  }

  /** Who is told of the addresses, now and whenever they change. */
  synchronized void follow(Consumer<SortedMap<NodeId, PeerAddress>> next) {
    follower = next;
    next.accept(addresses());
  }

  synchronized void changed(GroupId group, Configuration configuration) {
    log.info(
        "members: group={} voters={} learners={} outgoing={}",
        group,
        configuration.voters(),
        configuration.learners(),
        configuration.outgoing());
    Configuration before = configurations.put(group, configuration);
    if (before != null && former.size() < NAMES_MAX) {
      former.addAll(before.members().keySet());
    }
    follower.accept(addresses());
    tellBelonging();
  }

  /** A peer came in, and says where it can be reached. */
  synchronized void heard(NodeId node, DirectoryId directory, Optional<MemberAddress> address) {
    if (address.isEmpty() || hasOtherDisk(node, directory) || heard.size() >= NAMES_MAX) {
      return;
    }
    if (!address.get().equals(heard.put(node, address.get()))) {
      follower.accept(addresses());
    }
  }

  /**
   * The link to a peer is up.
   *
   * @param otherDisk the peer's logs name another disk for this node
   */
  synchronized void linked(NodeId peer, boolean otherDisk) {
    linked.add(peer);
    disownedBy.remove(peer);
    if (otherDisk) {
      missingOldDisk.add(peer);
    } else {
      missingOldDisk.remove(peer);
    }
    tellBelonging();
  }

  /**
   * The link to a peer is down, or did not come up.
   *
   * @param disowned the peer said that this node is no member
   */
  synchronized void unlinked(NodeId peer, boolean disowned) {
    linked.remove(peer);
    missingOldDisk.remove(peer);
    if (disowned) {
      disownedBy.add(peer);
    } else {
      disownedBy.remove(peer);
    }
    tellBelonging();
  }

  private void tellBelonging() {
    Belonging now = belonging();
    if (now != told) {
      told = now;
      switch (now) {
        case WAITING -> log.info("belonging=WAITING; this node waits to be added to its cluster");
        case MEMBER -> log.info("belonging=MEMBER");
        case REMOVED ->
            log.warn(
                "belonging=REMOVED disowned-by={}; this node was removed from its cluster and may"
                    + " be stopped",
                new TreeSet<>(disownedBy));
        case OTHER_DISK ->
            log.warn(
                "belonging=OTHER_DISK said-by={}; the cluster's logs name another disk for {}, so"
                    + " this node counts for nothing until it is removed and added again",
                new TreeSet<>(missingOldDisk),
                self);
      }
    }
  }

  Belonging belonging() {
    SortedSet<NodeId> members = membersOfGroups();
    if (members.isEmpty()) {
      return Belonging.WAITING;
    }
    boolean isDisowned = !disownedBy.isEmpty() && linked.isEmpty();
    if (!members.contains(self) || isDisowned) {
      return Belonging.REMOVED;
    }
    // One peer may be behind; of a majority somebody knows what was decided.
    return missingOldDisk.size() > members.size() / 2 ? Belonging.OTHER_DISK : Belonging.MEMBER;
  }

  private SortedSet<NodeId> membersOfGroups() {
    SortedSet<NodeId> members = new TreeSet<>(configurations.isEmpty() ? founders : Set.of());
    configurations.values().forEach(group -> members.addAll(group.members().keySet()));
    return members;
  }

  /** While this node waits it knows nobody, and may be called by anybody. */
  @Override
  public boolean isKnown(NodeId node) {
    SortedSet<NodeId> members = membersOfGroups();
    return members.isEmpty() || members.contains(node);
  }

  @Override
  public boolean hasOtherDisk(NodeId node, DirectoryId directory) {
    return configurations.values().stream()
        .anyMatch(group -> group.isMember(node) && !group.recognizes(node, directory));
  }

  /** Whether this node has seen it as a member, in this life of its process. */
  boolean wasMember(NodeId node) {
    return former.contains(node) || configured.containsKey(node);
  }

  /** All members of any group, and this node. */
  SortedSet<NodeId> members() {
    SortedSet<NodeId> members = membersOfGroups();
    members.add(self);
    return members;
  }

  /** Where everybody listens for peers: the members, or who has called while this node waits. */
  SortedMap<NodeId, PeerAddress> addresses() {
    SortedSet<NodeId> nodes = members();
    if (nodes.size() == 1 && belonging() == Belonging.WAITING) {
      nodes.addAll(heard.keySet());
    }
    SortedMap<NodeId, PeerAddress> addresses = new TreeMap<>();
    nodes.forEach(node -> address(node).ifPresent(address -> addresses.put(node, address.peers())));
    return addresses;
  }

  /** host:port for clients; empty when it is not known. */
  String clientAddress(NodeId node) {
    return address(node).map(MemberAddress::clients).orElse("");
  }

  private Optional<MemberAddress> address(NodeId node) {
    return Optional.ofNullable(heard.get(node))
        .or(() -> inLog(node))
        .or(() -> Optional.ofNullable(configured.get(node)));
  }

  private Optional<MemberAddress> inLog(NodeId node) {
    return configurations.values().stream()
        .map(group -> group.members().getOrDefault(node, Configuration.Identity.UNKNOWN))
        .map(Configuration.Identity::address)
        .filter(text -> !text.isEmpty())
        .findFirst()
        .flatMap(KnownNodes::parse);
  }

  private static Optional<MemberAddress> parse(String text) {
    try {
      return Optional.of(MemberAddress.parse(text));
    } catch (IllegalArgumentException e) {
      log.warn("no address: cause={}", e.getMessage());
      return Optional.empty();
    }
  }
}
