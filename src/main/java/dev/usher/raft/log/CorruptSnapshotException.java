package dev.usher.raft.log;

import java.io.IOException;
import java.nio.file.Path;

/** A snapshot does not hold what was written into it; nothing of it may be used. */
public final class CorruptSnapshotException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * @param offset of the damaged part, in bytes from the start of the file
   * @param how what is wrong with it
   */
  public CorruptSnapshotException(Path file, long offset, String how) {
    super("snapshot damaged: file=" + file + " offset=" + offset + ": " + how);
  }
}
