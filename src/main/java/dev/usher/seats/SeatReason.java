package dev.usher.seats;

/** Why the state machine refuses: the names are the {@code reason} of a refusal. */
public enum SeatReason {
  /** The bytes are no command, or break a rule that needs no state; details: field. */
  MALFORMED_COMMAND,
  /** No such venue, event, seat, hold or booking, or not the caller's; details: name. */
  RESOURCE_NOT_FOUND,
  /** Another plan or text lives under that venue id; details: name. */
  VENUE_EXISTS,
  /** Another event lives under that id; details: name. */
  EVENT_EXISTS,
  /** The group holds as many venues or events as it may; details: limit. */
  GROUP_FULL,
  /** The event is a draft; details: name. */
  SALE_NOT_STARTED,
  /** More seats than the event allows in one hold or booking; details: limit. */
  SEAT_LIMIT_PER_BOOKING,
  /** Somebody else has them; details: seats, revision. */
  SEAT_UNAVAILABLE,
  /**
   * Nothing that fits the wish is free; details: name, count, free, adjacent (so many of these side
   * by side at most), event_free.
   */
  SOLD_OUT,
  /** Too little that fits the wish is free, or not side by side; details as of SOLD_OUT. */
  NOT_ENOUGH_ADJACENT_SEATS,
  /** Longer than a hold may live; details: limit, in milliseconds. */
  HOLD_MAX_TTL,
  /** The hold is gone, and so is at least one of its seats; details: hold, seats, revision. */
  HOLD_EXPIRED,
  /** The hold id is in use for other seats; details: name. */
  REQUEST_ID_REUSED,
  /** The total is not what the seats cost; details: total, currency. */
  PRICE_CHANGED,
  /** The fence came first: this booking can never commit; details: name. */
  BOOKING_FENCED,
  /** The captured amount is not the total; details: captured, total. */
  CAPTURE_MISMATCH,
  /** A void of another payment than the booking's; details: payment. */
  PAYMENT_MISMATCH,
  /** More refunded than captured; details: refunded, captured. */
  REFUND_EXCEEDS_CAPTURE,
  /** A refund for a booking that owes none; details: name. */
  REFUND_NOT_OWED,
  /** The booking is paid: it is cancelled and refunded, not released; details: name. */
  BOOKING_PAID,
  /** The ticket's booking is committed, but its capture is still owed; details: name. */
  TICKET_UNPAID,
  /** The ticket's booking was cancelled; details: name. */
  TICKET_CANCELLED,
  /**
   * The ticket was redeemed before (details: name, redeemTime), or the booking to cancel has
   * tickets that were (details: name, tickets, redeemed).
   */
  TICKET_ALREADY_REDEEMED
}
