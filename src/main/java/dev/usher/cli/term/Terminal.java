package dev.usher.cli.term;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where a command prints and reads, always in UTF-8. Colours and redrawn lines are for a terminal
 * only, so that a file or a pipe gets plain text.
 *
 * @param out what the command was asked for
 * @param err errors, questions and progress
 * @param inputInteractive a person types
 * @param outputInteractive a person watches
 * @param colour escape sequences are welcome on {@code out}
 */
public record Terminal(
    PrintStream out,
    PrintStream err,
    BufferedReader in,
    boolean inputInteractive,
    boolean outputInteractive,
    boolean colour) {

  /**
   * The process's own. {@code bin/usher} tells with {@code usher.tty.in} and {@code usher.tty.out}
   * which end is a terminal, because the JVM knows only about both together; not told, neither is.
   * {@code NO_COLOR} and {@code TERM=dumb} are respected.
   */
  public static Terminal ofProcess() {
    boolean input = Boolean.getBoolean("usher.tty.in");
    boolean output = Boolean.getBoolean("usher.tty.out");
    boolean plain =
        Optional.ofNullable(System.getenv("NO_COLOR")).filter(v -> !v.isEmpty()).isPresent()
            || "dumb".equals(System.getenv("TERM"));
    return new Terminal(
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        new BufferedReader(
            new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8)),
        input,
        output,
        output && !plain);
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /** The next line that was typed or piped in, empty at the end of input. */
  public Optional<String> readLine() {
    try {
      return Optional.ofNullable(in.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException("standard input can't be read", e);
    }
  }

  /** Asks a person; empty when nobody is there or nothing was typed. */
  public Optional<String> ask(String question) {
    if (!inputInteractive) {
      return Optional.empty();
    }
    err.print(question);
    err.flush();
    return readLine().map(String::strip).filter(line -> !line.isEmpty());
  }

  /** Asks without showing what is typed; empty when there is no terminal for that. */
  public Optional<String> askSecret(String question) {
    return Optional.ofNullable(System.console())
        .filter(console -> inputInteractive)
        .map(console -> console.readPassword("%s", question))
        .filter(typed -> typed.length > 0)
        .map(String::new);
  }

  /** The text in a style, or as it is where colours are not welcome. */
  public String styled(Style style, String text) {
    return colour ? "\u001b[" + style.code + "m" + text + "\u001b[0m" : text;
  }

  /** The few styles in use; each means one thing. */
  public enum Style {
    /** Headings. */
    STRONG("1"),
    /** Beside the point: booked seats, hints. */
    FAINT("2"),
    /** Good: free seats, a check that held. */
    GOOD("32"),
    /** Wait: held seats. */
    WAIT("33"),
    /** Bad: a check that did not hold, an error. */
    BAD("31");

    private final String code;

    Style(String code) {
      this.code = code;
    }
  }
}
