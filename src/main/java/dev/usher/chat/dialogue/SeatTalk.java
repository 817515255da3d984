package dev.usher.chat.dialogue;

import dev.usher.chat.language.ReplyId;
import dev.usher.chat.language.SlotId;
import dev.usher.seats.SeatView.Event;
import dev.usher.seats.SeatView.Seat;
import java.util.List;

/** Finds the seats that somebody would like, or says why there are none. */
final class SeatTalk {
  private final Phrases phrases;

  SeatTalk(Phrases phrases) {
    this.phrases = phrases;
  }

  sealed interface Result {}

  /**
   * Seats to read back.
   *
   * @param remark what to say before, or empty
   */
  record Chosen(List<Seat> seats, String remark) implements Result {}

  record Ask(SlotId slot, Answer answer) implements Result {}

  record Nothing(Answer answer) implements Result {}

  Result choose(Event event, List<Seat> all, Wants wants) {
    if (!wants.seats().isEmpty()) {
      return named(event, all, wants);
    }
    var place = Places.in(all, wants.section());
    if (place.isEmpty()) {
      return ask(
          SlotId.SECTION,
          phrases.answer(
              ReplyId.SECTION_UNKNOWN,
              "event",
              event.displayName(),
              "section",
              wants.section(),
              "sections",
              phrases.list(Places.sections(all))));
    }
    return best(event, all, place, wants, "");
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
    var taken = named.seats().stream().filter(seat -> !SeatChooser.isFree(seat)).toList();
    if (taken.isEmpty()) {
      return new Chosen(named.seats(), "");
    }
    String gone = phrases.say(ReplyId.SEATS_TAKEN, "seats", phrases.list(Places.names(taken)));
    return best(event, all, all, wants, gone + " " + phrases.say(ReplyId.INSTEAD));
  }

  private Result best(Event event, List<Seat> all, List<Seat> place, Wants wants, String remark) {
    var choice = SeatChooser.best(all, place, wants.quantity());
    if (choice.seats().isEmpty()) {
      return tooFew(event, all, place, wants);
    }
    String apart =
        choice.together() || choice.seats().size() == 1 ? "" : phrases.say(ReplyId.NOT_TOGETHER);
    return new Chosen(choice.seats(), (apart + " " + remark).strip());
  }

  private Result tooFew(Event event, List<Seat> all, List<Seat> place, Wants wants) {
    long freeHere = place.stream().filter(SeatChooser::isFree).count();
    long freeAll = all.stream().filter(SeatChooser::isFree).count();
    if (freeAll == 0) {
      return new Nothing(phrases.answer(ReplyId.SOLD_OUT, "event", event.displayName()));
    }
    boolean section = !wants.section().isEmpty() && freeAll >= wants.quantity();
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
            phrases.free(section ? freeHere : freeAll)));
  }

  private static Ask ask(SlotId slot, Answer answer) {
    return new Ask(slot, answer.missing(slot));
  }
}
