package dev.usher.raft.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.usher.raft.Bytes;
import dev.usher.raft.Entry;
import dev.usher.raft.GroupId;
import dev.usher.raft.HardState;
import dev.usher.raft.NodeId;
import dev.usher.raft.SnapshotMeta;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Records as bytes, big-endian, each starting at a multiple of 8:
 *
 * <pre>
 *   0  u32  length of what follows the checksum
 *   4  u32  CRC32C of (segment number, offset of the record, what follows)
 *   8  u32  offset at which this record's batch starts
 *  12  u8   type: 1 entry, 2 hard state, 3 truncation, 4 seal, 5 compaction, 6 damage, 7 healing
 *  13  u8   length of the group's name, then the name (no group in a seal)
 *  then     entry: u64 term, u64 index, i64 time in ms, u8 kind, payload
 *           hard state: u64 term, u8 length of the vote's name, the name
 *           truncation: u64 first index
 *           compaction: see {@link MetaFormat}
 *           damage: u64 first index, u64 last index, i64 term before (may be missing)
 * </pre>
 *
 * Number and offset in the checksum let no record pass for one in another place. The batch's start
 * is what tells a torn tail from damage, see {@link SegmentScan}.
 */
final class RecordFormat {
  static final int ALIGNMENT = 8;
  static final int HEADER_BYTES = 8;
  static final int SEAL_BYTES = 16;

  private static final int BODY_BYTES_MIN = 6;
  private static final byte ENTRY = 1;
  private static final byte HARD_STATE = 2;
  private static final byte TRUNCATION = 3;
  private static final byte SEAL = 4;
  private static final byte COMPACTION = 5;
  private static final byte DAMAGE = 6;
  private static final byte HEALING = 7;

  private RecordFormat() {}

  /** An upper bound of what {@link #encode} needs. */
  static int bytesAtMost(LogRecord record) {
    return switch (record) {
      case LogRecord.Appended appended -> 128 + appended.entry().payload().size();
      case LogRecord.Voted voted -> 192;
      case LogRecord.Truncated truncated -> 128;
      case LogRecord.Compacted compacted -> 128 + MetaFormat.encode(compacted.snapshot()).length;
      case LogRecord.Damaged damaged -> 128;
      case LogRecord.Healed healed -> 128;
      case LogRecord.Sealed sealed -> SEAL_BYTES;
    };
  }

  /** Appends the record with its place and checksum still blank, padded to the alignment. */
  static void encode(LogRecord record, ByteBuffer target) {
    int start = target.position();
    target.putInt(0).putInt(0).putInt(0);
    switch (record) {
      case LogRecord.Appended(GroupId group, Entry entry) -> {
        name(target.put(ENTRY), group.value());
        target.putLong(entry.term()).putLong(entry.index()).putLong(entry.timeMs());
        target.put(kind(entry.kind())).put(entry.payload().unsafeArray());
      }
      case LogRecord.Voted(GroupId group, HardState hardState) -> {
        name(target.put(HARD_STATE), group.value());
        name(target.putLong(hardState.term()), hardState.vote().map(NodeId::value).orElse(""));
      }
      case LogRecord.Truncated(GroupId group, long fromIndex) -> {
        name(target.put(TRUNCATION), group.value());
        target.putLong(fromIndex);
      }
      case LogRecord.Compacted(SnapshotMeta snapshot) -> {
        name(target.put(COMPACTION), snapshot.group().value());
        target.put(MetaFormat.encode(snapshot));
      }
      case LogRecord.Damaged(GroupId group, long fromIndex, long untilIndex, long termBefore) -> {
        name(target.put(DAMAGE), group.value());
        target.putLong(fromIndex).putLong(untilIndex).putLong(termBefore);
      }
      case LogRecord.Healed(GroupId group) -> name(target.put(HEALING), group.value());
      case LogRecord.Sealed sealed -> target.put(SEAL).put((byte) 0);
    }
    target.putInt(start, target.position() - start - HEADER_BYTES);
    while (target.position() % ALIGNMENT != 0) {
      target.put((byte) 0);
    }
  }

  /** Total length of the record at {@code start}, padding included. */
  static int paddedBytes(ByteBuffer buffer, int start) {
    return align(HEADER_BYTES + buffer.getInt(start));
  }

  /** Fills in the place and the checksum of the record at {@code start} of the buffer. */
  static void place(ByteBuffer buffer, int start, long segment, int offset, int batchStart) {
    buffer.putInt(start + HEADER_BYTES, batchStart);
    buffer.putInt(start + 4, checksum(buffer, start, buffer.getInt(start), segment, offset));
  }

  /** True when there is a record with a right checksum at {@code offset} of a whole segment. */
  static boolean isValid(ByteBuffer content, int offset, long segment) {
    if (content.limit() - offset < HEADER_BYTES) {
      return false;
    }
    int length = content.getInt(offset);
    return length >= BODY_BYTES_MIN
        && length <= content.limit() - offset - HEADER_BYTES
        && content.get(offset + 12) >= ENTRY
        && content.get(offset + 12) <= HEALING
        && content.getInt(offset + 4) == checksum(content, offset, length, segment, offset);
  }

  static int batchStart(ByteBuffer content, int offset) {
    return content.getInt(offset + HEADER_BYTES);
  }

  /** Reads the valid record at {@code offset}. */
  static LogRecord decode(ByteBuffer content, int offset) {
    ByteBuffer body = content.slice(offset + HEADER_BYTES, content.getInt(offset)).position(4);
    byte type = body.get();
    if (type == SEAL) {
      return new LogRecord.Sealed();
    }
    GroupId group = new GroupId(name(body));
    return switch (type) {
      case ENTRY -> new LogRecord.Appended(group, entry(body));
      case HARD_STATE -> new LogRecord.Voted(group, hardState(body));
      case TRUNCATION -> new LogRecord.Truncated(group, body.getLong());
      case COMPACTION -> new LogRecord.Compacted(MetaFormat.decode(group, body));
      case DAMAGE -> new LogRecord.Damaged(group, body.getLong(), body.getLong(), termBefore(body));
      case HEALING -> new LogRecord.Healed(group);
      default -> throw new IllegalArgumentException("record type " + type);
    };
  }

  private static long termBefore(ByteBuffer body) {
    return body.hasRemaining() ? body.getLong() : LogRecord.Damaged.UNKNOWN_TERM;
  }

  static int align(int bytes) {
    return (bytes + ALIGNMENT - 1) & -ALIGNMENT;
  }

  private static int checksum(ByteBuffer buffer, int start, int length, long segment, int offset) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(12).putLong(segment).putInt(offset).flip());
    crc.update(buffer.slice(start + HEADER_BYTES, length));
    return (int) crc.getValue();
  }

  private static Entry entry(ByteBuffer body) {
    long term = body.getLong();
    long index = body.getLong();
    long timeMs = body.getLong();
    Entry.Kind kind = kind(body.get());
    byte[] payload = new byte[body.remaining()];
    body.get(payload);
    return new Entry(term, index, timeMs, kind, Bytes.wrap(payload));
  }

  private static HardState hardState(ByteBuffer body) {
    long term = body.getLong();
    String vote = name(body);
    return new HardState(term, vote.isEmpty() ? Optional.empty() : Optional.of(new NodeId(vote)));
  }

  private static byte kind(Entry.Kind kind) {
    return switch (kind) {
      case NO_OP -> 1;
      case COMMAND -> 2;
      case CONFIGURATION -> 3;
    };
  }

  private static Entry.Kind kind(byte code) {
    return switch (code) {
      case 1 -> Entry.Kind.NO_OP;
      case 2 -> Entry.Kind.COMMAND;
      case 3 -> Entry.Kind.CONFIGURATION;
      default -> throw new IllegalArgumentException("entry kind " + code);
    };
  }

  private static void name(ByteBuffer target, String name) {
    byte[] ascii = name.getBytes(US_ASCII);
    target.put((byte) ascii.length).put(ascii);
  }

  private static String name(ByteBuffer body) {
    byte[] ascii = new byte[Byte.toUnsignedInt(body.get())];
    body.get(ascii);
    return new String(ascii, US_ASCII);
  }
}
