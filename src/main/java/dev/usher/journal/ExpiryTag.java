package dev.usher.journal;

import java.time.Duration;
import java.util.List;

/**
 * A tag that this journal understands: all events and snapshots of the actor whose last event
 * carries it are deleted after that time, by the log's clock, unless the actor writes again. On
 * other journals it is a tag without a meaning.
 */
public final class ExpiryTag {
  private static final String PREFIX = "usher-expire-after-ms:";

  private ExpiryTag() {}

  public static String of(Duration after) {
    if (after.toMillis() < 1) {
      throw new IllegalArgumentException("expiry after " + after);
    }
    return PREFIX + after.toMillis();
  }

  /** 0 when there is no such tag. */
  static long millis(List<String> tags) {
    return tags.stream()
        .filter(tag -> tag.startsWith(PREFIX))
        .mapToLong(tag -> Long.parseLong(tag.substring(PREFIX.length())))
        .findFirst()
        .orElse(0);
  }
}
