package dev.usher.cli.bench;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * What is measured.
 *
 * @param clients bookings under way at the same time in a closed loop
 * @param ratePerSecond an open loop at this rate instead
 * @param measured how long is counted
 * @param warmUp how long runs before, uncounted
 * @param warmUpBookings how many are sold before at least, uncounted: after the same time a slower
 *     cluster would be a colder one, too
 * @param accounts buyers that the clients share
 * @param soldShare share of the requests that ask for a seat that is booked already, 0 to 1
 */
public record BenchSettings(
    int clients,
    OptionalInt ratePerSecond,
    Duration measured,
    Duration warmUp,
    int warmUpBookings,
    int accounts,
    double soldShare) {
  public BenchSettings {
    require(clients >= 1 && clients <= 10_000, "--clients is 1 to 10000");
    require(
        ratePerSecond.isEmpty()
            || (ratePerSecond.getAsInt() >= 1 && ratePerSecond.getAsInt() <= 1_000_000),
        "--rate is 1 to 1000000 a second");
    require(
        measured.compareTo(Duration.ofSeconds(1)) >= 0
            && measured.compareTo(Duration.ofHours(1)) <= 0,
        "--seconds is 1 to 3600");
    require(
        !warmUp.isNegative() && warmUp.compareTo(Duration.ofHours(1)) <= 0,
        "--warm-up is 0 to 3600 seconds");
    require(
        warmUpBookings >= 0 && warmUpBookings <= 1_000_000, "--warm-up-bookings is 0 to 1000000");
    require(accounts >= 1 && accounts <= 1000, "--accounts is 1 to 1000");
    require(soldShare >= 0 && soldShare <= 1, "--sold-share is 0 to 1");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
