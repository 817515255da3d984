package dev.usher.chat.dialogue;

import dev.usher.chat.dialogue.Step.Say;
import dev.usher.chat.language.IntentId;
import dev.usher.chat.language.ReplyId;
import dev.usher.chat.understanding.CardWish;
import java.util.List;

/** Takes a card that is named, in answer to which one or after another was read back. */
final class CardTalk {
  private final Phrases phrases;
  private final BookingTalk talk;
  private final ReadBack readBack;

  CardTalk(Phrases phrases, BookingTalk talk, ReadBack readBack) {
    this.phrases = phrases;
    this.talk = talk;
    this.readBack = readBack;
  }

  /** Only while a card {@linkplain Conversation#choosesCard can be chosen}. */
  Step named(Conversation conversation, Hearing hearing, CardWish wish) {
    return new Step.ReadCards(
        cards -> {
          var fitting =
              cards.stream().filter(card -> wish.fits(card.brand(), card.last4())).toList();
          var card = fitting.size() == 1 ? fitting.getFirst() : Card.NONE;
          return conversation.offer() instanceof Offer.OfBooking offer
              ? afterReadBack(conversation, offer, hearing, fitting, card)
              : again(conversation, formOf(conversation), hearing, card, remark(fitting));
        });
  }

  private Step afterReadBack(
      Conversation conversation,
      Offer.OfBooking offer,
      Hearing hearing,
      List<Card> fitting,
      Card card) {
    var form = YesTalk.formOf(conversation, offer);
    var free = conversation.withoutOffer();
    if (hearing.nowMs() >= offer.holdEndMs()) {
      return again(free, form, hearing, card, phrases.say(ReplyId.HOLD_ENDED));
    }
    if (!card.given()) {
      return again(free, form, hearing, card, remark(fitting));
    }
    var now = offer.paying(card);
    return new Say(conversation.offering(paying(form, card), now), readBack.of(now));
  }

  /** Proposes anew, which asks for the card when none is known. */
  private Step again(
      Conversation conversation, Form form, Hearing hearing, Card card, String before) {
    var event = form.wants().eventIds().getFirst();
    return talk.propose(conversation, paying(form, card), event, hearing.paying(card), before);
  }

  private String remark(List<Card> fitting) {
    return fitting.isEmpty() ? phrases.say(ReplyId.NO_SUCH_CARD) : "";
  }

  private static Form formOf(Conversation conversation) {
    var form = conversation.form();
    if (form == null) {
      throw new IllegalStateException("nothing is to be paid");
    }
    return form;
  }

  private static Form paying(Form form, Card card) {
    return Form.of(IntentId.BOOK_TICKETS, form.wants().withCard(card.paymentMethodId()));
  }
}
