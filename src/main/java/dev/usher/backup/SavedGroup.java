package dev.usher.backup;

import dev.usher.api.cluster.v1.ExportSnapshotResponse;
import dev.usher.api.cluster.v1.SnapshotHeader;
import dev.usher.raft.GroupId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One group's snapshot in a file.
 *
 * @param bytes of content
 * @param checksum CRC32C of the content
 * @param start where its content begins in the file
 */
public record SavedGroup(Path file, SnapshotHeader header, long bytes, int checksum, long start) {
  private static final String COLLECTION = "groups/";

  /**
   * All that a file holds, after every checksum in it was checked.
   *
   * @throws DamagedBackupException names the offset of the first damage
   * @throws dev.usher.raft.log.UnsupportedFormatException when a newer program wrote it
   */
  public static List<SavedGroup> of(Path file) throws IOException {
    List<SavedGroup> found = new ArrayList<>();
    PartOrder order = new PartOrder();
    try (BackupReader reader = BackupReader.open(file)) {
      SnapshotHeader header = SnapshotHeader.getDefaultInstance();
      long start = 0;
      while (true) {
        long offset = reader.position();
        var part = reader.next();
        if (part.isEmpty()) {
          break;
        }
        var wrong = order.next(part.get());
        if (wrong.isPresent()) {
          throw new DamagedBackupException(file, offset, wrong.get());
        }
        switch (part.get().getPartCase()) {
          case HEADER -> {
            header = part.get().getHeader();
            start = reader.position();
          }
          case END -> {
            var end = part.get().getEnd();
            found.add(new SavedGroup(file, header, end.getBytes(), end.getChecksum(), start));
          }
          case CHUNK, PART_NOT_SET -> {}
        }
      }
      if (!order.isWhole()) {
        throw reader.damaged("it ends within a snapshot");
      }
    }
    return List.copyOf(found);
  }

  /** Throws IllegalArgumentException when the header names no group. */
  public GroupId group() {
    String name = header.getGroup();
    if (!name.startsWith(COLLECTION)) {
      throw new IllegalArgumentException("not a group: " + name);
    }
    return new GroupId(name.substring(COLLECTION.length()));
  }

  public String cluster() {
    return header.getCluster();
  }

  /** The content, each part checked again as it is read. */
  public InputStream content() throws IOException {
    return new ContentStream(BackupReader.openAt(file, start));
  }

  private static final class ContentStream extends InputStream {
    private final BackupReader reader;
    private InputStream chunk = InputStream.nullInputStream();
    private boolean ended;

    ContentStream(BackupReader reader) {
      this.reader = reader;
    }

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
      int bytes = chunk.read(target, at, bytesMax);
      while (bytes < 0 && !ended) {
        ExportSnapshotResponse part =
            reader.next().orElseThrow(() -> reader.damaged("content without an end"));
        ended = !part.hasChunk();
        chunk = part.getChunk().getData().newInput();
        bytes = chunk.read(target, at, bytesMax);
      }
      return bytes;
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
