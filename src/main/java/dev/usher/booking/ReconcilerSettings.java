package dev.usher.booking;

import java.time.Duration;

/**
 * How debts are looked after.
 *
 * @param every how often the log is asked for debts
 * @param grace how long a debt is left to the saga that made it
 * @param firstBackoff the pause after a payment that was not answered; doubles
 * @param maxBackoff the longest pause
 * @param sweepEvery how often the provider is asked for open authorizations
 * @param orphanAge how old an authorization without a booking is before it is given up
 * @param inFlight how many debts and orphans are worked on at once
 */
public record ReconcilerSettings(
    Duration every,
    Duration grace,
    Duration firstBackoff,
    Duration maxBackoff,
    Duration sweepEvery,
    Duration orphanAge,
    int inFlight) {
  public static final ReconcilerSettings DEFAULT =
      new ReconcilerSettings(
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(1),
          Duration.ofMinutes(1),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          32);
}
