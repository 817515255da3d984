package dev.usher.cli.term;

import dev.usher.cli.term.Terminal.Style;
import java.io.PrintStream;

/**
 * The steps of something long. On a terminal the running step's line is redrawn with what is known
 * so far; elsewhere every step is one plain line when it is done. Called by one thread at a time.
 */
public final class Progress {
  private static final String CLEAR_LINE = "\r\u001b[2K";

  private final Terminal terminal;
  private final PrintStream to;
  private final boolean live;
  private String step = "";

  public Progress(Terminal terminal, PrintStream to) {
    this.terminal = terminal;
    this.to = to;
    this.live = terminal.outputInteractive() && terminal.colour();
  }

  /** A step begins. */
  public synchronized void begin(String what) {
    step = what;
    redraw("");
  }

  /** News of the running step, shown on a terminal only. */
  public synchronized void news(String news) {
    redraw("  " + news);
  }

  private void redraw(String news) {
    if (live) {
      to.print(CLEAR_LINE + terminal.styled(Style.WAIT, "… ") + step + news);
      to.flush();
    }
  }

  /** The running step is over; {@code what} says what it gave. */
  public synchronized void done(String what) {
    end(Style.GOOD, "✓ ", what);
  }

  /** A check did not hold. */
  public synchronized void failed(String what) {
    end(Style.BAD, "✗ ", what);
  }

  /** A line without a mark. */
  public synchronized void say(String line) {
    end(Style.STRONG, "", line);
  }

  private void end(Style style, String mark, String what) {
    to.println((live ? CLEAR_LINE : "") + terminal.styled(style, mark) + what);
    to.flush();
  }

  /** Removes what is left of a live line, before something else prints. */
  public synchronized void clear() {
    if (live) {
      to.print(CLEAR_LINE);
      to.flush();
    }
  }
}
