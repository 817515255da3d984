package dev.usher.booking;

/** The provider did not tell what payments there are; ask again. */
public final class LedgerUnreadableException extends RuntimeException {
  LedgerUnreadableException(String why) {
    super("the provider's ledger can't be read: " + why);
  }
}
