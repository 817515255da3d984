package dev.usher.raft.log;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process of this class path whose forces and writes fail or stall when it is told so: a library
 * before the C library's takes {@code fdatasync}, {@code fsync} and {@code pwrite}.
 */
public final class FaultyDisk implements AutoCloseable {
  private static final long END_WITHIN_SECONDS = 60;

  private final Process process;
  private final Path word;
  private final BufferedReader says;
  private final Writer tell;

  private FaultyDisk(Process process, Path word) {
    this.process = process;
    this.word = word;
    says = process.inputReader(StandardCharsets.UTF_8);
    tell = process.outputWriter(StandardCharsets.UTF_8);
  }

  /**
   * Starts the main method of a class; skips the test where the library cannot be had.
   *
   * @param workDir for the library and the word that it looks for
   */
  public static FaultyDisk start(Path workDir, Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    Path word = workDir.resolve("fault");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Its log lines go to standard error: what it says is for the test alone.
    command.addAll(List.of("-Dlogback.configurationFile=logback.xml", "-DUSHER_LOG_LEVEL=ERROR"));
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.addAll(List.of(System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("LD_PRELOAD", library(workDir).toString());
    builder.environment().put("DISKFAULT", word.toString());
    return new FaultyDisk(builder.start(), word);
  }

  private static Path library(Path workDir) throws IOException, InterruptedException {
    Path shared =
        Path.of(System.getProperty("usher.shared.dir", Path.of("..", "shared").toString()));
    Path source = shared.resolve("tools").resolve("fsyncfault.c").toAbsolutePath();
    assumeTrue(Files.exists(source), "the fault tools are not beside the project: " + source);
    Path library = workDir.resolve("fsyncfault.so");
    try {
      Process gcc =
          new ProcessBuilder(
                  "gcc", "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl")
              .redirectErrorStream(true)
              .start();
      String said = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assumeTrue(gcc.waitFor() == 0, "the fault tool cannot be built here: " + said);
    } catch (IOException e) {
      assumeTrue(false, "there is no C compiler here: " + e.getMessage());
    }
    return library;
  }

  /** From now on: eio, enospc, or slow with milliseconds. */
  public void fault(String fault) throws IOException {
    Path made = Files.writeString(word.resolveSibling("next"), fault);
    Files.move(made, word, StandardCopyOption.ATOMIC_MOVE);
  }

  public void mend() throws IOException {
    Files.delete(word);
  }

  /** Asks the program for something; gives the line that it answers. */
  public String ask(String line) throws IOException {
    tell.write(line + "\n");
    tell.flush();
    return next();
  }

  /** The next line that the program says, "(it ended)" at the end. */
  public String next() throws IOException {
    String said = says.readLine();
    return said == null ? "(it ended)" : said;
  }

  /** How it ended, by itself. */
  public int end() throws IOException, InterruptedException {
    tell.close();
    if (!process.waitFor(END_WITHIN_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the process does not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
