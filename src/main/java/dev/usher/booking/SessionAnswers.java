package dev.usher.booking;

import dev.usher.auth.AuthProtocol;

/** What a session that is not let in means for a booking. */
final class SessionAnswers {
  private SessionAnswers() {}

  /** Trouble is to be tried again; anything else is final for this session. */
  static Bookings.Result of(AuthProtocol.Refused refused) {
    return switch (refused.reason()) {
      case "NO_LEADER", "OVERLOADED", "OUTCOME_UNKNOWN" ->
          new Bookings.Unavailable(refused.reason(), refused.message());
      default -> new Bookings.Refused(Refusals.session(refused.reason(), refused.message()));
    };
  }
}
