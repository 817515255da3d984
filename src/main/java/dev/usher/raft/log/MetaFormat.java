package dev.usher.raft.log;

import dev.usher.raft.Bytes;
import dev.usher.raft.ConfigurationText;
import dev.usher.raft.GroupId;
import dev.usher.raft.SnapshotMeta;
import java.nio.ByteBuffer;

/**
 * What is known of a snapshot as bytes: u64 last index, u64 its term, i64 its log time in ms, u64
 * bytes of content, u32 their CRC32C, and the configuration as {@link ConfigurationText}. The
 * group's name stands before it, wherever it is used.
 */
final class MetaFormat {
  private static final int FIXED_BYTES = 4 * Long.BYTES + Integer.BYTES;

  private MetaFormat() {}

  static byte[] encode(SnapshotMeta meta) {
    Bytes configuration = ConfigurationText.encode(meta.configuration());
    return ByteBuffer.allocate(FIXED_BYTES + configuration.size())
        .putLong(meta.lastIndex())
        .putLong(meta.lastTerm())
        .putLong(meta.lastTimeMs())
        .putLong(meta.bytes())
        .putInt(meta.checksum())
        .put(configuration.unsafeArray())
        .array();
  }

  /**
   * Reads all that remains.
   *
   * @throws IllegalArgumentException when that is none
   * @throws java.nio.BufferUnderflowException when it is too short
   */
  static SnapshotMeta decode(GroupId group, ByteBuffer source) {
    long lastIndex = source.getLong();
    long lastTerm = source.getLong();
    long lastTimeMs = source.getLong();
    long bytes = source.getLong();
    int checksum = source.getInt();
    byte[] configuration = new byte[source.remaining()];
    source.get(configuration);
    return new SnapshotMeta(
        group,
        lastIndex,
        lastTerm,
        lastTimeMs,
        ConfigurationText.decode(Bytes.wrap(configuration)),
        bytes,
        checksum);
  }

  /** The same snapshot with its content known. */
  static SnapshotMeta withContent(SnapshotMeta meta, long bytes, int checksum) {
    return new SnapshotMeta(
        meta.group(),
        meta.lastIndex(),
        meta.lastTerm(),
        meta.lastTimeMs(),
        meta.configuration(),
        bytes,
        checksum);
  }
}
