package dev.usher.chat.language;

import java.util.Locale;
import java.util.Set;

/** Every sentence the assistant can say, with the variables that it may use. */
public enum ReplyId {
  GREETING,
  THANKS,
  GOODBYE,
  HELP,
  REFUND_POLICY,
  CANCELLATION_POLICY,
  CHANGE_BOOKING,
  TRANSFER_OR_SELL,
  PAY,
  PAYMENT_METHODS,
  PAYMENT_ISSUE,
  DELIVERY,
  PRIVACY_POLICY,
  HUMAN_AGENT,
  SMALLTALK,
  UNSURE,
  REPEAT("text"),
  WHICH_INTENT("first", "second"),
  OUT_OF_SCOPE,
  FALLBACK_AGAIN,
  FALLBACK_BOX_OFFICE,
  NOT_YOURS,
  TOO_LONG,
  TROUBLE,
  BUSY,
  LANGUAGE_CHANGED,

  NO_EVENTS,
  NO_EVENTS_MATCH,
  EVENTS_FOUND("lines"),
  EVENT_LINE("event", "date", "venue", "price"),
  EVENT_LINE_CITY("event", "date", "venue", "city", "price"),
  MORE_EVENTS("count"),
  WHICH_EVENT("lines"),
  CHOICE_LINE("number", "line"),
  EVENT_GONE,

  AVAILABILITY("event", "date", "free", "lines"),
  SEATS_FREE("event", "seats"),
  AVAILABLE_ENOUGH("event", "tickets", "free"),
  NOT_ENOUGH("event", "tickets", "free"),
  CATEGORY_FREE("category", "free", "price"),
  SOLD_OUT("event"),
  ONE_FREE,
  MANY_FREE("count"),
  ONE_TICKET,
  MANY_TICKETS("count"),
  PRICES("event", "lines"),
  CATEGORY_PRICE("category", "price"),
  FREE_OF_CHARGE("amount"),

  ASK("question"),
  ASK_AVAILABILITY("event"),
  REFUSED("sentence"),
  UNAVAILABLE("sentence"),
  TOO_MANY("event", "tickets"),
  SEAT_UNKNOWN("event", "seats"),
  SEAT_AMBIGUOUS("seats", "sections"),
  SEATS_TAKEN("seats"),
  SECTION_UNKNOWN("event", "section", "sections"),
  SECTION_FULL("event", "section", "free"),
  NOT_TOGETHER,
  INSTEAD,
  READ_BACK("event", "date", "venue", "tickets", "seats", "prices", "total", "payment", "until"),
  READ_BACK_FREE("event", "date", "venue", "tickets", "seats", "until"),
  PRICE_EACH("price"),
  PRICE_OF_SOME("count", "price"),
  CARD("brand", "digits"),
  CARD_LINE("brand", "digits"),
  WHICH_CARD("event", "date", "tickets", "seats", "total", "until", "lines"),
  NO_SUCH_CARD,
  NO_PAYMENT_METHOD("event", "date", "tickets", "seats", "total", "until"),
  CHANGED,
  HOLD_ENDED,
  HOLD_LAPSED,
  STALE_YES,
  BACK_TO,
  NO_OTHERS,
  NOTHING_TO_CONFIRM,
  NOTHING_TO_DENY,
  OFFER_DECLINED,
  ABORTED,
  NOTHING_TO_ABORT,
  BOOKED("event", "date", "seats", "total", "booking"),
  BOOKED_COMMITTED("event", "date", "seats", "total", "booking"),
  BOOKING_OVER("booking"),
  PAYMENT_UNKNOWN("booking"),
  ATTEMPT_OPEN,
  ATTEMPT_LEFT,

  NO_BOOKINGS,
  BOOKINGS("lines"),
  BOOKING_LINE("event", "date", "seats", "total", "state"),
  MORE_BOOKINGS("count"),
  STATE_COMMITTED,
  STATE_CONFIRMED,
  STATE_CANCELLED,
  STATE_REFUND_OWED,
  STATE_REFUNDED,
  NOTHING_TO_CANCEL,
  WHICH_BOOKING("lines"),
  CANCEL_READ_BACK("event", "date", "seats", "total"),
  CANCEL_READ_BACK_FREE("event", "date", "seats"),
  BOOKING_CHANGED,
  CANCELLED("event", "seats", "total"),
  CANCELLED_FREE("event", "seats"),
  CANCELLATION_KEPT,

  UNKNOWN_EVENT,
  LIST_AND("first", "last");

  @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable
  private final Set<String> variables;

  ReplyId(String... variables) {
    this.variables = Set.of(variables);
  }

  /** What its sentence may use. */
  Set<String> variables() {
    return variables;
  }

  /** The name in language files, and the template id of an answer. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
