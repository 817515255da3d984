package dev.usher.chat.dialogue;

import dev.usher.booking.Bookings;
import dev.usher.chat.dialogue.Step.Say;
import dev.usher.chat.language.IntentId;
import dev.usher.chat.language.ReplyId;
import java.util.List;

/** Takes a yes to a booking, if it is one to what was read back, and books. */
final class YesTalk {
  private final Phrases phrases;
  private final BookingTalk talk;
  private final BookingOutcome outcome;
  private final ReadBack readBack;

  YesTalk(Phrases phrases, BookingTalk talk, ReadBack readBack) {
    this.phrases = phrases;
    this.talk = talk;
    this.outcome = new BookingOutcome(phrases, talk);
    this.readBack = readBack;
  }

  /** A yes that names what it is to, which is not what was read back last: does nothing. */
  Say stale(Conversation conversation) {
    var offer = conversation.offer();
    var answer = phrases.answer(ReplyId.STALE_YES);
    return new Say(
        conversation,
        offer == null || offer.attempted()
            ? answer
            : answer.then(phrases.say(ReplyId.BACK_TO), readBack.of(offer)));
  }

  /** Books while the seats are held and the card is the one that was read back. */
  Step confirm(Conversation conversation, Offer.OfBooking offer, Hearing hearing) {
    if (offer.attempted()) {
      return book(conversation, offer, hearing);
    }
    if (hearing.nowMs() >= offer.holdEndMs()) {
      return talk.propose(
          conversation.withoutOffer(),
          formOf(conversation, offer),
          offer.eventId(),
          hearing.otherwisePaying(offer.card()),
          phrases.say(ReplyId.HOLD_ENDED));
    }
    boolean sameCard =
        hearing.payments().isEmpty()
            || hearing.payments().getFirst().equals(offer.card().paymentMethodId());
    return sameCard || offer.totalMinor() == 0
        ? book(conversation, offer, hearing)
        : new Step.ReadCards(cards -> confirm(conversation, offer, hearing, cards));
  }

  private Step confirm(
      Conversation conversation, Offer.OfBooking offer, Hearing hearing, List<Card> cards) {
    var card = hearing.otherwisePaying(offer.card()).cardFor(Wants.NOTHING, cards);
    if (!card.given() || card.equals(offer.card())) {
      return book(conversation, offer, hearing);
    }
    var now = offer.paying(card);
    return new Say(
        conversation.offering(formOf(conversation, offer), now),
        readBack.of(now).after(phrases.say(ReplyId.CHANGED)));
  }

  /** The talk may have gone elsewhere since an attempt whose outcome is not known. */
  static Form formOf(Conversation conversation, Offer.OfBooking offer) {
    var form = conversation.form();
    return form != null && form.intent() == IntentId.BOOK_TICKETS
        ? form
        : Form.of(
            IntentId.BOOK_TICKETS,
            Wants.NOTHING.withEvents(List.of(offer.eventId())).withSeats(offer.seatIds()));
  }

  private Step book(Conversation conversation, Offer.OfBooking offer, Hearing hearing) {
    var form = formOf(conversation, offer);
    return new Step.Book(
        conversation.offering(form, offer.attempt()),
        conversation.requestId(offer),
        offer.eventId(),
        offer.holdId(),
        offer.totalMinor(),
        offer.currency(),
        offer.card().paymentMethodId(),
        (Bookings.Result result) -> outcome.tell(conversation, form, offer, hearing, result));
  }
}
