package dev.usher.raft.log;

import java.util.concurrent.Executor;

/**
 * How a log keeps its files.
 *
 * @param segmentBytes size of one preallocated file, from 4 KiB to 1 GiB; also the limit of one
 *     record, headers included
 * @param allocator runs the preallocation of the next segment, which writes {@code segmentBytes}
 *     zeros; {@code Runnable::run} does it on the writer's thread
 * @param joins a directory that is made now is of a node that waits to be added to a group
 */
public record LogOptions(int segmentBytes, Executor allocator, boolean joins) {
  public static final int STANDARD_SEGMENT_BYTES = 64 << 20;

  private static final int SEGMENT_BYTES_MIN = 4 << 10;
  private static final int SEGMENT_BYTES_MAX = 1 << 30;

  public LogOptions {
    if (segmentBytes < SEGMENT_BYTES_MIN || segmentBytes > SEGMENT_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a log segment has "
              + SEGMENT_BYTES_MIN
              + " to "
              + SEGMENT_BYTES_MAX
              + " bytes, not "
              + segmentBytes);
    }
  }

  /** A founder's. */
  public LogOptions(int segmentBytes, Executor allocator) {
    this(segmentBytes, allocator, false);
  }

  /** Segments of 64 MiB. */
  public static LogOptions standard(Executor allocator) {
    return new LogOptions(STANDARD_SEGMENT_BYTES, allocator);
  }
}
