package dev.usher.raft.log;

import java.io.IOException;
import java.nio.file.Path;

/** No room for the next segment of the log. */
public final class DiskFullException extends LogFailedException {
  private static final long serialVersionUID = 1;

  public DiskFullException(Path directory, long segmentBytes, IOException cause) {
    super(
        "no room for a log segment of "
            + segmentBytes
            + " bytes in "
            + directory
            + " ("
            + cause.getMessage()
            + "): free space there and start the node again",
        cause);
  }
}
