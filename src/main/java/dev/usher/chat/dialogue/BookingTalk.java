package dev.usher.chat.dialogue;

import dev.usher.chat.dialogue.Step.EventSeats;
import dev.usher.chat.dialogue.Step.ReadSeats;
import dev.usher.chat.dialogue.Step.Say;
import dev.usher.chat.language.IntentId;
import dev.usher.chat.language.ReplyId;
import dev.usher.chat.language.SlotId;
import dev.usher.seats.SeatView.Event;
import dev.usher.seats.SeatView.Seat;
import java.util.List;
import java.util.stream.Collectors;

/** Fills the booking form, finds seats, holds them, and reads back; {@link YesTalk} goes on. */
final class BookingTalk {
  /** So often others may be quicker in one turn. */
  private static final int TRIES_MAX = 3;

  private final Phrases phrases;
  private final EventTalk events;
  private final SeatTalk seats;
  private final ReadBack readBack;

  BookingTalk(Phrases phrases, EventTalk events, ReadBack readBack) {
    this.phrases = phrases;
    this.events = events;
    this.seats = new SeatTalk(phrases);
    this.readBack = readBack;
  }

  /** Goes on with the form: asks for what is missing, else proposes. */
  Step goOn(Conversation conversation, Wants wants, Hearing hearing) {
    var form = Form.of(IntentId.BOOK_TICKETS, wants);
    return events.withEvent(
        conversation.withoutOffer(),
        form,
        hearing.catalogue(),
        event -> {
          var settled = Form.of(IntentId.BOOK_TICKETS, wants.settledOn(event.eventId()));
          return withEvent(conversation.withoutOffer(), settled, event, hearing);
        });
  }

  private Step withEvent(Conversation conversation, Form form, Event event, Hearing hearing) {
    int quantity = form.wants().quantity();
    if (quantity == 0) {
      var answer = phrases.answer(ReplyId.ASK, "question", phrases.question(SlotId.QUANTITY));
      return asking(conversation, form, SlotId.QUANTITY, answer);
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
      return asking(conversation, again, SlotId.QUANTITY, answer);
    }
    return propose(conversation, form, event.eventId(), hearing, "");
  }

  private static Say asking(Conversation conversation, Form form, SlotId slot, Answer answer) {
    return new Say(conversation.talkingOf(form.asking(slot, answer.text())), answer.missing(slot));
  }

  /**
   * Finds seats as they are now, holds them and reads them back.
   *
   * @param before a sentence to begin with, or empty
   */
  Step propose(
      Conversation conversation, Form form, String eventId, Hearing hearing, String before) {
    return propose(conversation, form, eventId, hearing, before, 1);
  }

  private Step propose(
      Conversation conversation,
      Form form,
      String eventId,
      Hearing hearing,
      String before,
      int attempt) {
    var held = conversation.held();
    if (held != null) {
      var free = conversation.holding(null);
      return new Step.Release(held, () -> propose(free, form, eventId, hearing, before, attempt));
    }
    return new ReadSeats(
        eventId, read -> choose(conversation, form, read, hearing, before, attempt));
  }

  /** Other seats than those that were read back: while they are held, they are not free. */
  Step others(Conversation conversation, Offer.OfBooking offer, Hearing hearing) {
    var form = conversation.form();
    var held = conversation.held();
    if (form == null || held == null) {
      return goOn(conversation, Wants.NOTHING, hearing);
    }
    var anywhere = Form.of(IntentId.BOOK_TICKETS, form.wants().withAnySeats());
    return propose(
            conversation.holding(null).withoutOffer(),
            anywhere,
            offer.eventId(),
            hearing.card().given() ? hearing : hearing.paying(offer.card()),
            "")
        .lastly(
            say ->
                say.conversation().offer() == null
                    ? new Say(
                        conversation, readBack.of(offer).after(phrases.say(ReplyId.NO_OTHERS)))
                    : new Step.Release(held, () -> say));
  }

  private Step choose(
      Conversation conversation,
      Form form,
      EventSeats read,
      Hearing hearing,
      String before,
      int attempt) {
    if (read.event().isEmpty()) {
      return new Say(conversation.talkingOf(null), phrases.answer(ReplyId.EVENT_GONE));
    }
    var event = read.event().get();
    return switch (seats.choose(event, read.seats(), form.wants())) {
      case SeatTalk.Ask ask -> asking(conversation, form, ask.slot(), ask.answer().after(before));
      case SeatTalk.Nothing nothing ->
          new Say(conversation.talkingOf(form), nothing.answer().after(before));
      case SeatTalk.Chosen chosen ->
          hold(
              conversation,
              form,
              new Proposal(event, chosen.seats(), (before + " " + chosen.remark()).strip()),
              hearing,
              attempt);
    };
  }

  /**
   * Seats that are free.
   *
   * @param before a sentence to begin with, or empty
   */
  private record Proposal(Event event, List<Seat> seats, String before) {
    long totalMinor() {
      return seats.stream().mapToLong(Seat::priceMinor).sum();
    }

    List<String> names() {
      return Places.names(seats);
    }
  }

  private Step hold(
      Conversation conversation, Form form, Proposal proposal, Hearing hearing, int attempt) {
    if (proposal.totalMinor() > 0 && !hearing.card().given()) {
      return new Say(conversation.inviting(form), noCard(proposal));
    }
    String eventId = proposal.event().eventId();
    String holdId =
        conversation.holdId(eventId, proposal.names().stream().collect(Collectors.joining(",")));
    return new Step.Hold(
        holdId,
        eventId,
        proposal.names(),
        result ->
            switch (result) {
              case Step.Done done -> {
                var offer =
                    Offer.OfBooking.of(
                        proposal.event(), proposal.seats(), hearing.card(), done.hold());
                yield new Say(
                    conversation.holding(new Held(eventId, holdId)).offering(form, offer),
                    readBack.of(offer).after(proposal.before()));
              }
              case Step.NotHeld refused ->
                  notHeld(
                      refused.perhaps()
                          ? conversation.holding(new Held(eventId, holdId))
                          : conversation,
                      form,
                      proposal,
                      hearing,
                      refused.reason(),
                      attempt);
            });
  }

  private Answer noCard(Proposal proposal) {
    var event = proposal.event();
    return phrases
        .answer(
            ReplyId.NO_PAYMENT_METHOD,
            "event",
            event.displayName(),
            "date",
            phrases.date(event.startTimeMs()),
            "tickets",
            phrases.tickets(proposal.seats().size()),
            "seats",
            phrases.list(proposal.names()),
            "total",
            phrases.money(proposal.totalMinor(), event.currency()))
        .after(proposal.before());
  }

  private Step notHeld(
      Conversation conversation,
      Form form,
      Proposal proposal,
      Hearing hearing,
      String reason,
      int attempt) {
    if (reason.equals("SEAT_UNAVAILABLE") && attempt < TRIES_MAX) {
      String eventId = proposal.event().eventId();
      return propose(conversation, form, eventId, hearing, proposal.before(), attempt + 1);
    }
    var answer = phrases.answer(ReplyId.REFUSED, "sentence", phrases.refusal(reason, ""));
    return new Say(conversation.inviting(form), answer);
  }
}
