package dev.usher.cli.load;

import dev.usher.api.cluster.v1.ClusterStatus;
import dev.usher.api.cluster.v1.GetClusterStatusRequest;
import dev.usher.api.cluster.v1.GroupStatus;
import dev.usher.api.cluster.v1.Node;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.Leadership;
import dev.usher.cli.client.Poll;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.local.LocalCluster;
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
 * time that of the next. A death waits until the node of the one before is ready again, because two
 * of three nodes can't be spared.
 */
final class LeaderKiller {
  private static final Duration LEADER_WITHIN = Duration.ofSeconds(60);

  private final LocalCluster cluster;
  private final UsherClient operator;
  private final Duration every;
  private final Consumer<String> news;
  private final CountDownLatch enough = new CountDownLatch(1);
  private final CompletableFuture<List<String>> killed;

  private LeaderKiller(
      LocalCluster cluster, UsherClient operator, Duration every, Consumer<String> news) {
    this.cluster = cluster;
    this.operator = operator;
    this.every = every;
    this.news = news;
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
   * Ends it once the last victim serves again.
   *
   * @return the nodes that were killed, in order
   * @throws RuntimeException when one of them could not be killed or does not come back
   */
  List<String> stop() {
    enough.countDown();
    try {
      return killed.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private List<String> go() {
    var victims = new ArrayList<String>();
    long due = System.nanoTime() + every.toNanos();
    while (!enoughAt(due)) {
      var victim = cluster.layout().node(leader(victims.size())).orElseThrow();
      cluster.kill(victim);
      victims.add(victim.name());
      news.accept("killed " + victim.name());
      cluster.restart(victim, news);
      due = Math.max(due + every.toNanos(), System.nanoTime());
    }
    return List.copyOf(victims);
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
    return Poll.until(LEADER_WITHIN, () -> leader(status(), turn))
        .orElseThrow(() -> new IllegalStateException("nobody leads for a minute"));
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
