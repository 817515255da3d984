package dev.usher.cli;

import com.google.protobuf.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Times as people read and write them, in the zone of this machine. */
final class Times {
  private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  private Times() {}

  static String text(Timestamp timestamp) {
    return MINUTES.format(instant(timestamp).atZone(ZoneId.systemDefault()));
  }

  static Instant instant(Timestamp timestamp) {
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }

  static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  /** Reads {@code 2027-03-01T20:00} (this machine's zone) or {@code 2027-03-01T20:00+01:00}. */
  static Timestamp parse(String text) {
    try {
      String iso = text.strip().replace(' ', 'T');
      Instant instant =
          iso.matches(".*(Z|[+-][0-9]{2}:?[0-9]{2})$") && iso.contains("T")
              ? OffsetDateTime.parse(iso).toInstant()
              : LocalDateTime.parse(iso).atZone(ZoneId.systemDefault()).toInstant();
      return timestamp(instant.truncatedTo(ChronoUnit.SECONDS));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no time, as 2027-03-01T20:00 or 2027-03-01T20:00+01:00 is", e);
    }
  }
}
