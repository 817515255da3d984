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
    TORN
  }

  /** Takes what is found, in order. */
  interface Visitor {
    /** Refuses a record that cannot follow those before it. */
    void record(int offset, LogRecord.OfGroup record) throws CorruptLogException;

    /** What lies between these two offsets had been durable and is damaged. */
    void hole(int from, int to);
  }

  /**
   * What was found.
   *
   * @param end offset behind the last good record
   * @param used offset behind the last byte that is not zero
   */
  record Result(Ending ending, int end, int used) {}

  private final ByteBuffer content;
  private final long segment;

  SegmentScan(ByteBuffer content, long segment) {
    this.content = content;
    this.segment = segment;
  }

  Result scan(Visitor visitor) throws CorruptLogException {
    int at = Segment.HEADER_BYTES;
    while (true) {
      if (RecordFormat.isValid(content, at, segment)) {
        LogRecord record = RecordFormat.decode(content, at);
        int next = at + RecordFormat.paddedBytes(content, at);
        switch (record) {
          case LogRecord.Sealed sealed -> {
            return new Result(Ending.SEALED, next, next);
          }
          case LogRecord.OfGroup ofGroup -> visitor.record(at, ofGroup);
        }
        at = next;
      } else {
        int used = used(at);
        int behind = behindDamage(at, used);
        if (behind == 0) {
          return new Result(used == at ? Ending.FREE : Ending.TORN, at, used);
        }
        visitor.hole(at, behind);
        at = behind;
      }
    }
  }

  /** Where valid records go on when the bad one had been durable; 0 when it had not. */
  private int behindDamage(int bad, int used) {
    int nextValid = 0;
    for (int at = RecordFormat.align(bad + 1); at < used; at += RecordFormat.ALIGNMENT) {
      if (RecordFormat.isValid(content, at, segment)) {
        nextValid = nextValid == 0 ? at : nextValid;
        if (RecordFormat.batchStart(content, at) > bad) {
          return nextValid;
        }
      }
    }
    return 0;
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
