package dev.usher.cli.load;

import dev.usher.api.cluster.v1.ClusterStatus;
import dev.usher.api.cluster.v1.GetClusterStatusRequest;
import dev.usher.api.cluster.v1.GroupStatus;
import dev.usher.api.cluster.v1.Node;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.Leadership;
import dev.usher.cli.client.Poll;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.client.Waiting;
import dev.usher.cli.local.LocalCluster;
import dev.usher.cli.local.ProcessSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Kills a leader with SIGKILL every so often and starts it again: the leader of one group, the next
 * time that of the next. A death waits until the node of the one before is ready again, however
 * long that takes, because two of three nodes can't be spared.
 */
final class LeaderKiller {
  private final LocalCluster cluster;
  private final UsherClient operator;
  private final Duration every;
  private final Consumer<String> news;
  private final CountDownLatch enough = new CountDownLatch(1);
  private final Comeback comeback;
  private final CompletableFuture<List<Death>> killed;

  private LeaderKiller(
      LocalCluster cluster, UsherClient operator, Duration every, Consumer<String> news) {
    this.cluster = cluster;
    this.operator = operator;
    this.every = every;
    this.news = news;
    this.comeback = new Comeback(Waiting.real(), cluster.startLimit());
    this.killed =
        every.isZero()
            ? CompletableFuture.completedFuture(List.of())
            : CompletableFuture.supplyAsync(
                this::go, task -> Thread.ofPlatform().name("leader-killer").start(task));
  }

  /** The first leader dies after {@code every}; from now on nobody else may use the cluster. */
  static LeaderKiller start(
      LocalCluster cluster, UsherClient operator, Duration every, Consumer<String> news) {
    return new LeaderKiller(cluster, operator, every, news);
  }

  /**
   * Ends it once the last victim serves again, or is too late.
   *
   * @return the nodes that were killed, in order
   * @throws RuntimeException when one of them could not be killed, ended anew, or left the others
   *     without a quorum for too long
   */
  List<Death> stop() {
    enough.countDown();
    try {
      return killed.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private List<Death> go() {
    var victims = new ArrayList<Death>();
    long due = System.nanoTime() + every.toNanos();
    while (!enoughAt(due)) {
      var victim = cluster.layout().node(leader(victims.size())).orElseThrow();
      cluster.kill(victim);
      news.accept("killed " + victim.name());
      cluster.relaunch(victim);
      victims.add(
          comeback.await(victim.name(), () -> missing(victim), () -> sells(victim), this::isOver));
      due = Math.max(due + every.toNanos(), System.nanoTime());
    }
    return List.copyOf(victims);
  }

  private Optional<String> missing(ProcessSpec victim) {
    var missing = cluster.missing(victim);
    missing.ifPresent(what -> news.accept(victim.name() + ": " + what));
    return missing;
  }

  /** Whoever is ready knows a leader of every group. */
  private boolean sells(ProcessSpec without) {
    return cluster.layout().standing().stream()
        .filter(node -> !node.equals(without))
        .anyMatch(node -> cluster.missing(node).isEmpty());
  }

  private boolean isOver() {
    return enough.getCount() == 0;
  }

  private boolean enoughAt(long nanos) {
    try {
      return enough.await(nanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private String leader(int turn) {
    return Poll.until(cluster.startLimit(), () -> leader(status(), turn))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "nobody leads for " + cluster.startLimit().toSeconds() + " s"));
  }

  private static Optional<String> leader(ClusterStatus status, int turn) {
    var groups =
        status.getNodesList().stream()
            .map(Node::getGroupsList)
            .flatMap(List::stream)
            .map(GroupStatus::getGroup)
            .distinct()
            .sorted()
            .toList();
    return groups.isEmpty()
        ? Optional.empty()
        : Leadership.of(status, groups.get(turn % groups.size())).map(Leadership.Leader::id);
  }

  private ClusterStatus status() {
    return operator.call(Api.GET_CLUSTER_STATUS, GetClusterStatusRequest.getDefaultInstance());
  }
}
