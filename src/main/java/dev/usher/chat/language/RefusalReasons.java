package dev.usher.chat.language;

import java.util.Set;

/** The reasons that a language must have words for: ErrorInfo reasons that a booking can meet. */
final class RefusalReasons {
  static final Set<String> ALL =
      Set.of(
          "SEAT_UNAVAILABLE",
          "SOLD_OUT",
          "PRICE_CHANGED",
          "PAYMENT_DECLINED",
          "HOLD_EXPIRED",
          "NOT_ENOUGH_ADJACENT_SEATS",
          "ORPHAN_SEAT",
          "REQUEST_ID_REUSED",
          "BOOKING_FENCED",
          "PAYMENT_METHOD_REQUIRED",
          "SALE_NOT_STARTED",
          "SALE_ENDED",
          "REFUND_WINDOW_CLOSED",
          "TICKET_ALREADY_REDEEMED",
          "SEAT_LIMIT_PER_BOOKING",
          "SEAT_LIMIT_PER_USER",
          "SESSION_REQUIRED",
          "SESSION_EXPIRED",
          "SESSION_REVOKED",
          "QUEUE_TURN_REQUIRED",
          "RESOURCE_NOT_FOUND",
          "NO_LEADER",
          "OVERLOADED",
          "DISK_FULL",
          "NOT_READY",
          "DRAINING",
          "PROVIDER_UNAVAILABLE",
          "OUTCOME_UNKNOWN",
          Language.OTHER);

  /** {@code reason}: as given; {@code decline}: what the card's issuer said, in words. */
  static final Set<String> VARIABLES = Set.of("reason", "decline");

  private RefusalReasons() {}
}
