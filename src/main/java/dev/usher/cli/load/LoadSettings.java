package dev.usher.cli.load;

import java.time.Duration;

/**
 * What is done to the cluster.
 *
 * @param bookings how many are asked for in all
 * @param clients bookings under way at the same time
 * @param declined share of the bookings that are paid with a card that the issuer declines, 0 to 1
 * @param silences the provider's silences, as a share of the bookings, 0 to 1
 * @param rivals share of the bookings that ask for a seat that another one asks for too, 0 to 1
 * @param killEvery from one leader's death to the next; zero: none dies
 */
public record LoadSettings(
    int bookings,
    int clients,
    double declined,
    double silences,
    double rivals,
    Duration killEvery) {
  /** As the project asks for it. */
  public static final LoadSettings DEFAULT =
      new LoadSettings(10_000, 64, 0.05, 0.05, 0.05, Duration.ofSeconds(20));

  public LoadSettings {
    require(bookings >= 1 && bookings <= 1_000_000, "--bookings is 1 to 1000000");
    require(clients >= 1 && clients <= 10_000, "--clients is 1 to 10000");
    require(declined >= 0 && declined <= 1, "--declined is 0 to 1");
    require(silences >= 0 && silences <= 1, "--silences is 0 to 1");
    require(rivals >= 0 && rivals <= 1, "--rivals is 0 to 1");
    require(
        !killEvery.isNegative() && killEvery.compareTo(Duration.ofHours(1)) <= 0,
        "--kill-every is 0 to 3600 seconds");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
