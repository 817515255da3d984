package dev.usher.raft.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.usher.raft.GroupId;
import dev.usher.raft.SnapshotMeta;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * A snapshot as a file, big-endian:
 *
 * <pre>
 *   header   u64 magic, u32 format version, u32 length of what follows, u32 CRC32C of it and of the version,
 *            u8 length of the group's name, the name, the snapshot's own facts
 *   blocks   64 KiB of content each, the last one less, each followed by u32 CRC32C of (u32 number, content)
 *   footer   u64 length of the content, u32 CRC32C of the content, u32 CRC32C of these two
 * </pre>
 *
 * A block can be read and checked without the others, so a chunk for a slow follower costs one or
 * two of them and not the file.
 */
final class SnapshotFormat {
  static final int BLOCK_BYTES = 64 << 10;
  static final int CHECKSUM_BYTES = 4;
  static final int FOOTER_BYTES = 16;
  static final int PREAMBLE_BYTES = 20;

  private static final long MAGIC = 0x5553484552_534e50L; // "USHERSNP"
  private static final int FORMAT_VERSION = 1;
  private static final int HEADER_BYTES_MAX = 64 << 10;

  private SnapshotFormat() {}

  static byte[] header(SnapshotMeta meta) {
    byte[] name = meta.group().value().getBytes(US_ASCII);
    byte[] facts = MetaFormat.encode(meta);
    ByteBuffer header = ByteBuffer.allocate(PREAMBLE_BYTES + 1 + name.length + facts.length);
    header.putLong(MAGIC).putInt(FORMAT_VERSION).putInt(header.capacity() - PREAMBLE_BYTES);
    header.putInt(0).put((byte) name.length).put(name).put(facts);
    return header.putInt(16, headerChecksum(header)).array();
  }

  /** Reads the header's fixed part; gives the length of the rest. */
  static int restOfHeader(Path file, ByteBuffer preamble) throws IOException {
    if (preamble.getLong(0) != MAGIC) {
      throw new CorruptSnapshotException(file, 0, "not a snapshot");
    }
    int length = preamble.getInt(12);
    if (length < 1 || length > HEADER_BYTES_MAX) {
      throw new CorruptSnapshotException(file, 12, "a header of " + length + " bytes");
    }
    return length;
  }

  /** Checks the whole header and that it is this group's; gives the snapshot's facts. */
  static SnapshotMeta meta(Path file, ByteBuffer header, GroupId group) throws IOException {
    if (header.getInt(16) != headerChecksum(header)) {
      throw new CorruptSnapshotException(file, 0, "damaged header");
    }
    int version = header.getInt(8);
    if (version != FORMAT_VERSION) {
      throw new UnsupportedFormatException(file, version, FORMAT_VERSION);
    }
    try {
      header.position(PREAMBLE_BYTES);
      byte[] name = new byte[Byte.toUnsignedInt(header.get())];
      header.get(name);
      if (!new String(name, US_ASCII).equals(group.value())) {
        throw new CorruptSnapshotException(file, PREAMBLE_BYTES, "of another group");
      }
      return MetaFormat.decode(group, header);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new CorruptSnapshotException(file, PREAMBLE_BYTES, "header of unknown form");
    }
  }

  static byte[] footer(long contentBytes, int contentChecksum) {
    ByteBuffer footer = ByteBuffer.allocate(FOOTER_BYTES);
    footer.putLong(contentBytes).putInt(contentChecksum);
    return footer.putInt(checksum(footer.slice(0, 12))).array();
  }

  static boolean isFooterValid(ByteBuffer footer) {
    return footer.getInt(12) == checksum(footer.slice(0, 12));
  }

  /** The checksum that follows a block. */
  static int blockChecksum(long number, ByteBuffer content) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(Integer.BYTES).putInt((int) number).flip());
    crc.update(content.duplicate());
    return (int) crc.getValue();
  }

  static long blocks(long contentBytes) {
    return (contentBytes + BLOCK_BYTES - 1) / BLOCK_BYTES;
  }

  static int headerChecksum(ByteBuffer header) {
    CRC32C crc = new CRC32C();
    crc.update(header.slice(8, 4));
    crc.update(header.slice(PREAMBLE_BYTES, header.capacity() - PREAMBLE_BYTES));
    return (int) crc.getValue();
  }

  private static int checksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
