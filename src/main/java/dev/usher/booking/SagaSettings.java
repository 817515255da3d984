package dev.usher.booking;

import java.time.Duration;

/**
 * How patient a saga is.
 *
 * @param stepTimeout for one call to the provider or the log, once money may be reserved
 * @param firstBackoff the pause after the first step whose outcome is not known; doubles
 * @param maxBackoff the longest pause
 * @param patience how long a saga goes after an outcome that is not known; then it rests until the
 *     sweep wakes it
 * @param buyerPoll how often the provider is asked what the buyer's authentication came to
 * @param buyerPatience how long a buyer may take to authenticate
 * @param linger how long a finished saga stays to answer repeats; later the log answers them
 * @param lingering how many may linger on one node; beyond, a finished saga ends at once
 */
public record SagaSettings(
    Duration stepTimeout,
    Duration firstBackoff,
    Duration maxBackoff,
    Duration patience,
    Duration buyerPoll,
    Duration buyerPatience,
    Duration linger,
    int lingering) {
  public static final SagaSettings DEFAULT =
      new SagaSettings(
          Duration.ofSeconds(5),
          Duration.ofMillis(100),
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          Duration.ofSeconds(2),
          Duration.ofMinutes(15),
          Duration.ofSeconds(30),
          20_000);

  /** The pause after this one. */
  Duration after(Duration backoff) {
    if (backoff.isZero()) {
      return firstBackoff;
    }
    var doubled = backoff.multipliedBy(2);
    return doubled.compareTo(maxBackoff) > 0 ? maxBackoff : doubled;
  }
}
