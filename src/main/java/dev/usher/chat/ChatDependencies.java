package dev.usher.chat;

import dev.usher.booking.Bookings;
import dev.usher.chat.dialogue.Dialogue;
import dev.usher.chat.language.Language;
import dev.usher.chat.understanding.Understanding;
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
    Understanding understanding,
    Dialogue dialogue,
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

  /** The usual: one language, forgotten after an hour of silence. */
  public static ChatDependencies of(
      Language language,
      Understanding understanding,
      ZoneId zone,
      InstantSource clock,
      LiveReads reads,
      LiveHolds holds,
      Bookings bookings) {
    return new ChatDependencies(
        understanding,
        new Dialogue(language, zone),
        zone,
        clock,
        reads,
        holds,
        bookings,
        REST,
        FORGET);
  }
}
