package dev.usher.chat.dialogue;

import dev.usher.seats.SeatView.Seat;
import dev.usher.seats.SeatView.SeatState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Proposes seats: side by side in one row, as near the middle of the front as can be, else the
 * nearest ones wherever they are. A proposal only: the log decides who gets them.
 */
final class SeatChooser {
  private SeatChooser() {}

  /**
   * What to propose.
   *
   * @param seats empty when there are too few
   */
  record Choice(List<Seat> seats, boolean together) {}

  /**
   * Chooses among some seats of an event.
   *
   * @param all the whole plan, in plan order: neighbours are next to each other in it
   * @param candidates which of them may be chosen
   */
  static Choice best(List<Seat> all, List<Seat> candidates, int count) {
    var allowed = candidates.stream().filter(SeatChooser::isFree).toList();
    if (count < 1 || allowed.size() < count) {
      return new Choice(List.of(), false);
    }
    var ids = allowed.stream().map(Seat::seatId).collect(Collectors.toSet());
    var focus = Focus.of(all);
    List<Seat> best = List.of();
    double least = Double.MAX_VALUE;
    for (var row : rows(all).values()) {
      for (int from = 0; from + count <= row.size(); from++) {
        var window = row.subList(from, from + count);
        double distance = window.stream().mapToDouble(focus::distance).sum();
        if (distance < least && window.stream().allMatch(seat -> ids.contains(seat.seatId()))) {
          best = List.copyOf(window);
          least = distance;
        }
      }
    }
    return best.isEmpty()
        ? new Choice(nearest(allowed, focus, count), false)
        : new Choice(best, true);
  }

  private static List<Seat> nearest(List<Seat> free, Focus focus, int count) {
    return free.stream().sorted(Comparator.comparingDouble(focus::distance)).limit(count).toList();
  }

  static boolean isFree(Seat seat) {
    return seat.state() == SeatState.FREE;
  }

  private static Map<String, List<Seat>> rows(List<Seat> all) {
    var rows = new LinkedHashMap<String, List<Seat>>();
    for (var seat : all) {
      rows.computeIfAbsent(seat.section() + "\n" + seat.row(), row -> new ArrayList<>()).add(seat);
    }
    return rows;
  }

  /** The middle of the plan's upper edge, where plans have the stage. */
  private record Focus(double x, double y) {
    static Focus of(List<Seat> all) {
      double left = all.stream().mapToDouble(Seat::x).min().orElse(0);
      double right = all.stream().mapToDouble(Seat::x).max().orElse(0);
      double top = all.stream().mapToDouble(Seat::y).min().orElse(0);
      return new Focus((left + right) / 2, top);
    }

    double distance(Seat seat) {
      double across = seat.x() - x;
      double back = seat.y() - y;
      return Math.sqrt(across * across + back * back); // exact on every JDK, unlike hypot
    }
  }
}
