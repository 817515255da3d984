package dev.usher.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Remembers a process across runs of the command line: its pid and when it started. A pid alone
 * would name a stranger once the number is used again.
 */
final class PidFile {
  /** The kernel counts from boot, and the time of boot is known to about a second. */
  private static final Duration START_TOLERANCE = Duration.ofSeconds(3);

  private PidFile() {}

  static void write(Path file, ProcessHandle process) {
    long started =
        process.info().startInstant().map(Instant::toEpochMilli).orElse(System.currentTimeMillis());
    try {
      Files.writeString(file, process.pid() + " " + started + "\n");
    } catch (IOException e) {
      throw new LocalClusterException("the pid file " + file + " can't be written", e);
    }
  }

  /** The process, when it is alive and the one that was started. */
  static Optional<ProcessHandle> alive(Path file) {
    String[] parts;
    try {
      parts = Files.readString(file).strip().split(" ", -1);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new LocalClusterException("the pid file " + file + " can't be read", e);
    }
    try {
      var started = Instant.ofEpochMilli(Long.parseLong(parts.length == 2 ? parts[1] : ""));
      return ProcessHandle.of(Long.parseLong(parts[0]))
          .filter(ProcessHandle::isAlive)
          .filter(
              process ->
                  process
                      .info()
                      .startInstant()
                      .map(at -> Duration.between(at, started).abs())
                      .filter(apart -> apart.compareTo(START_TOLERANCE) <= 0)
                      .isPresent());
    } catch (NumberFormatException e) {
      throw new LocalClusterException(
          "the pid file " + file + " is damaged; remove it after a look at what runs", e);
    }
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new LocalClusterException("the pid file " + file + " can't be removed", e);
    }
  }
}
