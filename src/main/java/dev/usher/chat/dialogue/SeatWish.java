package dev.usher.chat.dialogue;

import dev.usher.seats.SeatView.Seat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Which seats somebody would like to have held. */
public sealed interface SeatWish {
  /** The same for the same wish, another for any other. */
  String key();

  /** Seats by name. */
  record Named(List<String> seatIds) implements SeatWish {
    public Named {
      seatIds = List.copyOf(seatIds);
    }

    @Override
    public String key() {
      return String.join(",", seatIds);
    }
  }

  /**
   * So many of the best that are free, not side by side if need be; which, the log decides.
   *
   * @param section, row and category: empty for any
   */
  record Best(int count, String section, String row, String category) implements SeatWish {
    @Override
    public String key() {
      return String.join("\n", Integer.toString(count), section, row, category);
    }
  }

  /** The best anywhere. */
  static Best best(int count) {
    return new Best(count, "", "", "");
  }

  /**
   * The best of a section, a category or a row ("Row F"); anywhere when {@code place} is empty.
   *
   * @return empty when the plan has no such place
   */
  static Optional<Best> best(int count, String place, List<Seat> plan) {
    if (place.isEmpty()) {
      return Optional.of(best(count));
    }
    String row = place.substring(place.indexOf(' ') + 1);
    return first(plan, Seat::section, place)
        .map(name -> new Best(count, name, "", ""))
        .or(() -> first(plan, Seat::category, place).map(name -> new Best(count, "", "", name)))
        .or(() -> first(plan, Seat::row, row).map(name -> new Best(count, "", name, "")));
  }

  private static Optional<String> first(List<Seat> plan, Function<Seat, String> part, String name) {
    return plan.stream().map(part).filter(name::equalsIgnoreCase).findFirst();
  }
}
