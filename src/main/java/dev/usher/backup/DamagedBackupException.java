package dev.usher.backup;

import java.io.IOException;
import java.nio.file.Path;

/** A file does not hold whole snapshots as they were saved; nothing of it may be used. */
public final class DamagedBackupException extends IOException {
  private static final long serialVersionUID = 1;

  private final long offset;

  DamagedBackupException(Path file, long offset, String how) {
    super(file + " is damaged at offset " + offset + ": " + how);
    this.offset = offset;
  }

  /** Where, in bytes from the start of the file. */
  public long offset() {
    return offset;
  }
}
