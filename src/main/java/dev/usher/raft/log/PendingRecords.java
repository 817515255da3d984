package dev.usher.raft.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Encoded records that wait for the next sync, in one buffer. */
final class PendingRecords {
  private static final int BYTES_AT_FIRST = 1 << 16;
  private static final int BYTES_TO_KEEP = 8 << 20;

  private ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES_AT_FIRST);
  private int[] starts = new int[1024];
  private final List<LogRecord> records = new ArrayList<>();
  private int count;

  void add(LogRecord record) {
    int needed = RecordFormat.bytesAtMost(record);
    if (buffer.remaining() < needed) {
      grow(needed);
    }
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
    }
    starts[count++] = buffer.position();
    records.add(record);
    RecordFormat.encode(record, buffer);
  }

  int count() {
    return count;
  }

  /** How many records from {@code from} on fit together into {@code room} bytes. */
  int fitting(int from, int room) {
    int to = from;
    while (to < count && end(to) - starts[from] <= room) {
      to++;
    }
    return to - from;
  }

  /** Records from {@code from} on as one batch, placed at {@code offset} of a segment. */
  ByteBuffer batch(int from, int records, long segment, int offset) {
    int first = starts[from];
    for (int i = from; i < from + records; i++) {
      RecordFormat.place(buffer, starts[i], segment, offset + starts[i] - first, offset);
    }
    return buffer.slice(first, end(from + records - 1) - first);
  }

  /** Tells what records from {@code from} on are. */
  void cover(int from, int count, SegmentCover target) {
    records.subList(from, from + count).forEach(target::add);
  }

  void clear() {
    count = 0;
    records.clear();
    if (buffer.capacity() > BYTES_TO_KEEP) {
      buffer = ByteBuffer.allocateDirect(BYTES_AT_FIRST);
    }
    buffer.clear();
  }

  private int end(int record) {
    return record + 1 < count ? starts[record + 1] : buffer.position();
  }

  private void grow(int needed) {
    int wanted = Math.max(2 * buffer.capacity(), Math.addExact(buffer.position(), needed));
    buffer = ByteBuffer.allocateDirect(wanted).put(buffer.flip());
  }
}
