package dev.usher.seats;

import dev.usher.seats.SeatChooser.Chosen;
import dev.usher.seats.SeatChooser.Scarce;
import dev.usher.seats.proto.BestSeats;
import dev.usher.seats.proto.CreateHold;
import dev.usher.seats.proto.Refusal;
import java.util.ArrayList;
import java.util.List;

/**
 * Which seats a hold gets: those that it names, if they are free, or the best. Chosen here, in the
 * log's own order, they cannot be taken by somebody else in between (docs/booking.md §2).
 */
final class HoldSeats {
  private HoldSeats() {}

  sealed interface Result {}

  /** Seats that are free. */
  record Found(List<String> seatIds) implements Result {}

  record None(Refusal refusal) implements Result {}

  static Result of(LiveEvent event, long index, CreateHold command) {
    if (command.hasBest() && command.getSeatIdsCount() > 0) {
      return new None(
          Answers.malformed("best", "either seats are named or the best are wished for"));
    }
    return command.hasBest()
        ? best(event, command.getBest())
        : named(event, index, command.getSeatIdsList());
  }

  private static Result named(LiveEvent event, long index, List<String> seatIds) {
    var wrong = event.checkSeats(seatIds);
    if (wrong.isPresent()) {
      return new None(wrong.get());
    }
    var taken = event.seats().taken(seatIds);
    return taken.isEmpty() ? new Found(seatIds) : new None(Answers.seatsUnavailable(taken, index));
  }

  private static Result best(LiveEvent event, BestSeats wish) {
    if (wish.getCount() < 1) {
      return new None(Answers.malformed("best.count", "at least one seat is needed"));
    }
    if (wish.getCount() > event.seatLimit()) {
      return new None(Answers.seatLimit(event.seatLimit()));
    }
    return switch (event.seats().best(wish)) {
      case Chosen chosen -> new Found(event.seats().ids(chosen.ranks()));
      case Scarce scarce -> new None(scarce(event, wish, scarce));
    };
  }

  private static Refusal scarce(LiveEvent event, BestSeats wish, Scarce scarce) {
    var name = Names.event(event.definition().getEventId());
    if (scarce.free() == 0 && !event.seats().known(wish)) {
      return Answers.about(
          SeatReason.RESOURCE_NOT_FOUND, name, name + " has no seat" + place(wish) + ".");
    }
    var details =
        new String[] {
          "name", name,
          "count", Integer.toString(wish.getCount()),
          "free", Integer.toString(scarce.free()),
          "adjacent", Integer.toString(scarce.adjacent()),
          "event_free", Integer.toString(event.seats().freeCount())
        };
    if (scarce.free() == 0) {
      return Answers.refusal(
          SeatReason.SOLD_OUT, name + " has no free seat" + place(wish) + ".", details);
    }
    boolean apart = scarce.free() >= wish.getCount();
    return Answers.refusal(
        SeatReason.NOT_ENOUGH_ADJACENT_SEATS,
        "Seats free%s%s: %d; ask for fewer%s."
            .formatted(
                place(wish),
                apart ? ", side by side" : "",
                apart ? scarce.adjacent() : scarce.free(),
                apart ? ", or with allow_split" : ""),
        details);
  }

  /** For example {@code in section 'Stalls', row 'A'}, or nothing. */
  private static String place(BestSeats wish) {
    var parts = new ArrayList<String>();
    add(parts, "section", wish.getSection());
    add(parts, "row", wish.getRow());
    add(parts, "category", wish.getCategory());
    return parts.isEmpty() ? "" : " in " + String.join(", ", parts);
  }

  private static void add(List<String> parts, String what, String name) {
    if (!name.isEmpty()) {
      parts.add(what + " '" + name + "'");
    }
  }
}
