package dev.usher.chat.language;

import java.util.Locale;
import java.util.Optional;

/** Where in a conversation a message comes: what the assistant had said just before. */
public enum Moment {
  /** Nobody knows. */
  UNKNOWN,
  /** It had said nothing yet. */
  OPENING,
  /** It had asked for a value. */
  QUESTION,
  /** It had proposed something to choose. */
  OFFER,
  /** It had told what was asked. */
  ANSWER,
  /** It had read back what it is about to do. */
  READ_BACK,
  /** It had asked whether to book. */
  INVITATION,
  /** It had done what was wanted. */
  DONE,
  /** It could not do it. */
  FAILED,
  /** It had asked whether there is more to do. */
  ANYTHING_ELSE;

  /** The name in language files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Moment> of(String label) {
    for (var moment : values()) {
      if (moment.label().equals(label)) {
        return Optional.of(moment);
      }
    }
    return Optional.empty();
  }
}
