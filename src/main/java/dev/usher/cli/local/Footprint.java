package dev.usher.cli.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/** What a process takes of its machine. What can't be told is 0. */
final class Footprint {
  private static final String RESIDENT = "VmRSS:";
  private static final long KIBI = 1024;
  private static final Pattern COMPILER = Pattern.compile("C[12] CompilerThre");

  /** Linux tells programs hundredths of a second, whatever its own clock does. */
  private static final long TICK_MS = 10;

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

  /** CPU time of a JVM's compiler threads; of those that it has ended, nothing is known. */
  static Duration compilerCpu(long pid) {
    try (var threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      return threads.map(Footprint::compilerCpuOf).reduce(Duration.ZERO, Duration::plus);
    } catch (IOException | UncheckedIOException unknown) {
      return Duration.ZERO;
    }
  }

  /** proc(5): the name is in brackets, 12 and 13 fields later are user and system time. */
  private static Duration compilerCpuOf(Path thread) {
    try {
      var stat = Files.readString(thread.resolve("stat"));
      int named = stat.lastIndexOf(')');
      if (!COMPILER.matcher(stat.substring(stat.indexOf('(') + 1, named)).lookingAt()) {
        return Duration.ZERO;
      }
      var fields = stat.substring(named + 2).split(" ");
      return Duration.ofMillis((Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_MS);
    } catch (IOException gone) {
      return Duration.ZERO;
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
