package dev.usher.raft.log;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A write or a force of the log failed. That is final: what is on the disk is unknown, a repeated
 * force can return as if all were well, and only a restart finds out what was kept.
 */
public class LogFailedException extends IOException {
  private static final long serialVersionUID = 1;

  public LogFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
