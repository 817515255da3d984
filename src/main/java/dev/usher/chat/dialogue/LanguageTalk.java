package dev.usher.chat.dialogue;

import dev.usher.chat.dialogue.Step.Say;
import dev.usher.chat.language.IntentId;
import dev.usher.chat.language.ReplyId;

/** Goes on in the language that was asked for: what waits for an answer is said again in it. */
final class LanguageTalk {
  private final Phrases phrases;
  private final BookingTalk bookingTalk;
  private final OwnBookingsTalk ownBookings;
  private final ReadBack readBack;

  LanguageTalk(
      Phrases phrases, BookingTalk bookingTalk, OwnBookingsTalk ownBookings, ReadBack readBack) {
    this.phrases = phrases;
    this.bookingTalk = bookingTalk;
    this.ownBookings = ownBookings;
    this.readBack = readBack;
  }

  Step changed(Conversation conversation, Hearing hearing) {
    var gladly = phrases.answer(ReplyId.LANGUAGE_CHANGED);
    var offer = conversation.offer();
    if (offer != null) {
      return new Say(
          conversation,
          offer.attempted()
              ? gladly
              : gladly.then(phrases.say(ReplyId.BACK_TO), readBack.of(offer)));
    }
    var form = conversation.form();
    if (form == null || form.requested() == null) {
      return new Say(conversation, gladly);
    }
    if (form.intent() == IntentId.CANCEL_BOOKING) {
      return after(gladly, ownBookings.cancel(conversation, Wants.NOTHING));
    }
    return conversation.booking()
        ? after(gladly, bookingTalk.goOn(conversation, form.wants(), hearing))
        : new Say(conversation, gladly);
  }

  private static Step after(Answer gladly, Step step) {
    return step.lastly(say -> new Say(say.conversation(), gladly.then("", say.answer())));
  }
}
