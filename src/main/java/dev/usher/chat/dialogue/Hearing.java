package dev.usher.chat.dialogue;

import dev.usher.chat.understanding.Catalogue;
import dev.usher.chat.understanding.Understood;
import java.util.List;

/**
 * One message on its way through the dialogue.
 *
 * @param card what the speaker says to pay with, or none
 * @param cards all that the speaker could pay with
 * @param confirmationToken of what a yes is to, or empty for what was read back last
 * @param lastText what the assistant said last, or empty
 * @param nowMs milliseconds since 1970
 */
public record Hearing(
    Understood understood,
    Catalogue catalogue,
    Card card,
    List<Card> cards,
    String confirmationToken,
    String lastText,
    long nowMs) {
  public Hearing {
    cards = List.copyOf(cards);
  }

  /** The card said, else the one chosen before, else the only one; none when there are several. */
  Card cardFor(Wants wants) {
    if (card.given()) {
      return card;
    }
    return cards.size() == 1
        ? cards.getFirst()
        : cards.stream()
            .filter(one -> one.paymentMethodId().equals(wants.card()))
            .findFirst()
            .orElse(Card.NONE);
  }

  Hearing paying(Card other) {
    return new Hearing(understood, catalogue, other, cards, confirmationToken, lastText, nowMs);
  }

  Hearing meaning(Understood other) {
    return new Hearing(other, catalogue, card, cards, confirmationToken, lastText, nowMs);
  }
}
