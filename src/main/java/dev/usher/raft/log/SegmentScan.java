package dev.usher.raft.log;

import java.nio.ByteBuffer;

/**
 * Finds the records of a segment, and why they end.
 *
 * <p>Each batch is written after the force of the batch before has returned. So when a record is
 * bad and a valid one further on belongs to a batch that began behind the bad one, the bad one had
 * been durable: that is damage (Protocol-Aware Recovery, FAST'18). When the valid ones further on
 * all belong to a batch that began at or before it, or there are none, the last batch was torn by a
 * crash before its force returned, and nobody was told that it is durable.
 */
final class SegmentScan {
  enum Ending {
    /** Only zeros follow. */
    FREE,
    /** The last record is a seal. */
    SEALED,
    /** A batch that was never acknowledged lies there in pieces. */
    TORN,
    /** Something durable is damaged. */
    DAMAGED
  }

  /** Takes the records in order. */
  interface Visitor {
    /** Refuses a record that cannot follow those before it. */
    void record(int offset, LogRecord record) throws CorruptLogException;
  }

  /**
   * What was found.
   *
   * @param end offset behind the last good record
   * @param used offset behind the last byte that is not zero
   * @param nextValid offset of the first valid record behind the bad one, 0 when there is none
   */
  record Result(Ending ending, int end, int used, int nextValid) {}

  private final ByteBuffer content;
  private final long segment;

  SegmentScan(ByteBuffer content, long segment) {
    this.content = content;
    this.segment = segment;
  }

  Result scan(Visitor visitor) throws CorruptLogException {
    int at = Segment.HEADER_BYTES;
    while (RecordFormat.isValid(content, at, segment)) {
      LogRecord record = RecordFormat.decode(content, at);
      at += RecordFormat.paddedBytes(content, at);
      if (record instanceof LogRecord.Sealed) {
        return new Result(Ending.SEALED, at, at, 0);
      }
      visitor.record(at, record);
    }
    return whatFollows(at);
  }

  private Result whatFollows(int bad) {
    int used = used(bad);
    int nextValid = 0;
    for (int at = RecordFormat.align(bad + 1); at < used; at += RecordFormat.ALIGNMENT) {
      if (RecordFormat.isValid(content, at, segment)) {
        nextValid = nextValid == 0 ? at : nextValid;
        if (RecordFormat.batchStart(content, at) > bad) {
          return new Result(Ending.DAMAGED, bad, used, nextValid);
        }
      }
    }
    return new Result(used == bad ? Ending.FREE : Ending.TORN, bad, used, nextValid);
  }

  private int used(int from) {
    int used = content.limit();
    while (used - from >= Long.BYTES && content.getLong(used - Long.BYTES) == 0) {
      used -= Long.BYTES;
    }
    while (used > from && content.get(used - 1) == 0) {
      used--;
    }
    return used;
  }
}
