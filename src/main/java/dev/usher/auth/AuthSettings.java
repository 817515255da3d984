package dev.usher.auth;

import java.time.Duration;

/**
 * How sessions and their requests are bounded.
 *
 * @param sessionLifetime after which a session ends, whatever it is used for; log time
 * @param maxInFlight requests at once; one more is refused with OVERLOADED
 */
public record AuthSettings(Duration sessionLifetime, int maxInFlight) {
  public static final AuthSettings DEFAULT = new AuthSettings(Duration.ofHours(12), 16_384);

  public AuthSettings {
    if (sessionLifetime.toMillis() < 1 || maxInFlight < 1) {
      throw new IllegalArgumentException(
          "sessionLifetime=" + sessionLifetime + " maxInFlight=" + maxInFlight);
    }
  }
}
