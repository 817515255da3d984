package dev.usher.raft.log;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * The real file system, and a count of what was asked of it. Safe for any thread, as far as the
 * files differ.
 */
public final class FileDisk implements Disk {
  private static final int ZEROS_AT_ONCE = 1 << 20;

  /**
   * What a disk was asked since this object was made.
   *
   * @param bytesWritten the zeros of preallocated files among them
   * @param forces of files and of directories
   */
  public record Usage(long bytesWritten, long forces) {}

  private final LongAdder bytesWritten = new LongAdder();
  private final LongAdder forces = new LongAdder();

  public Usage usage() {
    return new Usage(bytesWritten.sum(), forces.sum());
  }

  @Override
  public void createDirectories(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path parent = directory.toAbsolutePath().getParent();
    if (parent != null) {
      createDirectories(parent);
    }
    Files.createDirectories(directory);
    if (parent != null) {
      forceDirectory(parent);
    }
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  @Override
  public Optional<byte[]> read(Path file) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void writeAtomically(Path file, byte[] content) throws IOException {
    allocate(file, content.length, content).close();
  }

  @Override
  public DiskFile allocate(Path file, long size, byte[] header) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel = FileChannel.open(unfinished, CREATE, WRITE, TRUNCATE_EXISTING)) {
      writeFully(channel, ByteBuffer.wrap(header), 0);
      ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(ZEROS_AT_ONCE, size));
      for (long at = header.length; at < size; at += zeros.limit()) {
        zeros.clear().limit((int) Math.min(zeros.capacity(), size - at));
        writeFully(channel, zeros, at);
      }
      force(channel, true);
    } catch (IOException e) {
      Files.deleteIfExists(unfinished);
      throw e;
    }
    rename(unfinished, file);
    return open(file);
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    return new OpenFile(FileChannel.open(file, CREATE, READ, WRITE, TRUNCATE_EXISTING));
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    return new OpenFile(FileChannel.open(file, READ, WRITE));
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    forceDirectory(parentOf(to));
  }

  @Override
  public void delete(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      forceDirectory(parentOf(file));
    }
  }

  @Override
  public Closeable lock(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, CREATE, WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // This same process holds it, which is refused just the same.
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new DirectoryInUseException(parentOf(file));
  }

  private static Path parentOf(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException("not a file: " + file);
    }
    return parent;
  }

  /** A new name is durable when its directory is. */
  private void forceDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      force(channel, true);
    }
  }

  private void force(FileChannel channel, boolean metadataToo) throws IOException {
    channel.force(metadataToo);
    forces.increment();
  }

  private void writeFully(FileChannel channel, ByteBuffer source, long position)
      throws IOException {
    bytesWritten.add(source.remaining());
    long at = position;
    while (source.hasRemaining()) {
      at += channel.write(source, at);
    }
  }

  private final class OpenFile implements DiskFile {
    private final FileChannel channel;

    OpenFile(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public ByteBuffer readAll() throws IOException {
      ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(channel.size()));
      read(content, 0);
      return content.flip();
    }

    @Override
    public void read(ByteBuffer target, long position) throws IOException {
      long at = position;
      while (target.hasRemaining()) {
        int bytes = channel.read(target, at);
        if (bytes < 0) {
          throw new EOFException("the file ends at " + channel.size() + " bytes");
        }
        at += bytes;
      }
    }

    @Override
    public void write(ByteBuffer source, long position) throws IOException {
      writeFully(channel, source, position);
    }

    @Override
    public void force() throws IOException {
      FileDisk.this.force(channel, false);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
