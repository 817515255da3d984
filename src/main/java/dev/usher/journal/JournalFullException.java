package dev.usher.journal;

/** What was to be written is above a limit, or the journal has no room: nothing was written. */
public final class JournalFullException extends RuntimeException {
  private static final long serialVersionUID = 1;

  JournalFullException(String message) {
    super(message);
  }
}
