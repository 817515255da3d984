package dev.usher.grpc;

import dev.usher.api.cluster.v1.ExportSnapshotRequest;
import dev.usher.api.cluster.v1.ExportSnapshotResponse;
import dev.usher.backup.SnapshotParts;
import dev.usher.raft.GroupId;
import dev.usher.replica.ClusterControl;
import dev.usher.replica.GroupState;
import dev.usher.replica.UnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.BackpressureTimeoutException;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Giving a group's state out, to be kept elsewhere. Each one holds the rows of its moment in memory
 * until its reader has them, so there are few at a time and none waits for a reader for ever.
 */
final class SnapshotCalls {
  static final int EXPORTS_MOST = 2;

  private static final Duration READER_PATIENCE = Duration.ofSeconds(60);

  private final ClusterControl cluster;
  private final Traffic traffic;
  private final Semaphore places = new Semaphore(EXPORTS_MOST);

  SnapshotCalls(ClusterControl cluster, Traffic traffic) {
    this.cluster = cluster;
    this.traffic = traffic;
  }

  Source<ExportSnapshotResponse, NotUsed> export(ExportSnapshotRequest in, Call call) {
    var violations = new Violations();
    var group = ClusterGrpcService.group(in.getGroup(), violations);
    violations.check();
    return Source.lazySource(() -> admitted(group.orElseThrow(), call))
        .mapMaterializedValue(later -> NotUsed.getInstance())
        .via(traffic.untilClosed());
  }

  private Source<ExportSnapshotResponse, NotUsed> admitted(GroupId group, Call call) {
    if (!places.tryAcquire()) {
      return Source.failed(
          Errors.of(
              Reason.OVERLOADED,
              "This node gives out "
                  + EXPORTS_MOST
                  + " snapshots already; ask another node, or a moment later."));
    }
    return Source.completionStage(state(group, call))
        .flatMapConcat(state -> Source.fromIterator(() -> new SnapshotParts(cluster.name(), state)))
        .backpressureTimeout(READER_PATIENCE)
        .mapError(
            BackpressureTimeoutException.class,
            late ->
                Errors.of(
                    Reason.CALL_CANCELLED,
                    "Nothing was read for " + READER_PATIENCE.toSeconds() + " s; begin again."))
        .watchTermination(
            (used, ended) -> {
              ended.whenComplete((done, failed) -> places.release());
              return used;
            });
  }

  private CompletionStage<GroupState> state(GroupId group, Call call) {
    return cluster
        .status(call.timeout())
        .thenCompose(
            nodes -> {
              ClusterGrpcService.mustBeThere(nodes, group, Optional.empty());
              return cluster.export(group, call.timeout());
            })
        .exceptionally(
            failure -> {
              var cause = Failures.unwrap(failure);
              throw cause instanceof UnavailableException
                  ? Errors.noLeader(Optional.empty())
                  : cause instanceof CallException told ? told : new CompletionException(cause);
            });
  }
}
