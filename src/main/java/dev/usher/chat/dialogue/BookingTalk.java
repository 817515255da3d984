package dev.usher.chat.dialogue;

import dev.usher.booking.Bookings;
import dev.usher.chat.dialogue.Step.EventSeats;
import dev.usher.chat.dialogue.Step.ReadSeats;
import dev.usher.chat.dialogue.Step.Say;
import dev.usher.chat.language.IntentId;
import dev.usher.chat.language.ReplyId;
import dev.usher.chat.language.SlotId;
import dev.usher.seats.SeatView.Event;
import dev.usher.seats.SeatView.Seat;
import java.util.List;

/** Fills the booking form, proposes seats, reads back, and books after a yes to just that. */
final class BookingTalk {
  private final Phrases phrases;
  private final EventTalk events;
  private final SeatTalk seats;
  private final BookingOutcome outcome;

  BookingTalk(Phrases phrases, EventTalk events) {
    this.phrases = phrases;
    this.events = events;
    this.seats = new SeatTalk(phrases);
    this.outcome = new BookingOutcome(phrases, this);
  }

  /** Goes on with the form: asks for what is missing, else proposes. */
  Step goOn(Conversation conversation, Wants wants, Hearing hearing) {
    var form = Form.of(IntentId.BOOK_TICKETS, wants);
    return events.withEvent(
        conversation.withoutOffer(),
        form,
        hearing.catalogue(),
        event -> withEvent(conversation.withoutOffer(), form, event, hearing));
  }

  private Step withEvent(Conversation conversation, Form form, Event event, Hearing hearing) {
    int quantity = form.wants().quantity();
    if (quantity == 0) {
      var answer = ask(SlotId.QUANTITY);
      return new Say(conversation.talkingOf(form.asking(SlotId.QUANTITY)), answer);
    }
    if (quantity > event.seatLimitPerBooking()) {
      var answer =
          phrases.answer(
              ReplyId.TOO_MANY,
              "event",
              event.displayName(),
              "tickets",
              phrases.tickets(event.seatLimitPerBooking()));
      var again = Form.of(IntentId.BOOK_TICKETS, form.wants().withQuantity(0));
      return new Say(
          conversation.talkingOf(again.asking(SlotId.QUANTITY)), answer.missing(SlotId.QUANTITY));
    }
    return new ReadSeats(event.eventId(), read -> propose(conversation, form, read, hearing, ""));
  }

  private Answer ask(SlotId slot) {
    return phrases.answer(ReplyId.ASK, "question", phrases.question(slot)).missing(slot);
  }

  /**
   * Proposes seats and reads them back.
   *
   * @param before a sentence to begin with, or empty
   */
  Step propose(
      Conversation conversation, Form form, EventSeats read, Hearing hearing, String before) {
    if (read.event().isEmpty()) {
      return new Say(conversation.talkingOf(null), phrases.answer(ReplyId.EVENT_GONE));
    }
    var event = read.event().get();
    var said =
        switch (seats.choose(event, read.seats(), form.wants())) {
          case SeatTalk.Ask ask ->
              new Say(conversation.talkingOf(form.asking(ask.slot())), ask.answer());
          case SeatTalk.Nothing nothing -> new Say(conversation.talkingOf(form), nothing.answer());
          case SeatTalk.Chosen chosen -> {
            var offered = readBack(conversation, form, event, chosen.seats(), hearing);
            yield chosen.remark().isEmpty() ? offered : begun(offered, chosen.remark());
          }
        };
    return before.isEmpty() ? said : begun(said, before);
  }

  private static Say begun(Say say, String sentence) {
    return new Say(say.conversation(), say.answer().after(sentence));
  }

  private Say readBack(
      Conversation conversation, Form form, Event event, List<Seat> chosen, Hearing hearing) {
    var offer = Offer.OfBooking.of(event, chosen, hearing.paymentMethodId());
    boolean payable = offer.totalMinor() == 0 || !offer.paymentMethodId().isEmpty();
    var reply =
        offer.totalMinor() == 0
            ? ReplyId.READ_BACK_FREE
            : payable ? ReplyId.READ_BACK : ReplyId.NO_PAYMENT_METHOD;
    var answer =
        phrases.answer(
            reply,
            "event",
            event.displayName(),
            "date",
            phrases.date(event.startTimeMs()),
            "venue",
            event.venueDisplayName(),
            "tickets",
            phrases.tickets(chosen.size()),
            "seats",
            phrases.list(offer.seatIds()),
            "total",
            phrases.money(offer.totalMinor(), offer.currency()),
            "payment",
            offer.paymentMethodId());
    return new Say(
        payable ? conversation.offering(form, offer) : conversation.inviting(form), answer);
  }

  /** A yes: books when what was read back still is so, else reads back anew. */
  Step confirm(Conversation conversation, Offer.OfBooking offer, Hearing hearing) {
    if (offer.attempted()) {
      return book(conversation, offer, hearing);
    }
    var now =
        hearing.paymentMethodId().isEmpty()
            ? new Hearing(hearing.understood(), hearing.catalogue(), offer.paymentMethodId())
            : hearing;
    return new ReadSeats(offer.eventId(), read -> compare(conversation, offer, read, now));
  }

  private Step compare(
      Conversation conversation, Offer.OfBooking offer, EventSeats read, Hearing hearing) {
    var form = formOf(conversation, offer);
    var same = Places.withIds(read.seats(), offer.seatIds());
    var taken = same.stream().filter(seat -> !SeatChooser.isFree(seat)).toList();
    if (!taken.isEmpty()) {
      return instead(conversation.withoutOffer(), form, read, hearing, taken);
    }
    boolean unchanged =
        read.event()
            .map(event -> Offer.OfBooking.of(event, same, hearing.paymentMethodId()))
            .filter(now -> now.hash().equals(offer.hash()))
            .isPresent();
    if (unchanged) {
      return book(conversation, offer, hearing);
    }
    String changed = phrases.say(ReplyId.CHANGED);
    return propose(conversation.withoutOffer(), form, read, hearing, changed);
  }

  /** The talk may have gone elsewhere since an attempt whose outcome is not known. */
  private static Form formOf(Conversation conversation, Offer.OfBooking offer) {
    var form = conversation.form();
    return form != null && form.intent() == IntentId.BOOK_TICKETS
        ? form
        : Form.of(
            IntentId.BOOK_TICKETS,
            Wants.NOTHING.withEvents(List.of(offer.eventId())).withSeats(offer.seatIds()));
  }

  private Step instead(
      Conversation conversation, Form form, EventSeats read, Hearing hearing, List<Seat> taken) {
    String gone = phrases.say(ReplyId.SEATS_TAKEN, "seats", phrases.list(Places.names(taken)));
    return another(conversation, form, read, hearing, gone);
  }

  /** Offers as many other seats, after saying why. */
  Step another(Conversation conversation, Form form, EventSeats read, Hearing hearing, String why) {
    var wants = form.wants();
    var free =
        new Wants(
            wants.eventIds(), wants.quantity(), List.of(), wants.section(), wants.date(), "", "");
    var next = Form.of(IntentId.BOOK_TICKETS, free);
    return propose(conversation, next, read, hearing, why);
  }

  private Step book(Conversation conversation, Offer.OfBooking offer, Hearing hearing) {
    var form = formOf(conversation, offer);
    return new Step.Book(
        conversation.requestId(offer),
        offer.eventId(),
        offer.seatIds(),
        offer.totalMinor(),
        offer.currency(),
        offer.paymentMethodId(),
        (Bookings.Result result) -> outcome.tell(conversation, form, offer, hearing, result));
  }
}
