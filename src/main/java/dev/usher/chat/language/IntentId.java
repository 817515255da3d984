package dev.usher.chat.language;

import java.util.Locale;
import java.util.Optional;

/** What a person can be after. A language file describes each of these, in lower case. */
public enum IntentId {
  FIND_EVENTS,
  CHECK_AVAILABILITY,
  ASK_PRICE,
  BOOK_TICKETS,
  MY_BOOKINGS,
  CANCEL_BOOKING,
  REFUND_POLICY,
  HELP,
  GREET,
  THANK,
  GOODBYE,
  AFFIRM,
  DENY,
  ABORT,
  /** Nothing but values: the answer to a question, or a correction. */
  INFORM,
  OUT_OF_SCOPE;

  /** The name in language files and on the wire. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<IntentId> of(String label) {
    for (var intent : values()) {
      if (intent.label().equals(label)) {
        return Optional.of(intent);
      }
    }
    return Optional.empty();
  }
}
