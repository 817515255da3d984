package dev.usher.raft.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The little that the log wants from a file system, so that tests and the simulator can lose, tear
 * and refuse what a real disk loses, tears and refuses.
 */
public interface Disk {
  /** Makes the directory and its missing parents, durably. */
  void createDirectories(Path directory) throws IOException;

  /** The names of the files in a directory, sorted. */
  List<String> list(Path directory) throws IOException;

  /** The whole of a small file, empty when there is none. */
  Optional<byte[]> read(Path file) throws IOException;

  /** Writes a small file so that after a crash it is there whole or not at all. */
  void writeAtomically(Path file, byte[] content) throws IOException;

  /**
   * Creates a file of {@code size} zero bytes that begins with {@code header}. It is there whole
   * and durable, or not at all, and later writes within its size need no change of metadata: the
   * zeros are really written, since a force after a write into a hole would have to allocate.
   */
  DiskFile allocate(Path file, long size, byte[] header) throws IOException;

  /**
   * Creates an empty file, or empties an existing one, that grows as it is written. Whether its
   * name survives a crash is open until {@link #rename}.
   */
  DiskFile create(Path file) throws IOException;

  /** Opens an existing file for reading and writing. */
  DiskFile open(Path file) throws IOException;

  /** Gives a file another name, durably and in one step; a file of that name is replaced. */
  void rename(Path from, Path to) throws IOException;

  /** Removes a file, durably; nothing happens when there is none. */
  void delete(Path file) throws IOException;

  /**
   * Keeps other processes out until closed.
   *
   * @throws DirectoryInUseException when another one holds it
   */
  Closeable lock(Path file) throws IOException;
}
