package dev.usher.cli.term;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;

/** A terminal that remembers what was printed. */
public final class Terminals {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Terminal terminal;

  private Terminals(String input, boolean colour, boolean interactive) {
    this.terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new BufferedReader(new StringReader(input)),
            interactive,
            colour,
            colour);
  }

  /** A pipe: this is on standard input. */
  public static Terminals piped(String input) {
    return new Terminals(input, false, false);
  }

  /** Somebody watches, in colour. */
  public static Terminals watched() {
    return new Terminals("", true, false);
  }

  /** A person types this and watches, in colour. */
  public static Terminals typed(String input) {
    return new Terminals(input, true, true);
  }

  public Terminal terminal() {
    return terminal;
  }

  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
