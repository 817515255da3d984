package dev.usher.chat.dialogue;

import dev.usher.chat.language.ReplyId;
import dev.usher.chat.language.SlotId;
import dev.usher.seats.SeatView.Event;
import dev.usher.seats.SeatView.Seat;
import java.util.List;

/** Finds out which seats somebody would like, or says why there are none. */
final class SeatTalk {
  private final Phrases phrases;

  SeatTalk(Phrases phrases) {
    this.phrases = phrases;
  }

  sealed interface Result {}

  /**
   * Seats to hold and to read back.
   *
   * @param remark what to say before, or empty
   */
  record Chosen(SeatWish wish, String remark) implements Result {}

  /** No seats. */
  sealed interface None extends Result {}

  record Ask(SlotId slot, Answer answer) implements None {}

  record Nothing(Answer answer) implements None {}

  Result choose(Event event, List<Seat> all, Wants wants) {
    if (!wants.seats().isEmpty()) {
      return named(event, all, wants);
    }
    return SeatWish.best(wants.quantity(), wants.section(), all)
        .<Result>map(best -> new Chosen(best, ""))
        .orElseGet(
            () ->
                ask(
                    SlotId.SECTION,
                    phrases.answer(
                        ReplyId.SECTION_UNKNOWN,
                        "event",
                        event.displayName(),
                        "section",
                        wants.section(),
                        "sections",
                        phrases.list(Places.sections(all)))));
  }

  private Result named(Event event, List<Seat> all, Wants wants) {
    var named = Places.named(all, wants);
    if (!named.unknown().isEmpty()) {
      return ask(
          SlotId.SEAT,
          phrases.answer(
              ReplyId.SEAT_UNKNOWN,
              "event",
              event.displayName(),
              "seats",
              phrases.list(named.unknown())));
    }
    if (!named.ambiguous().isEmpty()) {
      return ask(
          SlotId.SECTION,
          phrases.answer(
              ReplyId.SEAT_AMBIGUOUS,
              "seats",
              phrases.list(named.ambiguous()),
              "sections",
              phrases.list(named.sections())));
    }
    var taken = named.seats().stream().filter(seat -> !Places.isFree(seat)).toList();
    if (taken.isEmpty()) {
      return new Chosen(new SeatWish.Named(Places.names(named.seats())), "");
    }
    String gone = phrases.say(ReplyId.SEATS_TAKEN, "seats", phrases.list(Places.names(taken)));
    return new Chosen(SeatWish.best(wants.quantity()), gone + " " + phrases.say(ReplyId.INSTEAD));
  }

  /**
   * Why there are no seats as wished for.
   *
   * @param free how many are left where they were wished for
   * @param eventFree and anywhere
   */
  None tooFew(Event event, Wants wants, int free, int eventFree) {
    if (eventFree == 0) {
      return new Nothing(phrases.answer(ReplyId.SOLD_OUT, "event", event.displayName()));
    }
    boolean section = !wants.section().isEmpty() && eventFree >= wants.quantity();
    return ask(
        section ? SlotId.SECTION : SlotId.QUANTITY,
        phrases.answer(
            section ? ReplyId.SECTION_FULL : ReplyId.NOT_ENOUGH,
            "event",
            event.displayName(),
            "section",
            wants.section(),
            "tickets",
            phrases.tickets(wants.quantity()),
            "free",
            phrases.free(section ? free : eventFree)));
  }

  private static Ask ask(SlotId slot, Answer answer) {
    return new Ask(slot, answer.missing(slot));
  }
}
