package dev.usher.backup;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.usher.api.cluster.v1.ExportSnapshotResponse;
import dev.usher.raft.log.UnsupportedFormatException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the parts of a file one after the other and checks each before it gives it. */
final class BackupReader implements Closeable {
  private final Path file;
  private final DataInputStream source;
  private long position;

  private BackupReader(Path file, DataInputStream source, long position) {
    this.file = file;
    this.source = source;
    this.position = position;
  }

  /**
   * Opens a file at its first part.
   *
   * @throws DamagedBackupException when it is no such file
   * @throws UnsupportedFormatException when a newer program wrote it
   */
  static BackupReader open(Path file) throws IOException {
    BackupReader reader = openAt(file, 0);
    try {
      byte[] start = reader.read(BackupFormat.START_BYTES);
      int version = BackupFormat.version(file, ByteBuffer.wrap(start));
      if (version != BackupFormat.VERSION) {
        throw new UnsupportedFormatException(file, version, BackupFormat.VERSION);
      }
      reader.position = BackupFormat.START_BYTES;
      return reader;
    } catch (IOException e) {
      reader.close();
      throw e;
    }
  }

  /** Opens a file at a part that was found before. */
  static BackupReader openAt(Path file, long position) throws IOException {
    FileChannel channel = FileChannel.open(file);
    channel.position(position);
    return new BackupReader(
        file,
        new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel), 1 << 18)),
        position);
  }

  /** Where the next part begins. */
  long position() {
    return position;
  }

  /** The next part; empty at the file's end, where nothing may follow. */
  Optional<ExportSnapshotResponse> next() throws IOException {
    ByteBuffer head = ByteBuffer.wrap(read(BackupFormat.RECORD_BYTES));
    int length = head.getInt();
    if (length < 0 || length > BackupFormat.RECORD_BYTES_MAX) {
      throw damaged("a part of " + length + " bytes");
    }
    byte[] content = read(length);
    if (head.getInt() != BackupFormat.checksum(position, content)) {
      throw damaged("a part of " + length + " bytes is not as it was written");
    }
    if (length == 0) {
      if (source.read() >= 0) {
        throw damaged("something follows the end");
      }
      return Optional.empty();
    }
    ExportSnapshotResponse part = parse(content);
    position += BackupFormat.RECORD_BYTES + length;
    return Optional.of(part);
  }

  private ExportSnapshotResponse parse(byte[] content) throws DamagedBackupException {
    try {
      return ExportSnapshotResponse.parseFrom(content);
    } catch (InvalidProtocolBufferException e) {
      throw damaged("a part that cannot be read");
    }
  }

  private byte[] read(int length) throws IOException {
    byte[] bytes = source.readNBytes(length);
    if (bytes.length < length) {
      throw damaged("the file is cut off");
    }
    return bytes;
  }

  DamagedBackupException damaged(String how) {
    return new DamagedBackupException(file, position, how);
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
