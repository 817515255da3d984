package dev.usher.chat.dialogue;

import dev.usher.chat.understanding.Catalogue;
import dev.usher.chat.understanding.Understood;
import java.util.List;
import java.util.stream.Stream;

/**
 * One message on its way through the dialogue.
 *
 * @param payments payment method ids to pay with, what the speaker said first; whether they are the
 *     speaker's own is not known yet
 * @param confirmationToken of what a yes is to, or empty for what was read back last
 * @param lastText what the assistant said last, or empty
 * @param nowMs milliseconds since 1970
 */
public record Hearing(
    Understood understood,
    Catalogue catalogue,
    List<String> payments,
    String confirmationToken,
    String lastText,
    long nowMs) {
  public Hearing {
    payments = payments.stream().filter(id -> !id.isEmpty()).toList();
  }

  /** The first that was named, else the only one, else the one chosen before; or none. */
  Card cardFor(Wants wants, List<Card> cards) {
    var named = payments.stream().flatMap(id -> with(id, cards)).findFirst();
    return named.orElseGet(
        () ->
            cards.size() == 1
                ? cards.getFirst()
                : with(wants.card(), cards).findFirst().orElse(Card.NONE));
  }

  private static Stream<Card> with(String id, List<Card> cards) {
    return cards.stream().filter(card -> card.paymentMethodId().equals(id));
  }

  /** With this card, whatever was said. */
  Hearing paying(Card card) {
    return paying(List.of(card.paymentMethodId()));
  }

  /** With this card, when no own card was named. */
  Hearing otherwisePaying(Card card) {
    return paying(Stream.concat(payments.stream(), Stream.of(card.paymentMethodId())).toList());
  }

  private Hearing paying(List<String> ids) {
    return new Hearing(understood, catalogue, ids, confirmationToken, lastText, nowMs);
  }

  Hearing meaning(Understood other) {
    return new Hearing(other, catalogue, payments, confirmationToken, lastText, nowMs);
  }
}
