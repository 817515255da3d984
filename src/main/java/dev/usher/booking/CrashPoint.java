package dev.usher.booking;

/**
 * The steps of a saga, by which the crash matrix (docs/booking.md §2) names where things break:
 * before a step is done, and after it is done while nobody has heard so.
 */
enum CrashPoint {
  /** The look at the seats, after T0. */
  CHECK,
  /** T2. */
  INTEND,
  /** The look of a saga that was woken up. */
  RECHECK,
  /** T3. */
  AUTHORIZE,
  /** The hold is made to last as long as its payment may take. */
  KEEP_HOLD,
  /** What the provider did is asked for. */
  QUERY,
  /** What the buyer's authentication came to is asked for. */
  AWAIT_BUYER,
  /** The wait for the buyer is given up. */
  STOP_WAITING,
  /** A decline is written down. */
  DECLINE,
  /** T4. */
  COMMIT,
  /** T4 once more, for a booking that the log knows. */
  REPEAT,
  /** T5 and T6. */
  CAPTURE,
  /** The void after a refusal. */
  VOID,
  /** T7. */
  END
}
