package dev.usher.raft;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who belongs to the group as far as this node's log says (§6): the latest configuration in the log
 * is in effect, committed or not, and one that is truncated takes itself back.
 */
final class Membership {
  private record Place(long index, Configuration configuration) {}

  private final NodeId self;
  private final DirectoryId directory;
  private final ArrayDeque<Place> inLog = new ArrayDeque<>();

  /** In effect where the log begins. */
  private Place base;

  private Configuration current;
  private List<NodeId> others = List.of();
  private List<NodeId> otherVoters = List.of();

  /** Disks of members whose configuration does not name them yet, as they said themselves. */
  private final Map<NodeId, DirectoryId> heard = new HashMap<>();

  Membership(RaftConfig config, Recovered recovered) {
    self = config.self();
    directory = config.directory();
    base =
        recovered
            .snapshot()
            .map(snapshot -> new Place(snapshot.lastIndex(), snapshot.configuration()))
            .orElse(new Place(0, Configuration.of(config.voters())));
    current = base.configuration();
    recovered.entries().forEach(this::appended);
    refresh();
  }

  Configuration current() {
    return current;
  }

  /** Where the configuration in effect stands in the log. */
  long currentIndex() {
    return inLog.isEmpty() ? base.index() : inLog.getLast().index();
  }

  /** All members but this node. */
  List<NodeId> others() {
    return others;
  }

  List<NodeId> otherVoters() {
    return otherVoters;
  }

  /** By name and by disk: a node that was wiped is not the voter that it once was. */
  boolean isSelfVoter() {
    return current.isVoter(self) && current.recognizes(self, directory);
  }

  /**
   * Is this the member that it says it is? Its word counts only then (Ongaro 2015, KAFKA-20740).
   */
  boolean recognizes(NodeId node, DirectoryId of) {
    Configuration.Identity identity = current.members().get(node);
    if (identity == null || !identity.directory().mayBe(of)) {
      return false;
    }
    if (of.isKnown() && !identity.directory().isKnown()) {
      heard.put(node, of);
    }
    return true;
  }

  /** The disk of a member, when it has been heard of; its own for this node. */
  DirectoryId heard(NodeId node) {
    return node.equals(self) ? directory : heard.getOrDefault(node, DirectoryId.UNKNOWN);
  }

  void appended(Entry entry) {
    if (entry.kind() == Entry.Kind.CONFIGURATION) {
      inLog.addLast(new Place(entry.index(), decoded(entry)));
      refresh();
    }
  }

  void truncatedFrom(long index) {
    boolean changed = false;
    while (!inLog.isEmpty() && inLog.getLast().index() >= index) {
      inLog.removeLast();
      changed = true;
    }
    if (changed) {
      refresh();
    }
  }

  /** The configuration in effect at a place of the log that is not before its beginning. */
  Configuration at(long index) {
    Configuration found = base.configuration();
    for (Place place : inLog) {
      if (place.index() <= index) {
        found = place.configuration();
      }
    }
    return found;
  }

  /** The log begins with a snapshot: what it says holds, and what follows it in the log. */
  void startFrom(SnapshotMeta snapshot) {
    base = new Place(snapshot.lastIndex(), snapshot.configuration());
    inLog.removeIf(place -> place.index() <= snapshot.lastIndex());
    refresh();
  }

  private void refresh() {
    current = inLog.isEmpty() ? base.configuration() : inLog.getLast().configuration();
    others = new ArrayList<>(current.members().keySet());
    others.remove(self);
    heard.keySet().removeIf(node -> !isUnnamed(node));
    otherVoters = others.stream().filter(current::isVoter).toList();
  }

  /** A member whose disk the configuration does not name. */
  private boolean isUnnamed(NodeId node) {
    Configuration.Identity identity = current.members().get(node);
    return identity != null && !identity.directory().isKnown();
  }

  private static Configuration decoded(Entry entry) {
    try {
      return ConfigurationText.decode(entry.payload());
    } catch (IllegalArgumentException e) {
      throw new InvariantViolation(
          "broken invariant: a configuration in the log can be read: index " + entry.index());
    }
  }
}
