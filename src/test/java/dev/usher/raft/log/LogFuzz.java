package dev.usher.raft.log;

import dev.usher.raft.HardState;
import dev.usher.raft.NodeId;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Segments and snapshots that no program wrote, for their readers: noise, and real ones with bytes
 * changed or cut off. A reader gives what is valid, or refuses with one of the exceptions of this
 * room; it never hangs, never fails otherwise, and never asks for more memory than the file has.
 *
 * <p>{@code LogFuzz COUNT} runs as many as you like.
 */
public final class LogFuzz {
  private static final int SEGMENT_BYTES = 1024;

  private final SplittableRandom random;
  private final byte[] segment = segment();
  private final byte[] snapshot = snapshot();
  private long records;
  private long refused;

  LogFuzz(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Prints what became of them. */
  public static void main(String[] args) {
    long count = args.length == 0 ? 1_000_000 : Long.parseLong(args[0]);
    LogFuzz fuzz = new LogFuzz(1);
    fuzz.run(count);
    System.out.println("log: inputs=" + count + " " + fuzz);
  }

  void run(long count) {
    for (long i = 0; i < count; i++) {
      try {
        if (random.nextInt(3) == 0) {
          readSnapshot(mutated(snapshot));
        } else {
          scan(mutated(segment));
        }
      } catch (CorruptLogException
          | CorruptSnapshotException
          | UnsupportedFormatException
          | IllegalArgumentException e) {
        refused++;
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Also with right checksums around whatever the bytes say: the form itself is checked then. */
  private void scan(byte[] bytes) throws IOException {
    ByteBuffer content = ByteBuffer.wrap(bytes);
    if (random.nextBoolean() && content.limit() > Segment.HEADER_BYTES + 24) {
      int length = content.getInt(Segment.HEADER_BYTES);
      if (length >= 6 && length <= content.limit() - Segment.HEADER_BYTES - 8) {
        RecordFormat.place(content, Segment.HEADER_BYTES, 1, Segment.HEADER_BYTES, 32);
      }
    }
    GroupImage image = new GroupImage(random.nextBoolean(), random.nextBoolean());
    try {
      new SegmentScan(content, 1)
          .scan(
              new SegmentScan.Visitor() {
                @Override
                public void record(int offset, LogRecord.OfGroup record) {
                  records++;
                  image.add(record);
                }

                @Override
                public void hole(int from, int to) {
                  image.hole();
                }
              });
    } catch (IllegalStateException | BufferUnderflowException contradiction) {
      // What LogRecovery turns into a CorruptLogException.
      refused++;
    }
  }

  private void readSnapshot(byte[] bytes) throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    SnapshotStore store = SnapshotStore.open(disk, LogFixture.DIRECTORY);
    SnapshotStore.Name name = new SnapshotStore.Name(LogFixture.SEATS, 7, 3);
    disk.writeAtomically(store.file(name), bytes);
    try (SnapshotReader reader = store.read(name)) {
      reader.verify();
      reader.read(0, 100);
    }
  }

  private byte[] mutated(byte[] real) {
    if (random.nextInt(16) == 0) {
      byte[] noise = new byte[random.nextInt(SEGMENT_BYTES)];
      random.nextBytes(noise);
      return noise;
    }
    byte[] bytes = real.clone();
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    if (random.nextInt(4) > 0) {
      return bytes;
    }
    byte[] cut = new byte[random.nextInt(bytes.length + 16)];
    System.arraycopy(bytes, 0, cut, 0, Math.min(cut.length, bytes.length));
    return cut;
  }

  private static byte[] segment() {
    List<LogRecord> records = new ArrayList<>();
    records.add(
        new LogRecord.Voted(LogFixture.SEATS, new HardState(3, Optional.of(new NodeId("node-2")))));
    records.add(new LogRecord.Appended(LogFixture.SEATS, LogFixture.entry(3, 1, 30)));
    records.add(new LogRecord.Appended(LogFixture.SEATS, LogFixture.entry(3, 2, 30)));
    records.add(new LogRecord.Truncated(LogFixture.SEATS, 2));
    records.add(new LogRecord.Compacted(LogFixture.snapshot(LogFixture.SEATS, 9, 3)));
    records.add(new LogRecord.Damaged(LogFixture.SEATS, 10, 12, 3));
    records.add(new LogRecord.Healed(LogFixture.SEATS));
    records.add(new LogRecord.Sealed());
    PendingRecords pending = new PendingRecords();
    records.forEach(pending::add);
    byte[] bytes = new byte[SEGMENT_BYTES];
    ByteBuffer batch = pending.batch(0, records.size(), 1, Segment.HEADER_BYTES);
    batch.get(bytes, Segment.HEADER_BYTES, batch.remaining());
    return bytes;
  }

  private static byte[] snapshot() {
    try {
      SimulatedDisk disk = new SimulatedDisk();
      SnapshotStore store = SnapshotStore.open(disk, LogFixture.DIRECTORY);
      try (SnapshotWriter writer = store.write(LogFixture.snapshot(LogFixture.SEATS, 7, 3))) {
        writer.write(ByteBuffer.wrap(new byte[300]));
        writer.finish();
      }
      return disk.read(store.file(new SnapshotStore.Name(LogFixture.SEATS, 7, 3))).orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public String toString() {
    return "records=" + records + " refused=" + refused;
  }
}
