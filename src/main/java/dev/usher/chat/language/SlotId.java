package dev.usher.chat.language;

import java.util.Locale;
import java.util.Optional;

/** What a message can carry. Each has a grammar of its own; the order settles equal claims. */
public enum SlotId {
  EVENT,
  SECTION,
  VENUE,
  CITY,
  DATE,
  /** A time of day. */
  TIME,
  MONEY,
  SEAT,
  /** One of what was offered: "the second one". */
  CHOICE,
  QUANTITY;

  /** The name in language files and on the wire. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How a template writes it. */
  public String item() {
    return "{" + label() + "}";
  }

  public static Optional<SlotId> of(String label) {
    for (var slot : values()) {
      if (slot.label().equals(label)) {
        return Optional.of(slot);
      }
    }
    return Optional.empty();
  }
}
