package dev.usher.raft.log;

import java.io.IOException;
import java.nio.file.Path;

/** A file was written by another version of this program, which nobody can guess the format of. */
public final class UnsupportedFormatException extends IOException {
  private static final long serialVersionUID = 1;

  public UnsupportedFormatException(Path file, int found, int known) {
    super(
        file
            + " has format version "
            + found
            + ", this program reads up to "
            + known
            + ": start the version of the program that wrote it, or a newer one");
  }
}
