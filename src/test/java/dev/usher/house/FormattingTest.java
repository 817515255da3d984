package dev.usher.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Every source file is as google-java-format writes it. To rewrite them: {@code mvn test
 * -Dtest=FormattingTest -Dusher.format=write}.
 */
@Execution(ExecutionMode.CONCURRENT)
class FormattingTest {
  private static final boolean WRITE = "write".equals(System.getProperty("usher.format"));

  @Test
  void everySourceFileIsFormatted() throws IOException {
    assertThat(sources().parallelStream().filter(FormattingTest::differs).toList())
        .as("files to format: mvn test -Dtest=FormattingTest -Dusher.format=write")
        .isEmpty();
  }

  private static List<Path> sources() throws IOException {
    try (var files = Files.walk(Path.of("src"))) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static boolean differs(Path file) {
    try {
      var source = Files.readString(file);
      var formatted = new Formatter().formatSourceAndFixImports(source);
      if (formatted.equals(source)) {
        return false;
      }
      if (WRITE) {
        Files.writeString(file, formatted);
      }
      return !WRITE;
    } catch (FormatterException e) {
      throw new IllegalStateException("cannot format " + file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
