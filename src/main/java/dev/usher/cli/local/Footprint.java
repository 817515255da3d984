package dev.usher.cli.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process takes of its machine. What can't be told is 0. */
final class Footprint {
  private static final String RESIDENT = "VmRSS:";
  private static final long KIBI = 1024;

  private Footprint() {}

  static long residentBytes(long pid) {
    try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
      return lines
          .filter(line -> line.startsWith(RESIDENT))
          .map(line -> line.substring(RESIDENT.length()).strip().split(" ")[0])
          .mapToLong(kibibytes -> Long.parseLong(kibibytes) * KIBI)
          .sum();
    } catch (IOException unknown) {
      return 0;
    }
  }

  /** Of everything below the directory; files that vanish meanwhile count for nothing. */
  static long fileBytes(Path directory) {
    try (var files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(Footprint::size).sum();
    } catch (IOException | UncheckedIOException unknown) {
      return 0;
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException gone) {
      return 0;
    }
  }
}
