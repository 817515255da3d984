package dev.usher.seats;

import dev.usher.seats.SeatView.Seat;
import dev.usher.seats.SeatView.SeatState;
import dev.usher.seats.proto.BestSeats;
import dev.usher.seats.proto.Plan;
import dev.usher.seats.proto.PlanSeat;
import dev.usher.seats.proto.SeatCommand;
import dev.usher.seats.proto.SeatResult;
import java.util.ArrayList;
import java.util.List;

/**
 * An event in a hall drawn row by row, row A with the stage in front of it first. A letter is a
 * seat, {@code s} of category Stalls, {@code b} of category Balcony, a capital one is taken; a
 * blank is an aisle. A row is in the section that is called as the category of its first seat.
 */
final class Hall {
  static final double SPACING = 10;

  final Box box;
  private int holds;

  private Hall(Box box) {
    this.box = box;
  }

  static Hall of(String... rows) {
    var plan = Plan.newBuilder().addCategories("Stalls").addCategories("Balcony");
    var taken = new ArrayList<String>();
    for (int r = 0; r < rows.length; r++) {
      int number = 0;
      for (int i = 0; i < rows[r].length(); i++) {
        char drawn = rows[r].charAt(i);
        if (drawn != ' ') {
          var seat = seat((char) ('A' + r), ++number, part(rows[r].strip().charAt(0)), part(drawn));
          plan.addSeats(seat.setX(i * SPACING).setY(r * SPACING));
          if (Character.isUpperCase(drawn)) {
            taken.add(seat.getSeatId());
          }
        }
      }
    }
    var event = Box.event(Box.EVENT);
    event
        .getCreateEventBuilder()
        .setPlan(plan)
        .setSeatLimitPerBooking(SeatLimits.SEATS_PER_BOOKING);
    var hall = new Hall(Box.withEvent(event));
    taken.forEach(id -> hall.box.done(Box.hold("taken-" + id, "somebody", id)));
    return hall;
  }

  private static PlanSeat.Builder seat(char row, int number, String section, String category) {
    return PlanSeat.newBuilder()
        .setSeatId(row + "-" + number)
        .setSection(section)
        .setRow(String.valueOf(row))
        .setNumber(Integer.toString(number))
        .setCategory(category);
  }

  private static String part(char drawn) {
    return Character.toLowerCase(drawn) == 's' ? "Stalls" : "Balcony";
  }

  static BestSeats.Builder wish(int count) {
    return BestSeats.newBuilder().setCount(count);
  }

  SeatCommand.Builder asking(BestSeats.Builder wish) {
    return Box.best("h" + ++holds, "ann", wish);
  }

  SeatResult ask(BestSeats.Builder wish) {
    return box.propose(asking(wish));
  }

  /** The seats that the next one who asks for so many side by side gets. */
  List<String> best(int count) {
    return best(wish(count));
  }

  List<String> best(BestSeats.Builder wish) {
    return box.done(asking(wish)).getHold().getSeatIdsList();
  }

  List<Seat> seats() {
    return box.view().seats(Box.EVENT);
  }

  static boolean isFree(Seat seat) {
    return seat.state() == SeatState.FREE;
  }
}
