package dev.usher.chat.dialogue;

import dev.usher.chat.language.IntentId;
import dev.usher.chat.language.SlotId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is being talked about.
 *
 * @param requested what the assistant asked for last
 * @param question in which words, so that it can be asked again after an interruption; empty when
 *     the language has changed since
 * @param choices what was offered under numbers: event ids, {@code event/booking}, or {@code
 *     paymentMethods/card}
 */
record Form(
    IntentId intent,
    Wants wants,
    @Nullable SlotId requested,
    String question,
    List<String> choices) {
  private static final String CARDS = "paymentMethods/";

  Form {
    choices = List.copyOf(choices);
  }

  static Form of(IntentId intent, Wants wants) {
    return new Form(intent, wants, null, "", List.of());
  }

  Form asking(SlotId slot, String words) {
    return new Form(intent, wants, slot, words, List.of());
  }

  Form unworded() {
    return new Form(intent, wants, requested, "", choices);
  }

  Form offeringCards(List<Card> cards, String words) {
    return offering(cards.stream().map(card -> CARDS + card.paymentMethodId()).toList(), words);
  }

  /** True when it was asked which card to pay with: the seats are held meanwhile. */
  boolean asksForCard() {
    return !choices.isEmpty() && choices.getFirst().startsWith(CARDS);
  }

  /** The card that was offered as this choice. */
  Wants paying(Wants heard, String choice) {
    return heard.withCard(choice.substring(CARDS.length()));
  }

  Form offering(List<String> offered, String words) {
    return new Form(intent, wants, SlotId.CHOICE, words, offered);
  }
}
