package dev.usher.grpc;

import dev.usher.api.cluster.v1.ClusterChange;
import dev.usher.api.cluster.v1.ClusterChange.Kind;
import dev.usher.api.cluster.v1.ClusterStatus;
import dev.usher.api.cluster.v1.GroupStatus;
import dev.usher.api.cluster.v1.Node;
import dev.usher.api.cluster.v1.WatchClusterResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What of a cluster's status one reader is told: who leads, who follows and who is there at once,
 * how far they are now and then. Used by one thread at a time.
 */
final class ClusterNews {
  /**
   * When something is told that need not be told at once.
   *
   * @param indexes when only they have changed
   * @param keepAlive when nothing has
   */
  record Rhythm(Duration indexes, Duration keepAlive) {}

  private final Rhythm rhythm;
  private final LongSupplier nanoTime;
  private @Nullable ClusterStatus told;
  private long toldAtNanos;

  ClusterNews(Rhythm rhythm, LongSupplier nanoTime) {
    this.rhythm = rhythm;
    this.nanoTime = nanoTime;
  }

  /** What is to be told now that the status is this one. */
  Optional<WatchClusterResponse> of(ClusterStatus now) {
    ClusterStatus before = told;
    if (before == null) {
      return Optional.of(tell(now, List.of()));
    }
    var changes = changes(before, now);
    long sinceNanos = nanoTime.getAsLong() - toldAtNanos;
    boolean isDue =
        !changes.isEmpty()
            || sinceNanos >= rhythm.keepAlive().toNanos()
            || (sinceNanos >= rhythm.indexes().toNanos() && !ageless(before).equals(ageless(now)));
    return isDue ? Optional.of(tell(now, changes)) : Optional.empty();
  }

  private WatchClusterResponse tell(ClusterStatus now, List<ClusterChange> changes) {
    told = now;
    toldAtNanos = nanoTime.getAsLong();
    return WatchClusterResponse.newBuilder().setStatus(now).addAllChanges(changes).build();
  }

  /** That a node has grown a second older is no news. */
  private static ClusterStatus ageless(ClusterStatus status) {
    var without = status.toBuilder();
    without.getNodesBuilderList().forEach(node -> node.setUptimeSeconds(0));
    return without.build();
  }

  /** Everything that is different but for indexes and ages, node by node. */
  static List<ClusterChange> changes(ClusterStatus before, ClusterStatus after) {
    var old = byName(before);
    var now = byName(after);
    var names = new TreeSet<>(old.keySet());
    names.addAll(now.keySet());
    var changes = new ArrayList<ClusterChange>();
    for (var name : names) {
      var was = old.get(name);
      var is = now.get(name);
      if (was == null || is == null) {
        add(
            changes,
            Kind.KIND_NODE,
            name,
            "",
            was == null ? "" : "known",
            is == null ? "" : "known");
      } else {
        ofNode(was, is, changes);
      }
    }
    return changes;
  }

  private static Map<String, Node> byName(ClusterStatus status) {
    return status.getNodesList().stream()
        .collect(
            Collectors.toMap(Node::getName, Function.identity(), (a, b) -> b, LinkedHashMap::new));
  }

  private static void ofNode(Node was, Node is, List<ClusterChange> changes) {
    var name = is.getName();
    add(changes, Kind.KIND_REACHABILITY, name, "", reachability(was), reachability(is));
    if (!was.getReachable() || !is.getReachable()) {
      return;
    }
    add(changes, Kind.KIND_MEMBERSHIP, name, "", was.getMembership(), is.getMembership());
    for (var group : is.getGroupsList()) {
      was.getGroupsList().stream()
          .filter(other -> other.getGroup().equals(group.getGroup()))
          .findFirst()
          .ifPresent(other -> ofGroup(name, other, group, changes));
    }
  }

  private static void ofGroup(
      String node, GroupStatus was, GroupStatus is, List<ClusterChange> changes) {
    var group = is.getGroup();
    add(changes, Kind.KIND_ROLE, node, group, word(was.getRole()), word(is.getRole()));
    add(changes, Kind.KIND_LEADER, node, group, was.getLeader(), is.getLeader());
    add(
        changes,
        Kind.KIND_TERM,
        node,
        group,
        Long.toString(was.getTerm()),
        Long.toString(is.getTerm()));
  }

  private static void add(
      List<ClusterChange> changes,
      Kind kind,
      String node,
      String group,
      String before,
      String after) {
    if (!before.equals(after)) {
      changes.add(
          ClusterChange.newBuilder()
              .setKind(kind)
              .setNode(node)
              .setGroup(group)
              .setBefore(before)
              .setAfter(after)
              .build());
    }
  }

  private static String reachability(Node node) {
    return node.getReachable() ? "reachable" : "unreachable";
  }

  private static String word(GroupStatus.Role role) {
    return role.name().replaceFirst("^ROLE_", "").replace('_', ' ').toLowerCase(Locale.ROOT);
  }
}
