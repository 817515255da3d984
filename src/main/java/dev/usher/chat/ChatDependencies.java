package dev.usher.chat;

import dev.usher.booking.Bookings;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;

/**
 * What every conversation of a node shares.
 *
 * @param zone of the house: "today" and event times are meant in it
 * @param rest a conversation leaves the memory after this long without a word
 * @param forget and is forgotten after this long
 */
public record ChatDependencies(
    Tongues tongues,
    ZoneId zone,
    InstantSource clock,
    LiveReads reads,
    LiveHolds holds,
    Bookings bookings,
    Duration rest,
    Duration forget) {
  private static final Duration REST = Duration.ofMinutes(2);

  /** Longer than a hold lives, and than anybody looks for a card. */
  private static final Duration FORGET = Duration.ofHours(1);

  /** The usual: forgotten after an hour of silence. */
  public static ChatDependencies of(
      Tongues tongues,
      ZoneId zone,
      InstantSource clock,
      LiveReads reads,
      LiveHolds holds,
      Bookings bookings) {
    return new ChatDependencies(tongues, zone, clock, reads, holds, bookings, REST, FORGET);
  }
}
