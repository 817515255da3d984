package dev.usher.cli;

/** What {@code bin/usher} ends with; scripts rely on it. */
public final class ExitCode {
  public static final int OK = 0;

  /** Something went wrong here or in the server. */
  public static final int FAILED = 1;

  /** The command line, a file or a value is wrong. */
  public static final int USAGE = 2;

  /** The server decided against it: the seat is taken, the card is declined, … */
  public static final int REFUSED = 3;

  /** No node gave an answer in time; ask again. */
  public static final int UNAVAILABLE = 4;

  /** Not logged in, or not allowed. */
  public static final int AUTH = 5;

  private ExitCode() {}
}
