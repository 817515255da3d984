package dev.usher.chat.dialogue;

import dev.usher.chat.understanding.Catalogue;
import dev.usher.chat.understanding.Understood;

/**
 * One message on its way through the dialogue.
 *
 * @param card what the speaker would pay with
 * @param confirmationToken of what a yes is to, or empty for what was read back last
 * @param lastText what the assistant said last, or empty
 * @param nowMs milliseconds since 1970
 */
public record Hearing(
    Understood understood,
    Catalogue catalogue,
    Card card,
    String confirmationToken,
    String lastText,
    long nowMs) {
  Hearing paying(Card other) {
    return new Hearing(understood, catalogue, other, confirmationToken, lastText, nowMs);
  }

  Hearing meaning(Understood other) {
    return new Hearing(other, catalogue, card, confirmationToken, lastText, nowMs);
  }
}
