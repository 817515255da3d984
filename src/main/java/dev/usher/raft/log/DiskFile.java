package dev.usher.raft.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file. */
public interface DiskFile extends Closeable {
  long size() throws IOException;

  /** Reads the whole file. */
  ByteBuffer readAll() throws IOException;

  /** Fills the target from the position on; an EOFException when the file has less. */
  void read(ByteBuffer target, long position) throws IOException;

  /** Writes all that remains in the source at the position; durable only after {@link #force}. */
  void write(ByteBuffer source, long position) throws IOException;

  /**
   * When this returns, everything written before is durable. When it throws, nothing is known about
   * any of it, and calling again proves nothing: the page cache may have dropped the data.
   */
  void force() throws IOException;
}
