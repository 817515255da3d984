package dev.usher.chat.understanding;

import dev.usher.chat.language.SlotId;
import java.util.List;

/**
 * A value found in a message.
 *
 * @param values in canonical form; several when the words mean several things, for example an event
 *     given on two days. An event is its id, a date a day or {@code first/last}, a seat {@code
 *     row-number} or {@code section-row-number}, a choice its number or {@code last}
 * @param firstToken index of the first token
 * @param tokens how many
 * @param begin offset in the message, UTF-16 units
 * @param end exclusive
 */
public record Entity(
    SlotId slot, List<String> values, int firstToken, int tokens, int begin, int end) {
  public Entity {
    values = List.copyOf(values);
  }

  public String value() {
    return values.getFirst();
  }

  int endToken() {
    return firstToken + tokens;
  }

  /** The same, said to begin at another place in the message. */
  Entity from(int place) {
    return new Entity(slot, values, firstToken, tokens, place, end);
  }

  /** The same, said to end at another place in the message. */
  Entity until(int place) {
    return new Entity(slot, values, firstToken, tokens, begin, place);
  }

  /** True when the other one says more: it has these tokens and others. */
  boolean isInside(Entity other) {
    return other.tokens > tokens
        && other.firstToken <= firstToken
        && endToken() <= other.endToken();
  }

  boolean overlaps(Entity other) {
    return firstToken < other.endToken() && other.firstToken < endToken();
  }
}
