package dev.usher.chat.understanding;

import dev.usher.chat.language.Moment;
import dev.usher.chat.language.SlotId;
import java.util.Set;

/**
 * What came before a message.
 *
 * @param requested what the assistant had asked for, first claim to a message's values
 */
public record Situation(Moment moment, Set<SlotId> requested) {
  /** Nothing is known of it. */
  public static final Situation UNKNOWN = new Situation(Moment.UNKNOWN, Set.of());

  public Situation {
    requested = Set.copyOf(requested);
  }

  /** The assistant had asked for this. */
  public static Situation asked(SlotId slot) {
    return new Situation(Moment.QUESTION, Set.of(slot));
  }
}
