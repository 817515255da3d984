package dev.usher.chat.dialogue;

import dev.usher.chat.dialogue.Step.Say;
import dev.usher.chat.language.IntentId;
import dev.usher.chat.language.ReplyId;
import dev.usher.chat.language.SlotId;
import dev.usher.chat.understanding.Understood;
import java.util.List;

/** Takes a message that has values but no wish of its own, or neither. */
final class ValuesTalk {
  private final Phrases phrases;
  private final CatalogueTalk catalogueTalk;
  private final BookingTalk bookingTalk;
  private final OwnBookingsTalk ownBookings;
  private final int doubtThousandths;

  ValuesTalk(
      Phrases phrases,
      CatalogueTalk catalogueTalk,
      BookingTalk bookingTalk,
      OwnBookingsTalk ownBookings,
      int doubtThousandths) {
    this.phrases = phrases;
    this.catalogueTalk = catalogueTalk;
    this.bookingTalk = bookingTalk;
    this.ownBookings = ownBookings;
    this.doubtThousandths = doubtThousandths;
  }

  /** Values without a wish of their own belong to what is being talked about. */
  Step inform(Conversation conversation, Hearing hearing) {
    if (conversation.openAttempt()) {
      return new Say(conversation, phrases.answer(ReplyId.ATTEMPT_OPEN));
    }
    var form = conversation.form();
    if (form == null) {
      return begin(conversation, hearing);
    }
    var chosen = chosen(form, hearing.understood());
    if (form.intent() == IntentId.CANCEL_BOOKING) {
      return chosen.isEmpty()
          ? ownBookings.cancel(conversation.passing(), Wants.NOTHING.with(hearing.understood()))
          : ownBookings.chosen(conversation.passing(), chosen);
    }
    var heard = form.wants().with(hearing.understood());
    var wants = chosen.isEmpty() ? heard : choosing(form, heard, chosen);
    var now = conversation.passing();
    return switch (form.intent()) {
      case FIND_EVENTS -> catalogueTalk.find(now, wants, hearing.catalogue());
      case ASK_PRICE -> catalogueTalk.price(now, wants, hearing.catalogue());
      case CHECK_AVAILABILITY -> catalogueTalk.availability(now, wants, hearing.catalogue());
      case BOOK_TICKETS -> bookingTalk.goOn(now, wants, hearing);
      case EVENT_INFO,
          REQUEST_ALTERNATIVES,
          MY_BOOKINGS,
          CANCEL_BOOKING,
          CANCELLATION_POLICY,
          CHANGE_BOOKING,
          TRANSFER_OR_SELL,
          PAY,
          PAYMENT_METHODS,
          PAYMENT_ISSUE,
          REFUND_REQUEST,
          REFUND_POLICY,
          REFUND_STATUS,
          DELIVERY,
          PRIVACY_POLICY,
          HUMAN_AGENT,
          HELP,
          SMALLTALK,
          GREET,
          THANK,
          GOODBYE,
          AFFIRM,
          DENY,
          UNSURE,
          REPEAT,
          ABORT,
          INFORM,
          OUT_OF_SCOPE ->
          throw new IllegalStateException("no form is about " + form.intent());
    };
  }

  private static Wants choosing(Form form, Wants heard, String chosen) {
    return form.asksForCard() ? form.paying(heard, chosen) : heard.withEvents(List.of(chosen));
  }

  private Step begin(Conversation conversation, Hearing hearing) {
    var heard = hearing.understood();
    var wants = Wants.NOTHING.with(hearing.understood());
    if (!heard.all(SlotId.QUANTITY).isEmpty() || !heard.all(SlotId.SEAT).isEmpty()) {
      return bookingTalk.goOn(conversation, wants, hearing);
    }
    if (!wants.eventIds().isEmpty() || !wants.section().isEmpty()) {
      return catalogueTalk.availability(conversation, wants, hearing.catalogue());
    }
    return wants.equals(Wants.NOTHING)
        ? notUnderstood(conversation, heard)
        : catalogueTalk.find(conversation, wants, hearing.catalogue());
  }

  /** What was offered under the number heard, or empty. */
  private static String chosen(Form form, Understood heard) {
    var choices = form.choices();
    var choice = heard.all(SlotId.CHOICE);
    boolean named = !heard.all(SlotId.EVENT).isEmpty(); // "the jazz one"
    if (choices.isEmpty() || choice.isEmpty() || named) {
      return "";
    }
    String value = choice.getFirst().value();
    int number = value.equals("last") ? choices.size() : Integer.parseInt(value);
    return number >= 1 && number <= choices.size() ? choices.get(number - 1) : "";
  }

  /** First another try, then the people at the box office. */
  Step notUnderstood(Conversation conversation, Understood heard) {
    int misses = conversation.misses() + 1;
    var now = conversation.withMisses(misses);
    if (misses > 1) {
      return new Say(now, phrases.answer(ReplyId.FALLBACK_BOX_OFFICE));
    }
    boolean elsewhere = heard.doubt() * 1000 > doubtThousandths;
    return new Say(now, phrases.answer(elsewhere ? ReplyId.OUT_OF_SCOPE : ReplyId.FALLBACK_AGAIN));
  }
}
