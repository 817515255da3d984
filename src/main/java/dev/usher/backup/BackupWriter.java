package dev.usher.backup;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.usher.api.cluster.v1.ExportSnapshotResponse;
import dev.usher.raft.log.FileDisk;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * Writes saved snapshots. The file is there whole and durable, for its owner's eyes only, or not at
 * all: closed before {@link #finish} it leaves nothing behind.
 */
public final class BackupWriter implements Closeable {
  private final Path file;
  private final boolean overwrite;
  private final Path unfinished;
  private final FileChannel target;
  private PartOrder order = new PartOrder();
  private long position;
  private long groupStart;
  private boolean finished;

  private BackupWriter(Path file, boolean overwrite, Path unfinished, FileChannel target) {
    this.file = file;
    this.overwrite = overwrite;
    this.unfinished = unfinished;
    this.target = target;
  }

  /**
   * Begins a file.
   *
   * @throws FileAlreadyExistsException when it is there already and must not be overwritten
   */
  public static BackupWriter create(Path file, boolean overwrite) throws IOException {
    refuseExisting(file, overwrite);
    Path unfinished = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".new");
    // The mode is set by the creation itself, so that there is no moment when others can read.
    FileChannel target =
        FileChannel.open(
            unfinished,
            Set.of(CREATE_NEW, WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    BackupWriter writer = new BackupWriter(file, overwrite, unfinished, target);
    try {
      writer.append(BackupFormat.start());
      return writer;
    } catch (IOException e) {
      writer.close();
      throw e;
    }
  }

  private static void refuseExisting(Path file, boolean overwrite) throws IOException {
    if (!overwrite && Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
  }

  /**
   * Appends a part.
   *
   * @throws IOException when it does not follow the one before or is not as it was given out, too
   */
  public void write(ExportSnapshotResponse part) throws IOException {
    if (part.hasHeader()) {
      groupStart = position;
    }
    var wrong = order.next(part);
    if (wrong.isPresent()) {
      throw new IOException("what was received is no snapshot: " + wrong.get());
    }
    byte[] content = part.toByteArray();
    append(BackupFormat.record(position, content), ByteBuffer.wrap(content));
  }

  /** Forgets the snapshot that is begun and not ended: it comes again from its beginning. */
  public void forgetUnfinished() throws IOException {
    if (!order.isWhole()) {
      order = new PartOrder();
      position = groupStart;
      target.truncate(position);
    }
  }

  /** When this returns, the file is durable under its name. */
  public void finish() throws IOException {
    if (!order.isWhole()) {
      throw new IOException("the snapshot that was received has no end");
    }
    append(BackupFormat.record(position, new byte[0]));
    target.force(true);
    target.close();
    refuseExisting(file, overwrite);
    new FileDisk().rename(unfinished, file);
    finished = true;
  }

  /** Bytes written so far. */
  public long bytes() {
    return position;
  }

  private void append(ByteBuffer... parts) throws IOException {
    for (ByteBuffer part : parts) {
      while (part.hasRemaining()) {
        position += target.write(part, position);
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (!finished) {
      target.close();
      Files.deleteIfExists(unfinished);
    }
  }
}
