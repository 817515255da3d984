package dev.usher.backup;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Saved snapshots of one or more groups as a file, big-endian:
 *
 * <pre>
 *   start    u64 magic, u32 format version
 *   record   u32 length, u32 CRC32C of (u64 offset of the record in the file, content), content: one
 *            ExportSnapshotResponse; header, chunks and end of one group after the other
 *   end      u32 0, u32 CRC32C of (u64 offset)
 * </pre>
 *
 * A checksum covers the place, so nothing can be missing, doubled or of another order, and what has
 * no end was cut off.
 */
final class BackupFormat {
  static final int VERSION = 1;

  /** Of the messages within, as their headers say. */
  static final int MESSAGES_VERSION = 1;

  static final int START_BYTES = 12;
  static final int RECORD_BYTES = 8;

  /** A chunk of 256 KiB and what is around it, generously. */
  static final int RECORD_BYTES_MAX = 1 << 20;

  private static final long MAGIC = 0x5553484552_42414bL; // "USHERBAK"

  private BackupFormat() {}

  static ByteBuffer start() {
    return ByteBuffer.allocate(START_BYTES).putLong(MAGIC).putInt(VERSION).flip();
  }

  /** Gives the version. */
  static int version(Path file, ByteBuffer start) throws DamagedBackupException {
    if (start.getLong(0) != MAGIC) {
      throw new DamagedBackupException(file, 0, "it is not a saved snapshot");
    }
    return start.getInt(8);
  }

  /** What stands before a record's content. */
  static ByteBuffer record(long offset, byte[] content) {
    return ByteBuffer.allocate(RECORD_BYTES)
        .putInt(content.length)
        .putInt(checksum(offset, content))
        .flip();
  }

  static int checksum(long offset, byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(Long.BYTES).putLong(offset).flip());
    crc.update(content);
    return (int) crc.getValue();
  }
}
