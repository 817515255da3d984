package dev.usher.chat.dialogue;

import dev.usher.chat.dialogue.Step.EventSeats;
import dev.usher.chat.dialogue.Step.ReadSeats;
import dev.usher.chat.dialogue.Step.Say;
import dev.usher.chat.language.IntentId;
import dev.usher.chat.language.ReplyId;
import dev.usher.chat.language.SlotId;
import dev.usher.seats.SeatView.Event;
import dev.usher.seats.SeatView.Seat;
import dev.usher.seats.proto.HoldRecord;
import java.util.List;

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
            hearing.otherwisePaying(offer.card()),
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
      case SeatTalk.Chosen chosen -> {
        String first = (before + " " + chosen.remark()).strip();
        var proposal = new Proposal(event, read.seats(), chosen.wish(), first);
        yield isFree(read)
            ? hold(conversation, form, proposal, hearing, List.of(), attempt)
            : new Step.ReadCards(
                cards -> hold(conversation, form, proposal, hearing, cards, attempt));
      }
      case SeatTalk.None none -> none(conversation, form, none, before);
    };
  }

  private static boolean isFree(EventSeats read) {
    return read.seats().stream().allMatch(seat -> seat.priceMinor() == 0);
  }

  private static Say none(Conversation conversation, Form form, SeatTalk.None none, String before) {
    return switch (none) {
      case SeatTalk.Ask ask -> asking(conversation, form, ask.slot(), ask.answer().after(before));
      case SeatTalk.Nothing nothing ->
          new Say(conversation.talkingOf(form), nothing.answer().after(before));
    };
  }

  /**
   * Seats to be held.
   *
   * @param plan all seats of the event
   * @param before a sentence to begin with, or empty
   */
  private record Proposal(Event event, List<Seat> plan, SeatWish wish, String before) {}

  private Step hold(
      Conversation conversation,
      Form form,
      Proposal proposal,
      Hearing hearing,
      List<Card> cards,
      int attempt) {
    String eventId = proposal.event().eventId();
    String holdId = conversation.holdId(eventId, proposal.wish().key());
    var holding = conversation.holding(new Held(eventId, holdId));
    return new Step.Hold(
        holdId,
        eventId,
        proposal.wish(),
        result ->
            switch (result) {
              case Step.Done done -> held(holding, form, proposal, hearing, cards, done.hold());
              case Step.NotHeld refused ->
                  notHeld(
                      refused.perhaps() ? holding : conversation,
                      form,
                      proposal,
                      hearing,
                      refused,
                      attempt);
            });
  }

  private Say held(
      Conversation conversation,
      Form form,
      Proposal proposal,
      Hearing hearing,
      List<Card> cards,
      HoldRecord hold) {
    boolean apart = proposal.wish() instanceof SeatWish.Best && !hold.getAdjacent();
    String before =
        apart
            ? (phrases.say(ReplyId.NOT_TOGETHER) + " " + proposal.before()).strip()
            : proposal.before();
    var card = hearing.cardFor(form.wants(), cards);
    if (hold.getTotalMinor() > 0 && !card.given()) {
      return cards.isEmpty()
          ? noCard(conversation, form, proposal.event(), hold, before)
          : whichCard(conversation, form, proposal.event(), hold, cards, before);
    }
    var seats = Places.withIds(proposal.plan(), hold.getSeatIdsList());
    var offer = Offer.OfBooking.of(proposal.event(), seats, card, hold);
    return new Say(conversation.offering(form, offer), readBack.of(offer).after(before));
  }

  private Say noCard(
      Conversation conversation, Form form, Event event, HoldRecord hold, String before) {
    var answer = unpaid(ReplyId.NO_PAYMENT_METHOD, event, hold, "");
    return new Say(conversation.inviting(form), answer.after(before));
  }

  private Say whichCard(
      Conversation conversation,
      Form form,
      Event event,
      HoldRecord hold,
      List<Card> cards,
      String before) {
    var lines = cards.stream().map(phrases::cardLine).toList();
    var answer =
        unpaid(ReplyId.WHICH_CARD, event, hold, phrases.numbered(lines))
            .missing(SlotId.CHOICE)
            .suggesting(phrases.choices(lines));
    return new Say(
        conversation.talkingOf(form.offeringCards(cards, answer.text())), answer.after(before));
  }

  private Answer unpaid(ReplyId reply, Event event, HoldRecord hold, String lines) {
    return phrases.answer(
        reply,
        "event",
        event.displayName(),
        "date",
        phrases.date(event.startTimeMs()),
        "tickets",
        phrases.tickets(hold.getSeatIdsCount()),
        "seats",
        phrases.list(hold.getSeatIdsList()),
        "total",
        phrases.money(hold.getTotalMinor(), hold.getCurrency()),
        "until",
        phrases.time(hold.getExpireTimeMillis()),
        "lines",
        lines);
  }

  private Step notHeld(
      Conversation conversation,
      Form form,
      Proposal proposal,
      Hearing hearing,
      Step.NotHeld refused,
      int attempt) {
    return switch (refused.reason()) {
      case "SOLD_OUT", "NOT_ENOUGH_ADJACENT_SEATS" -> {
        int free = Integer.parseInt(refused.details().getOrDefault("free", "0"));
        int eventFree = Integer.parseInt(refused.details().getOrDefault("event_free", "0"));
        var none = seats.tooFew(proposal.event(), form.wants(), free, eventFree);
        yield none(conversation, form, none, proposal.before());
      }
      case "SEAT_UNAVAILABLE" ->
          attempt < TRIES_MAX
              ? propose(
                  conversation,
                  form,
                  proposal.event().eventId(),
                  hearing,
                  proposal.before(),
                  attempt + 1)
              : refused(conversation, form, refused.reason());
      default -> refused(conversation, form, refused.reason());
    };
  }

  private Say refused(Conversation conversation, Form form, String reason) {
    var answer = phrases.answer(ReplyId.REFUSED, "sentence", phrases.refusal(reason, ""));
    return new Say(conversation.inviting(form), answer);
  }
}
