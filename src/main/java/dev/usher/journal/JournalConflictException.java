package dev.usher.journal;

/**
 * Another copy of the persistent actor was faster: it has written the same sequence numbers. This
 * copy's state is out of date; it must end, and recover if it is started again.
 */
public final class JournalConflictException extends RuntimeException {
  private static final long serialVersionUID = 1;

  JournalConflictException(String message) {
    super(message);
  }
}
