package dev.usher.auth;

import dev.usher.auth.AuthProtocol.Refused;
import dev.usher.directory.DirectoryOutcome;
import dev.usher.replica.Outcome;
import dev.usher.replica.UnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Why not, in the words of the public API. */
final class Refusals {
  private static final Duration SOON = Duration.ofMillis(500);
  private static final Duration NEVER = Duration.ZERO;

  private Refusals() {}

  static Refused emailMalformed() {
    return new Refused("EMAIL_MALFORMED", "The e-mail address is not one.", NEVER);
  }

  static Refused passwordWeak() {
    return new Refused("PASSWORD_WEAK", "A password has 8 to 128 characters.", NEVER);
  }

  static Refused credentialsInvalid() {
    return new Refused("CREDENTIALS_INVALID", "The e-mail address or password is wrong.", NEVER);
  }

  static Refused throttled(Duration retryAfter) {
    return new Refused(
        "LOGIN_THROTTLED", "Too many failed logins; wait, then log in again.", retryAfter);
  }

  static Refused sessionRequired() {
    return new Refused("SESSION_REQUIRED", "Log in first: there is no session token.", NEVER);
  }

  static Refused sessionExpired() {
    return new Refused("SESSION_EXPIRED", "The session has ended; log in again.", NEVER);
  }

  static Refused noUser(String userId) {
    return new Refused("RESOURCE_NOT_FOUND", "There is no users/" + userId + ".", NEVER);
  }

  static Refused overloaded() {
    return new Refused("OVERLOADED", "Too many requests are under way; try again.", SOON);
  }

  private static Refused noLeader() {
    return new Refused("NO_LEADER", "No leader of the system group answered in time.", SOON);
  }

  /** Nothing when it was applied. */
  static Optional<Refused> of(DirectoryOutcome outcome) {
    return switch (outcome) {
      case DirectoryOutcome.Applied applied -> Optional.empty();
      case DirectoryOutcome.Refused(var revision, var refusal) ->
          Optional.of(
              switch (refusal.getReason()) {
                case "LOGIN_THROTTLED" -> throttled(Duration.ofSeconds(1));
                case "DIRECTORY_FULL" -> new Refused("OVERLOADED", refusal.getMessage(), NEVER);
                default -> new Refused(refusal.getReason(), refusal.getMessage(), NEVER);
              });
      case DirectoryOutcome.Rejected(var reason) -> Optional.of(of(reason));
      case DirectoryOutcome.Unknown unknown ->
          Optional.of(
              new Refused(
                  "OUTCOME_UNKNOWN",
                  "The time ran out before the outcome was known; ask again with the same"
                      + " request_id.",
                  SOON));
    };
  }

  private static Refused of(Outcome.Reason reason) {
    return switch (reason) {
      case NO_LEADER -> noLeader();
      case OVERLOADED, DISK_FULL -> overloaded();
      case REQUEST_ID_REUSED ->
          new Refused(
              "REQUEST_ID_REUSED", "The request_id was used before with other parameters.", NEVER);
    };
  }

  /** Trouble that is expected; any other failure is thrown on: it is a fault of ours. */
  static Refused of(Throwable failure) {
    var cause =
        failure instanceof CompletionException e && e.getCause() != null ? e.getCause() : failure;
    return switch (cause) {
      case UnavailableException unavailable -> unavailable.isOverload() ? overloaded() : noLeader();
      case PasswordHasher.BusyException busy ->
          new Refused("LOGIN_THROTTLED", "Too many people log in at once.", Duration.ofSeconds(1));
      default -> throw new CompletionException(cause);
    };
  }
}
