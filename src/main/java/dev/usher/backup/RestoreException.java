package dev.usher.backup;

/** A restore is refused; nothing was made. The message names the thing and the next step. */
public final class RestoreException extends Exception {
  private static final long serialVersionUID = 1;

  RestoreException(String message) {
    super(message);
  }
}
