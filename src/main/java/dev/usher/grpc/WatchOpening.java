package dev.usher.grpc;

import dev.usher.replica.Replica;
import dev.usher.seats.SeatView;
import dev.usher.seats.SeatView.SeatChanges;
import dev.usher.seats.SeatView.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * How a watch begins: the snapshot and the subscription are taken in one query, so that no change
 * falls between them.
 *
 * @param startRevision 0: with a snapshot; else: after that revision
 * @param withDrafts whether the caller may see an event that is not published
 * @param timeout for a leader, or for this node to catch up with {@code startRevision}
 */
record WatchOpening(
    Replica<SeatView> group,
    String eventId,
    long startRevision,
    boolean withDrafts,
    Duration timeout) {

  /** What a watch begins with. */
  sealed interface Opened {}

  /**
   * Changes are on their way to the consumer.
   *
   * @param snapshot all seats; empty when the caller resumes
   */
  record Following(
      String currency, long revision, List<SeatView.Seat> snapshot, Subscription subscription)
      implements Opened {}

  record NoSuchEvent() implements Opened {}

  record Compacted(long revision) implements Opened {}

  /** This node has not come as far as the caller yet. */
  record Behind(long revision) implements Opened {}

  /** Changes may reach the consumer before the stage is complete. */
  CompletionStage<Opened> open(Consumer<SeatChanges> consumer) {
    if (startRevision == 0) {
      return group.read(view -> begin(view, consumer), timeout);
    }
    // What a client knows already needs no leader to go on from: during an election this node's own
    // copy will do. A node that is behind catches up with the leader first.
    return group
        .readStale(view -> resume(view, consumer))
        .thenCompose(
            opened ->
                opened instanceof Following || opened instanceof Compacted
                    ? CompletableFuture.completedFuture(opened)
                    : group.read(view -> resume(view, consumer), timeout));
  }

  /** A keep-alive in its right place among the changes: made on the state machine's thread. */
  void tellRevision(Consumer<SeatChanges> consumer) {
    group
        .readStale(
            view -> {
              consumer.accept(new SeatChanges(view.revision(), List.of()));
              return view.revision();
            })
        .exceptionally(stopping -> 0L);
  }

  private Opened begin(SeatView view, Consumer<SeatChanges> consumer) {
    return follow(view, view.revision(), true, consumer);
  }

  private Opened resume(SeatView view, Consumer<SeatChanges> consumer) {
    return view.revision() < startRevision
        ? new Behind(view.revision())
        : follow(view, startRevision, false, consumer);
  }

  private Opened follow(
      SeatView view, long after, boolean withSnapshot, Consumer<SeatChanges> consumer) {
    var event = view.event(eventId).filter(e -> e.published() || withDrafts);
    if (event.isEmpty()) {
      return new NoSuchEvent();
    }
    var seats = withSnapshot ? view.seats(eventId) : List.<SeatView.Seat>of();
    var subscription = view.watch(eventId, after, consumer);
    return subscription.isEmpty()
        ? new Compacted(view.revision())
        : new Following(event.get().currency(), view.revision(), seats, subscription.get());
  }
}
