package dev.usher.sim.tla;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tlc2.TLC;

/**
 * TLC, the model checker of TLA+, in a JVM of its own: it keeps its state in static fields, so it
 * runs once in a JVM.
 */
final class Tlc {
  /** The specification. */
  static final Path SPEC = Path.of("src", "test", "tla").toAbsolutePath();

  private static final long MINUTES_MAX = 5;
  private static final Pattern VIOLATED = Pattern.compile("Invariant (\\w+) is violated");
  private static final Pattern STATES =
      Pattern.compile("(\\d+) states generated, (\\d+) distinct states found, 0 states left.*");

  /** What one run of TLC came to. */
  record Outcome(List<String> output) {
    /** The invariants that do not hold, in the order in which TLC met them. */
    List<String> violated() {
      return find(VIOLATED).map(match -> match.group(1)).toList();
    }

    /** How many different states there are, all of them visited. */
    long distinctStates() {
      return find(STATES).mapToLong(match -> Long.parseLong(match.group(2))).findFirst().orElse(0);
    }

    /** Errors other than broken invariants: of a module, a configuration or TLC itself. */
    List<String> troubles() {
      return output.stream()
          .filter(line -> line.contains("rror:") || line.contains("***"))
          .filter(line -> !VIOLATED.matcher(line).find())
          .filter(line -> !line.contains("The behavior up to this point is"))
          .toList();
    }

    Stream<Matcher> find(Pattern pattern) {
      return output.stream().map(pattern::matcher).filter(Matcher::find);
    }
  }

  private Tlc() {}

  /**
   * Checks a module.
   *
   * @param module a file of {@link #SPEC}; what it extends may be in the working directory too
   * @param config a file of the working directory
   * @param workDir for all that TLC writes
   * @throws IllegalStateException when it takes longer than five minutes
   */
  static Outcome check(String module, String config, Path workDir, String... options)
      throws IOException, InterruptedException {
    Files.createDirectories(workDir);
    Path output = workDir.resolve("output.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String library = "-DTLA-Library=" + workDir + File.pathSeparator + SPEC;
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djava.io.tmpdir=" + workDir));
    command.addAll(List.of(library, "-cp", jar(), TLC.class.getName()));
    command.addAll(List.of("-workers", "1", "-deadlock", "-nowarning", "-metadir", "states"));
    command.addAll(List.of(options));
    command.addAll(List.of("-config", config, SPEC.resolve(module).toString()));
    Process process =
        new ProcessBuilder(command)
            .directory(workDir.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
        throw new IllegalStateException(
            "TLC on %s takes more than %d min, see %s".formatted(module, MINUTES_MAX, output));
      }
    } finally {
      process.destroyForcibly();
    }
    return new Outcome(Files.readAllLines(output));
  }

  private static String jar() {
    return Path.of(TLC.class.getProtectionDomain().getCodeSource().getLocation().getPath())
        .toString();
  }
}
