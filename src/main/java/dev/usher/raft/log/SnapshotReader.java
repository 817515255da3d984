package dev.usher.raft.log;

import dev.usher.raft.Bytes;
import dev.usher.raft.GroupId;
import dev.usher.raft.SnapshotMeta;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Reads a finished snapshot, in any order, and checks every block that it gives anything from. Used
 * by one thread at a time.
 */
public final class SnapshotReader implements Closeable {
  private final Path file;
  private final DiskFile source;
  private final SnapshotMeta meta;
  private final long contentStart;
  // The block that was read last, its checksum included.
  private final ByteBuffer block =
      ByteBuffer.allocate(SnapshotFormat.BLOCK_BYTES + SnapshotFormat.CHECKSUM_BYTES);
  private long blockNumber = -1;

  private SnapshotReader(
      Path file, DiskFile source, SnapshotMeta meta, long contentStart, ByteBuffer footer) {
    this.file = file;
    this.source = source;
    this.meta = MetaFormat.withContent(meta, footer.getLong(0), footer.getInt(8));
    this.contentStart = contentStart;
  }

  /**
   * Opens a snapshot and checks its frame, not yet its content.
   *
   * @throws CorruptSnapshotException when the file is damaged or too short
   * @throws UnsupportedFormatException when a newer program wrote it
   */
  static SnapshotReader open(Disk disk, Path file, GroupId group) throws IOException {
    DiskFile source = disk.open(file);
    try {
      return open(file, source, group);
    } catch (IOException | RuntimeException e) {
      source.close();
      throw e;
    }
  }

  private static SnapshotReader open(Path file, DiskFile source, GroupId group) throws IOException {
    long size = source.size();
    if (size < SnapshotFormat.PREAMBLE_BYTES + SnapshotFormat.FOOTER_BYTES) {
      throw new CorruptSnapshotException(file, 0, "only " + size + " bytes");
    }
    ByteBuffer preamble = ByteBuffer.allocate(SnapshotFormat.PREAMBLE_BYTES);
    source.read(preamble, 0);
    int start = SnapshotFormat.PREAMBLE_BYTES + SnapshotFormat.restOfHeader(file, preamble);
    if (start > size - SnapshotFormat.FOOTER_BYTES) {
      throw new CorruptSnapshotException(file, 0, "only " + size + " bytes");
    }
    ByteBuffer header = ByteBuffer.allocate(start);
    source.read(header, 0);
    SnapshotMeta meta = SnapshotFormat.meta(file, header.flip(), group);
    ByteBuffer footer = ByteBuffer.allocate(SnapshotFormat.FOOTER_BYTES);
    source.read(footer, size - SnapshotFormat.FOOTER_BYTES);
    long content = footer.getLong(0);
    boolean isWhole =
        SnapshotFormat.isFooterValid(footer)
            && content >= 0
            && content <= size
            && size
                == start
                    + content
                    + SnapshotFormat.CHECKSUM_BYTES * SnapshotFormat.blocks(content)
                    + SnapshotFormat.FOOTER_BYTES;
    if (!isWhole) {
      throw new CorruptSnapshotException(
          file, size - SnapshotFormat.FOOTER_BYTES, "damaged footer, or a file cut off");
    }
    return new SnapshotReader(file, source, meta, start, footer);
  }

  /** The snapshot with the length and checksum of its content. */
  public SnapshotMeta meta() {
    return meta;
  }

  /**
   * Content from an offset on, at most {@code bytesMax}, fewer only at the end.
   *
   * @throws CorruptSnapshotException when a block of it is damaged
   */
  public Bytes read(long offset, int bytesMax) throws IOException {
    if (offset < 0 || offset > meta.bytes()) {
      throw new IllegalArgumentException("offset " + offset + " of " + meta.bytes() + " bytes");
    }
    byte[] bytes = new byte[(int) Math.min(bytesMax, meta.bytes() - offset)];
    for (int done = 0; done < bytes.length; ) {
      done += copy(offset + done, bytes, done, bytes.length - done);
    }
    return Bytes.wrap(bytes);
  }

  private int copy(long offset, byte[] target, int at, int bytesMax) throws IOException {
    load(offset / SnapshotFormat.BLOCK_BYTES);
    int within = (int) (offset % SnapshotFormat.BLOCK_BYTES);
    int bytes = Math.min(bytesMax, block.limit() - within);
    block.get(within, target, at, bytes);
    return bytes;
  }

  private void load(long number) throws IOException {
    if (number == blockNumber) {
      return;
    }
    blockNumber = -1;
    int bytes =
        (int)
            Math.min(
                SnapshotFormat.BLOCK_BYTES, meta.bytes() - number * SnapshotFormat.BLOCK_BYTES);
    long position =
        contentStart + number * (SnapshotFormat.BLOCK_BYTES + SnapshotFormat.CHECKSUM_BYTES);
    source.read(block.clear().limit(bytes + SnapshotFormat.CHECKSUM_BYTES), position);
    block.flip().limit(bytes);
    int checksum = block.duplicate().limit(bytes + SnapshotFormat.CHECKSUM_BYTES).getInt(bytes);
    if (checksum != SnapshotFormat.blockChecksum(number, block)) {
      throw new CorruptSnapshotException(file, position, "block " + number + " is not as written");
    }
    blockNumber = number;
  }

  /**
   * Reads everything once and checks the whole.
   *
   * @throws CorruptSnapshotException when any of it is damaged
   */
  public void verify() throws IOException {
    CRC32C crc = new CRC32C();
    for (long number = 0; number < SnapshotFormat.blocks(meta.bytes()); number++) {
      load(number);
      crc.update(block.duplicate());
    }
    if ((int) crc.getValue() != meta.checksum()) {
      throw new CorruptSnapshotException(file, contentStart, "the blocks are not of one snapshot");
    }
  }

  /** The content from its beginning; block by block from the disk. */
  public InputStream content() {
    return new InputStream() {
      private long offset;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] target, int at, int bytesMax) throws IOException {
        if (bytesMax == 0) {
          return 0;
        }
        if (offset == meta.bytes()) {
          return -1;
        }
        int bytes = copy(offset, target, at, bytesMax);
        offset += bytes;
        return bytes;
      }
    };
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
