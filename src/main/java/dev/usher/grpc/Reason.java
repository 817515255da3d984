package dev.usher.grpc;

import com.google.rpc.Code;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every {@code ErrorInfo.reason} of the public API and the code that goes with it (AIP-193). The
 * rooms name a reason as text; this is the one place where it gets a code, and a test holds that no
 * room names one that is missing here.
 */
enum Reason {
  // The answer is no, and asking again gives no again.
  SEAT_UNAVAILABLE(Code.FAILED_PRECONDITION),
  SOLD_OUT(Code.FAILED_PRECONDITION),
  NOT_ENOUGH_ADJACENT_SEATS(Code.FAILED_PRECONDITION),
  ORPHAN_SEAT(Code.FAILED_PRECONDITION),
  HOLD_EXPIRED(Code.FAILED_PRECONDITION),
  HOLD_MAX_TTL(Code.FAILED_PRECONDITION),
  PRICE_CHANGED(Code.FAILED_PRECONDITION),
  PAYMENT_DECLINED(Code.FAILED_PRECONDITION),
  PAYMENT_OF_BOOKING(Code.FAILED_PRECONDITION),
  PAYMENT_STATE(Code.FAILED_PRECONDITION),
  PAYMENT_METHOD_REQUIRED(Code.FAILED_PRECONDITION),
  SALE_NOT_STARTED(Code.FAILED_PRECONDITION),
  SALE_ENDED(Code.FAILED_PRECONDITION),
  REFUND_WINDOW_CLOSED(Code.FAILED_PRECONDITION),
  TICKET_ALREADY_REDEEMED(Code.FAILED_PRECONDITION),
  TICKET_UNPAID(Code.FAILED_PRECONDITION),
  TICKET_CANCELLED(Code.FAILED_PRECONDITION),
  BOOKING_FENCED(Code.FAILED_PRECONDITION),
  BOOKING_PAID(Code.FAILED_PRECONDITION),
  TRANSFER_ABORTED(Code.FAILED_PRECONDITION),
  MEMBER_NOT_POSSIBLE(Code.FAILED_PRECONDITION),
  ETAG_MISMATCH(Code.ABORTED),
  JOURNAL_CONFLICT(Code.ABORTED),

  // A limit was reached.
  SEAT_LIMIT_PER_BOOKING(Code.RESOURCE_EXHAUSTED),
  SEAT_LIMIT_PER_USER(Code.RESOURCE_EXHAUSTED),
  MESSAGE_TOO_LARGE(Code.RESOURCE_EXHAUSTED),
  LOGIN_THROTTLED(Code.RESOURCE_EXHAUSTED, true),
  QUEUE_TURN_REQUIRED(Code.RESOURCE_EXHAUSTED, true),
  OVERLOADED(Code.RESOURCE_EXHAUSTED, true),

  DISK_FULL(Code.RESOURCE_EXHAUSTED, true),
  GROUP_FULL(Code.RESOURCE_EXHAUSTED),
  JOURNAL_FULL(Code.RESOURCE_EXHAUSTED),
  DIRECTORY_FULL(Code.RESOURCE_EXHAUSTED),
  PAYMENT_METHOD_LIMIT(Code.RESOURCE_EXHAUSTED),

  // The request is not one.
  FIELD_INVALID(Code.INVALID_ARGUMENT),
  MALFORMED_COMMAND(Code.INVALID_ARGUMENT),
  REQUEST_ID_REUSED(Code.INVALID_ARGUMENT),
  PASSWORD_WEAK(Code.INVALID_ARGUMENT),
  EMAIL_MALFORMED(Code.INVALID_ARGUMENT),
  REVISION_COMPACTED(Code.OUT_OF_RANGE),
  METHOD_UNKNOWN(Code.UNIMPLEMENTED),
  ENCODING_UNSUPPORTED(Code.UNIMPLEMENTED),

  // Who asks, and for what.
  SESSION_REQUIRED(Code.UNAUTHENTICATED),
  SESSION_EXPIRED(Code.UNAUTHENTICATED),
  SESSION_REVOKED(Code.UNAUTHENTICATED),
  CREDENTIALS_INVALID(Code.UNAUTHENTICATED),
  ROLE_REQUIRED(Code.PERMISSION_DENIED),
  RESOURCE_NOT_FOUND(Code.NOT_FOUND),
  VENUE_EXISTS(Code.ALREADY_EXISTS),
  EVENT_EXISTS(Code.ALREADY_EXISTS),
  USER_EXISTS(Code.ALREADY_EXISTS),
  SESSION_EXISTS(Code.ALREADY_EXISTS),
  PAYMENT_METHOD_EXISTS(Code.ALREADY_EXISTS),

  // Not now. UNAVAILABLE is the only code that a client repeats by itself.
  NO_LEADER(Code.UNAVAILABLE, true),
  DRAINING(Code.UNAVAILABLE, true),
  NOT_READY(Code.UNAVAILABLE, true),
  MEMBER_NOT_YET(Code.UNAVAILABLE, true),
  PROVIDER_UNAVAILABLE(Code.UNAVAILABLE, true),
  OUTCOME_UNKNOWN(Code.UNAVAILABLE, true),
  DEADLINE_PASSED(Code.DEADLINE_EXCEEDED),
  CALL_CANCELLED(Code.CANCELLED),

  // Bookkeeping that does not add up: no request can cause it.
  CAPTURE_MISMATCH(Code.INTERNAL),
  PAYMENT_MISMATCH(Code.INTERNAL),
  REFUND_EXCEEDS_CAPTURE(Code.INTERNAL),
  REFUND_NOT_OWED(Code.INTERNAL),
  INTERNAL(Code.INTERNAL);

  private static final Map<String, Reason> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(Reason::name, Function.identity()));

  private final Code code;
  private final boolean retriable;

  Reason(Code code) {
    this(code, false);
  }

  Reason(Code code, boolean retriable) {
    this.code = code;
    this.retriable = retriable;
  }

  Code code() {
    return code;
  }

  /** Whether the same request may do better a moment later: the error then carries RetryInfo. */
  boolean retriable() {
    return retriable;
  }

  static Optional<Reason> of(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }
}
