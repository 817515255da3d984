package dev.usher.grpc;

import dev.usher.api.cluster.v1.WatchClusterResponse;
import dev.usher.replica.ClusterControl;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Watching the cluster. Each watch looks by itself and only when its reader has taken what was
 * told, so a slow reader costs nothing and misses only what has been undone meanwhile.
 */
final class ClusterWatch {
  /**
   * Limits of WatchCluster.
   *
   * @param lookEvery how often all nodes are asked for their status
   * @param watchesMost open streams of this node
   */
  record Settings(Duration lookEvery, ClusterNews.Rhythm rhythm, int watchesMost) {
    static final Settings DEFAULT =
        new Settings(
            Duration.ofMillis(200),
            new ClusterNews.Rhythm(Duration.ofSeconds(1), Duration.ofSeconds(15)),
            16);
  }

  /** Longer than anybody is waited for. */
  private static final Duration STATUS_WITHIN = Duration.ofSeconds(5);

  private final ClusterControl cluster;
  private final Settings settings;
  private final LongSupplier nanoTime;
  private final Traffic traffic;
  private final Semaphore places;

  ClusterWatch(ClusterControl cluster, Settings settings, LongSupplier nanoTime, Traffic traffic) {
    this.cluster = cluster;
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.traffic = traffic;
    this.places = new Semaphore(settings.watchesMost());
  }

  Source<WatchClusterResponse, NotUsed> watch() {
    return Source.lazySource(this::admitted)
        .mapMaterializedValue(later -> NotUsed.getInstance())
        .via(traffic.untilClosed());
  }

  private Source<WatchClusterResponse, NotUsed> admitted() {
    if (!places.tryAcquire()) {
      return Source.failed(
          Errors.of(
              Reason.OVERLOADED,
              "This node serves "
                  + settings.watchesMost()
                  + " watches of the cluster; try another node."));
    }
    return Source.tick(Duration.ZERO, settings.lookEvery(), NotUsed.getInstance())
        .mapAsync(1, look -> cluster.status(STATUS_WITHIN).thenApply(ClusterGrpcService::message))
        .statefulMapConcat(
            () -> {
              var news = new ClusterNews(settings.rhythm(), nanoTime);
              return status -> news.of(status).map(List::of).orElse(List.of());
            })
        .watchTermination(
            (ticks, ended) -> {
              ended.whenComplete((done, failed) -> places.release());
              return NotUsed.getInstance();
            });
  }
}
