package dev.usher.cli;

/** A command can't go on; the message names the thing and the next step. */
final class CliException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  CliException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
