package dev.usher.chat.dialogue;

import dev.usher.seats.SeatView.Seat;
import dev.usher.seats.SeatView.SeatState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Which seats of a plan are meant by a section, a category or the name of a seat. */
final class Places {
  private Places() {}

  /**
   * Seats named.
   *
   * @param unknown names of no seat
   * @param ambiguous names of several seats
   * @param sections where the seats of an ambiguous name are
   */
  record Named(
      List<Seat> seats, List<String> unknown, List<String> ambiguous, List<String> sections) {}

  /** The seats of a section, a category or a row ("Row F"); all when it is empty. */
  static List<Seat> in(List<Seat> all, String section) {
    if (section.isEmpty()) {
      return all;
    }
    var part =
        all.stream()
            .filter(
                seat ->
                    seat.section().equalsIgnoreCase(section)
                        || seat.category().equalsIgnoreCase(section))
            .toList();
    String row = section.substring(section.indexOf(' ') + 1);
    return part.isEmpty() && !row.equals(section)
        ? all.stream().filter(seat -> seat.row().equalsIgnoreCase(row)).toList()
        : part;
  }

  /** In the order of the ids; an id of no seat is left out. */
  static List<Seat> withIds(List<Seat> all, List<String> seatIds) {
    return seatIds.stream()
        .flatMap(id -> all.stream().filter(seat -> seat.seatId().equals(id)))
        .toList();
  }

  /** Sections, then categories, in plan order. */
  static List<String> sections(List<Seat> all) {
    return Stream.concat(
            all.stream().map(Seat::section).distinct(), all.stream().map(Seat::category).distinct())
        .filter(name -> !name.isEmpty())
        .distinct()
        .toList();
  }

  static List<String> names(List<Seat> seats) {
    return seats.stream().map(Seat::seatId).toList();
  }

  static boolean isFree(Seat seat) {
    return seat.state() == SeatState.FREE;
  }

  static Named named(List<Seat> all, Wants wants) {
    var seats = new ArrayList<Seat>();
    var unknown = new ArrayList<String>();
    var ambiguous = new ArrayList<String>();
    var sections = new ArrayList<String>();
    for (var name : wants.seats()) {
      var fitting = fitting(all, name);
      var narrowed = fitting.size() > 1 ? in(fitting, wants.section()) : fitting;
      if (narrowed.isEmpty()) {
        unknown.add(name);
      } else if (narrowed.size() > 1) {
        ambiguous.add(name);
        narrowed.stream()
            .map(Seat::section)
            .filter(s -> !sections.contains(s))
            .forEach(sections::add);
      } else if (!seats.contains(narrowed.getFirst())) {
        seats.add(narrowed.getFirst());
      }
    }
    return new Named(seats, unknown, ambiguous, sections);
  }

  private static List<Seat> fitting(List<Seat> all, String name) {
    var exact = all.stream().filter(seat -> seat.seatId().equalsIgnoreCase(name)).toList();
    return exact.isEmpty() ? all.stream().filter(seat -> isCalled(seat, name)).toList() : exact;
  }

  private static boolean isCalled(Seat seat, String name) {
    String place = seat.row() + "-" + seat.number();
    String section = seat.section().replaceAll("[^\\p{L}\\p{N}]", "");
    return place.equalsIgnoreCase(name) || (section + "-" + place).equalsIgnoreCase(name);
  }
}
