package dev.usher.journal;

import dev.usher.directory.proto.DeleteEvents;
import dev.usher.directory.proto.DirectoryCommand;
import dev.usher.directory.proto.EventRange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/**
 * Deletions, many in one log entry: while one is on its way, the others gather. Nobody waits for a
 * deletion, so it costs a saga next to nothing. Safe for any thread.
 */
final class Deletions {
  /** More than these in one entry would make it large. */
  private static final int RANGES_MAX = 500;

  private record Waiting(EventRange range, CompletableFuture<Done> done) {}

  private final JournalLog log;
  private List<Waiting> gathered = new ArrayList<>();
  private boolean underWay;

  Deletions(JournalLog log) {
    this.log = log;
  }

  CompletionStage<Done> delete(String persistenceId, long toSequenceNumber) {
    var range =
        EventRange.newBuilder()
            .setPersistenceId(persistenceId)
            .setToSequenceNumber(toSequenceNumber)
            .build();
    var waiting = new Waiting(range, new CompletableFuture<>());
    synchronized (this) {
      gathered.add(waiting);
    }
    writeNext();
    return waiting.done();
  }

  private void writeNext() {
    List<Waiting> batch;
    synchronized (this) {
      if (underWay || gathered.isEmpty()) {
        return;
      }
      int count = Math.min(gathered.size(), RANGES_MAX);
      batch = List.copyOf(gathered.subList(0, count));
      gathered = new ArrayList<>(gathered.subList(count, gathered.size()));
      underWay = true;
    }
    var ranges = batch.stream().map(Waiting::range).toList();
    log.write(
            DirectoryCommand.newBuilder()
                .setDeleteEvents(DeleteEvents.newBuilder().addAllRanges(ranges))
                .build())
        .whenComplete((done, failure) -> written(batch, failure));
  }

  private void written(List<Waiting> batch, @Nullable Throwable failure) {
    synchronized (this) {
      underWay = false;
    }
    for (var waiting : batch) {
      if (failure == null) {
        waiting.done().complete(Done.getInstance());
      } else {
        waiting.done().completeExceptionally(failure);
      }
    }
    writeNext();
  }
}
