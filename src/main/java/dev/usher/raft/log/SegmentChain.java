package dev.usher.raft.log;

import dev.usher.raft.GroupId;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The segments as one endless file: the older ones until nobody needs them, the one being written,
 * and a spare that is made meanwhile.
 */
final class SegmentChain implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(SegmentChain.class);

  private final Disk disk;
  private final Path directory;
  private final LogOptions options;
  private final ArrayDeque<SegmentCover> sealed;
  private Segment current;
  private SegmentCover cover;
  private CompletableFuture<Segment> spare;
  // Deletes oldest first: after a failure nothing more, or the log would have a hole.
  private CompletableFuture<Void> deleting = CompletableFuture.completedFuture(null);

  /**
   * Goes on behind what was read.
   *
   * @param current to go on in
   */
  SegmentChain(Disk disk, Path directory, LogOptions options, LogRecovery read, Segment current) {
    this.disk = disk;
    this.directory = directory;
    this.options = options;
    this.sealed = new ArrayDeque<>(read.sealed());
    this.cover = read.cover();
    this.current = current;
    this.spare = prepareSpare();
  }

  int recordBytesMax() {
    return options.segmentBytes() - Segment.HEADER_BYTES - RecordFormat.SEAL_BYTES;
  }

  Path file() {
    return current.file();
  }

  /** Writes the records durably, in one batch as long as they fit into the current segment. */
  void write(PendingRecords pending) throws IOException {
    int from = 0;
    while (from < pending.count()) {
      int records = pending.fitting(from, current.room());
      if (records == 0) {
        roll();
      } else {
        current.write(pending.batch(from, records, current.number(), current.end()));
        pending.cover(from, records, cover);
        from += records;
      }
    }
    pending.clear();
  }

  /** The seal is durable before the next segment gets its first record. */
  private void roll() throws IOException {
    PendingRecords seal = new PendingRecords();
    seal.add(new LogRecord.Sealed());
    current.write(seal.batch(0, 1, current.number(), current.end()));
    Segment next = takeSpare();
    current.close();
    sealed.addLast(cover);
    current = next;
    cover = new SegmentCover(next.number());
    spare = prepareSpare();
  }

  /** How many of the oldest segments hold nothing that anybody needs. */
  int droppable(ToLongFunction<GroupId> baseIndex) {
    int count = 0;
    for (SegmentCover old : sealed) {
      if (!old.neededBy(baseIndex).isEmpty()) {
        break;
      }
      count++;
    }
    return count;
  }

  /** Removes the oldest segments, in the background. */
  void drop(int count) {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      files.add(directory.resolve(Segment.name(sealed.removeFirst().number())));
    }
    deleting = deleting.thenRunAsync(() -> files.forEach(this::delete), options.allocator());
  }

  private void delete(Path file) {
    try {
      disk.delete(file);
    } catch (IOException e) {
      log.warn("old segments stay until the next start: file={} cause={}", file, e.getMessage());
      throw new UncheckedIOException(e);
    }
  }

  /** Who still needs the oldest segment, when there are more than {@code segmentsMax} old ones. */
  Set<GroupId> holdingUp(int segmentsMax, ToLongFunction<GroupId> baseIndex) {
    return sealed.size() > segmentsMax ? sealed.getFirst().neededBy(baseIndex) : Set.of();
  }

  /** True while there is no room for another segment, and less than half of this one is left. */
  boolean isLowOnSpace() {
    return spare.isCompletedExceptionally() && current.room() < options.segmentBytes() / 2;
  }

  /** Tries again what there was no room for. */
  void retrySpare() {
    if (spare.isCompletedExceptionally()) {
      spare = prepareSpare();
    }
  }

  private CompletableFuture<Segment> prepareSpare() {
    long number = current.number() + 1;
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return openOrAllocate(number);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        options.allocator());
  }

  /** A spare from before a restart is used again. */
  private Segment openOrAllocate(long number) throws IOException {
    boolean exists =
        disk.list(directory).stream().anyMatch(name -> Segment.numberOf(name).orElse(0) == number);
    return exists
        ? Segment.open(disk, directory, number)
        : Segment.allocate(disk, directory, number, options.segmentBytes());
  }

  private Segment takeSpare() throws DiskFullException {
    try {
      return spare.join();
    } catch (CompletionException notThen) {
      // It was made ahead of need, so room may have come back since.
      try {
        return openOrAllocate(current.number() + 1);
      } catch (IOException e) {
        throw new DiskFullException(directory, options.segmentBytes(), e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (Segment last = current) {
      spare.handle((made, failed) -> made).join();
      deleting.handle((done, failed) -> done).join();
    } finally {
      if (!spare.isCompletedExceptionally()) {
        spare.join().close();
      }
    }
  }
}
