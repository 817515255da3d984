package dev.usher.chat.dialogue;

import dev.usher.chat.dialogue.Step.Say;
import dev.usher.chat.language.IntentId;
import dev.usher.chat.language.ReplyId;
import dev.usher.chat.language.SlotId;
import dev.usher.chat.understanding.Understood;
import org.jspecify.annotations.Nullable;

/**
 * Goes back to what was being done when something else was asked in between. What waits for a yes
 * is read back again, so that the next yes is to the last words that were heard.
 */
final class Resumption {
  private final Phrases phrases;
  private final ReadBack readBack;

  Resumption(Phrases phrases, ReadBack readBack) {
    this.phrases = phrases;
    this.readBack = readBack;
  }

  /**
   * The end of a turn.
   *
   * @param before the turn
   */
  Say of(Conversation before, Hearing hearing, Say said) {
    boolean asked = said.conversation().doubt() != null;
    if (asked || !interrupts(hearing.understood())) {
      return said;
    }
    if (before.openAttempt()) {
      return new Say(goingOn(before, said), said.answer());
    }
    var offer = before.offer();
    if (offer instanceof Offer.OfBooking booking && hearing.nowMs() >= booking.holdEndMs()) {
      var form = before.form();
      var answer = phrases.answer(ReplyId.HOLD_LAPSED);
      var now = goingOn(before, said);
      return new Say(
          form == null ? now.withoutOffer() : now.inviting(form), said.answer().then("", answer));
    }
    var question = offer == null ? question(before) : readBack.of(offer);
    return question == null
        ? said
        : new Say(
            goingOn(before, said), said.answer().then(phrases.say(ReplyId.BACK_TO), question));
  }

  /** What is asked in between doesn't change what is being done. */
  private static Conversation goingOn(Conversation before, Say said) {
    return before.withMisses(said.conversation().misses());
  }

  private @Nullable Answer question(Conversation before) {
    var form = before.form();
    var slot = before.requested();
    if (form == null || slot == null || !isErrand(form.intent())) {
      return null;
    }
    boolean event = slot == SlotId.CHOICE && before.booking() && !form.asksForCard();
    String question = form.question().isEmpty() ? phrases.question(slot) : form.question();
    return phrases.answer(ReplyId.ASK, "question", question).missing(event ? SlotId.EVENT : slot);
  }

  private static boolean isErrand(IntentId intent) {
    return intent == IntentId.BOOK_TICKETS || intent == IntentId.CANCEL_BOOKING;
  }

  private static boolean interrupts(Understood heard) {
    return switch (heard.intent()) {
      case FIND_EVENTS,
          EVENT_INFO,
          CHECK_AVAILABILITY,
          ASK_PRICE,
          MY_BOOKINGS,
          CANCELLATION_POLICY,
          CHANGE_BOOKING,
          TRANSFER_OR_SELL,
          PAY,
          PAYMENT_METHODS,
          PAYMENT_ISSUE,
          REFUND_POLICY,
          REFUND_STATUS,
          DELIVERY,
          PRIVACY_POLICY,
          HUMAN_AGENT,
          HELP,
          SMALLTALK,
          UNSURE,
          OUT_OF_SCOPE ->
          true;
      case REQUEST_ALTERNATIVES,
          BOOK_TICKETS,
          CANCEL_BOOKING,
          REFUND_REQUEST,
          GREET,
          THANK,
          GOODBYE,
          AFFIRM,
          DENY,
          REPEAT,
          ABORT ->
          false;
      case INFORM -> heard.entities().isEmpty(); // not understood
    };
  }
}
