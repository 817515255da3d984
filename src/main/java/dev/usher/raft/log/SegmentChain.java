package dev.usher.raft.log;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The segments as one endless file: the one being written, and a spare that is made meanwhile. */
final class SegmentChain implements Closeable {
  private final Disk disk;
  private final Path directory;
  private final LogOptions options;
  private Segment current;
  private CompletableFuture<Segment> spare;

  SegmentChain(Disk disk, Path directory, LogOptions options, Segment current) {
    this.disk = disk;
    this.directory = directory;
    this.options = options;
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
    current = next;
    spare = prepareSpare();
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
    } finally {
      if (!spare.isCompletedExceptionally()) {
        spare.join().close();
      }
    }
  }
}
