package dev.usher.raft.log;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The log is damaged where it had been durable before, so something that was promised may be
 * missing: a node must not vote or lead with it. Nothing was cut or changed.
 */
public final class CorruptLogException extends IOException {
  private static final long serialVersionUID = 1;

  private final transient Path file;
  private final long offset;

  /**
   * @param offset of the first damaged byte's record, in bytes from the start of the file
   * @param where which entry that is, as far as it can be told
   * @param how what is wrong with it
   */
  public CorruptLogException(Path file, long offset, String where, String how) {
    super(
        "log damaged: file="
            + file
            + " offset="
            + offset
            + " "
            + where
            + ": "
            + how
            + "; nothing was cut. Restore the directory from a backup, or start the node with an"
            + " empty one as a new node");
    this.file = file;
    this.offset = offset;
  }

  public Path file() {
    return file;
  }

  public long offset() {
    return offset;
  }
}
