package dev.usher.cli;

import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** What the snapshot commands say in the same way. */
final class SnapshotText {
  private SnapshotText() {}

  /** {@code 12.3 MiB}. */
  static String bytes(long bytes) {
    if (bytes < 1 << 10) {
      return bytes + " bytes";
    }
    return bytes < 1 << 20
        ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0)
        : String.format(Locale.ROOT, "%.1f MiB", bytes / 1024.0 / 1024.0);
  }

  static String cause(Exception e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return root instanceof NoSuchFileException
        ? "there is no " + message
        : message == null ? root.toString() : message;
  }
}
