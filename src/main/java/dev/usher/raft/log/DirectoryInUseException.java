package dev.usher.raft.log;

import java.io.IOException;
import java.nio.file.Path;

/** Another process works on the same data directory. */
public final class DirectoryInUseException extends IOException {
  private static final long serialVersionUID = 1;

  public DirectoryInUseException(Path directory) {
    super(
        "data directory "
            + directory
            + " is in use by another process: stop that one, or give this node a directory of its"
            + " own");
  }
}
