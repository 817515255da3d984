package dev.usher.cli.local;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Secret files of a local cluster: made once, random, for the owner's eyes only. */
final class Secrets {
  private static final int BYTES = 24;

  private Secrets() {}

  /** Makes the file when it is missing; an existing one is left as it is. */
  static void ensure(Path file, String prefix) {
    if (Files.exists(file)) {
      return;
    }
    var bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      // The mode is set by the creation itself, so that there is no moment when others can read.
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, prefix + HexFormat.of().formatHex(bytes) + "\n");
    } catch (FileAlreadyExistsException made) {
      // Somebody else made it meanwhile; theirs is as good.
    } catch (IOException e) {
      throw new LocalClusterException(
          "the secret file " + file + " can't be made (" + e + "); may you write there?", e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new LocalClusterException("the secret file " + file + " can't be read", e);
    }
  }
}
