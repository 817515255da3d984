package dev.usher.journal;

/** No majority answered in time; what was to be written may or may not have been. */
public final class JournalUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  JournalUnavailableException(String message) {
    super(message);
  }
}
