package dev.usher.chat.language;

import java.util.Locale;
import java.util.Optional;

/** What a person can be after. A language file describes each of these, in lower case. */
public enum IntentId {
  FIND_EVENTS,
  EVENT_INFO,
  ASK_PRICE,
  CHECK_AVAILABILITY,
  /** Something other than what was proposed. */
  REQUEST_ALTERNATIVES,
  BOOK_TICKETS,
  MY_BOOKINGS,
  CANCEL_BOOKING,
  CANCELLATION_POLICY,
  CHANGE_BOOKING,
  TRANSFER_OR_SELL,
  PAY,
  PAYMENT_METHODS,
  PAYMENT_ISSUE,
  REFUND_REQUEST,
  REFUND_POLICY,
  REFUND_STATUS,
  DELIVERY,
  PRIVACY_POLICY,
  HUMAN_AGENT,
  HELP,
  SMALLTALK,
  GREET,
  THANK,
  GOODBYE,
  AFFIRM,
  DENY,
  /** Neither yes nor no. */
  UNSURE,
  /** Say that again. */
  REPEAT,
  ABORT,
  /** Nothing but values: the answer to a question, or a correction. */
  INFORM,
  OUT_OF_SCOPE;

  /** The name in language files and on the wire. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<IntentId> of(String label) {
    for (var intent : values()) {
      if (intent.label().equals(label)) {
        return Optional.of(intent);
      }
    }
    return Optional.empty();
  }
}
