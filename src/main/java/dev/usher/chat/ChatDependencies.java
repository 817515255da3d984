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
 * @param idle a conversation is forgotten after this long without a word
 */
public record ChatDependencies(
    Understanding understanding,
    Dialogue dialogue,
    ZoneId zone,
    InstantSource clock,
    LiveReads reads,
    Bookings bookings,
    Duration idle) {
  private static final Duration IDLE = Duration.ofMinutes(30);

  /** The usual: one language, forgotten after half an hour of silence. */
  public static ChatDependencies of(
      Language language,
      Understanding understanding,
      ZoneId zone,
      InstantSource clock,
      LiveReads reads,
      Bookings bookings) {
    return new ChatDependencies(
        understanding, new Dialogue(language, zone), zone, clock, reads, bookings, IDLE);
  }
}
