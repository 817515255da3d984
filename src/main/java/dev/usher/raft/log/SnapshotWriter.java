package dev.usher.raft.log;

import dev.usher.raft.SnapshotMeta;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Writes one snapshot beside the log, block by block: the content is never whole on the heap. Under
 * its own name it is there whole and durable, or not at all; closed before {@link #finish} it
 * leaves nothing. Used by one thread at a time.
 */
public final class SnapshotWriter implements Closeable {
  private static final String UNFINISHED = ".new";

  private final Disk disk;
  private final Path file;
  private final Path unfinished;
  private final SnapshotMeta meta;
  private final DiskFile target;
  private final ByteBuffer block =
      ByteBuffer.allocateDirect(SnapshotFormat.BLOCK_BYTES + SnapshotFormat.CHECKSUM_BYTES)
          .limit(SnapshotFormat.BLOCK_BYTES);
  private final CRC32C whole = new CRC32C();
  private long position;
  private long blocks;
  private long contentBytes;
  private boolean closed;

  SnapshotWriter(Disk disk, Path file, SnapshotMeta meta) throws IOException {
    this.disk = disk;
    this.file = file;
    this.unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    this.meta = meta;
    this.target = disk.create(unfinished);
    try {
      append(ByteBuffer.wrap(SnapshotFormat.header(meta)));
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  static boolean isUnfinished(String fileName) {
    return fileName.endsWith(SnapshotStore.SUFFIX + UNFINISHED);
  }

  /** Bytes of content taken so far. */
  public long contentBytes() {
    return contentBytes;
  }

  /** Appends all that remains in the source to the content. */
  public void write(ByteBuffer source) throws IOException {
    contentBytes += source.remaining();
    whole.update(source.duplicate());
    while (source.hasRemaining()) {
      int bytes = Math.min(source.remaining(), block.remaining());
      block.put(source.slice(source.position(), bytes));
      source.position(source.position() + bytes);
      if (!block.hasRemaining()) {
        endBlock();
      }
    }
  }

  /**
   * When this returns, the snapshot is durable under its name.
   *
   * @return what was begun with, and the length and checksum of the content
   */
  public SnapshotMeta finish() throws IOException {
    if (block.position() > 0) {
      endBlock();
    }
    append(ByteBuffer.wrap(SnapshotFormat.footer(contentBytes, (int) whole.getValue())));
    target.force();
    target.close();
    disk.rename(unfinished, file);
    closed = true;
    return MetaFormat.withContent(meta, contentBytes, (int) whole.getValue());
  }

  private void endBlock() throws IOException {
    block.flip();
    int checksum = SnapshotFormat.blockChecksum(blocks++, block);
    append(
        block
            .limit(block.limit() + SnapshotFormat.CHECKSUM_BYTES)
            .putInt(block.limit() - 4, checksum));
    block.clear().limit(SnapshotFormat.BLOCK_BYTES);
  }

  private void append(ByteBuffer bytes) throws IOException {
    int count = bytes.remaining();
    target.write(bytes, position);
    position += count;
  }

  /** Gives an unfinished snapshot up; nothing happens after {@link #finish}. */
  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      try (DiskFile ending = target) {
        disk.delete(unfinished);
      }
    }
  }
}
