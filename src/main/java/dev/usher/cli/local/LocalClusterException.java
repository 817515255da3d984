package dev.usher.cli.local;

/** A local cluster can't do what was asked; the message names the thing and the next step. */
public final class LocalClusterException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public LocalClusterException(String message) {
    super(message);
  }

  public LocalClusterException(String message, Throwable cause) {
    super(message, cause);
  }
}
