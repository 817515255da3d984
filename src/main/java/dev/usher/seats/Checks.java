package dev.usher.seats;

import dev.usher.seats.proto.Plan;
import dev.usher.seats.proto.Refusal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Rules that need no state. The edge checks the same and more, and says it better; these keep the
 * log's meaning whole whatever is proposed.
 */
final class Checks {
  private static final Optional<Refusal> FINE = Optional.empty();

  private Checks() {}

  /**
   * @param fieldsAndIds a field's name and its value in turn
   */
  static Optional<Refusal> ids(String... fieldsAndIds) {
    for (int i = 0; i < fieldsAndIds.length; i += 2) {
      var problem = id(fieldsAndIds[i], fieldsAndIds[i + 1]);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return FINE;
  }

  private static Optional<Refusal> id(String field, String id) {
    if (id.isEmpty() || id.length() > SeatLimits.ID_LENGTH) {
      return malformed(field, "an id has 1 to " + SeatLimits.ID_LENGTH + " characters");
    }
    return FINE;
  }

  static Optional<Refusal> text(String field, String text) {
    return text(field, text, SeatLimits.TEXT_LENGTH);
  }

  private static Optional<Refusal> text(String field, String text, int limit) {
    return text.length() > limit ? malformed(field, "at most " + limit + " characters") : FINE;
  }

  /** One to the hard limit of seats, none of them twice. */
  static Optional<Refusal> seatIds(List<String> seatIds) {
    if (seatIds.isEmpty()) {
      return malformed("seat_ids", "at least one seat is needed");
    }
    if (seatIds.size() > SeatLimits.SEATS_PER_BOOKING) {
      return Optional.of(Answers.seatLimit(SeatLimits.SEATS_PER_BOOKING));
    }
    Set<String> seen = new HashSet<>();
    for (var seatId : seatIds) {
      if (seatId.length() > SeatLimits.ID_LENGTH) {
        return malformed("seat_ids", "an id has 1 to " + SeatLimits.ID_LENGTH + " characters");
      }
      if (!seen.add(seatId)) {
        return malformed("seat_ids", seatId + " is named twice");
      }
    }
    return FINE;
  }

  static Optional<Refusal> plan(Plan plan) {
    if (plan.getSeatsCount() == 0 || plan.getSeatsCount() > SeatLimits.SEATS_PER_PLAN) {
      return malformed("plan.seats", "a plan has 1 to " + SeatLimits.SEATS_PER_PLAN + " seats");
    }
    if (plan.getCategoriesCount() > SeatLimits.CATEGORIES_PER_PLAN) {
      return malformed(
          "plan.categories", "at most " + SeatLimits.CATEGORIES_PER_PLAN + " categories");
    }
    Set<String> categories = new HashSet<>();
    for (var category : plan.getCategoriesList()) {
      if (category.isEmpty() || category.length() > SeatLimits.TEXT_LENGTH) {
        return malformed(
            "plan.categories", "a name has 1 to " + SeatLimits.TEXT_LENGTH + " characters");
      }
      if (!categories.add(category)) {
        return malformed("plan.categories", category + " is named twice");
      }
    }
    return seats(plan, categories);
  }

  private static Optional<Refusal> seats(Plan plan, Set<String> categories) {
    Set<String> seatIds = new HashSet<>();
    for (var seat : plan.getSeatsList()) {
      var problem =
          id("plan.seats.seat_id", seat.getSeatId())
              .or(() -> text("plan.seats.section", seat.getSection()))
              .or(() -> text("plan.seats.row", seat.getRow(), SeatLimits.LABEL_LENGTH))
              .or(() -> text("plan.seats.number", seat.getNumber(), SeatLimits.LABEL_LENGTH));
      if (problem.isPresent()) {
        return problem;
      }
      if (!seatIds.add(seat.getSeatId())) {
        return malformed("plan.seats.seat_id", seat.getSeatId() + " is there twice");
      }
      if (!categories.contains(seat.getCategory())) {
        return malformed(
            "plan.seats.category",
            "seat "
                + seat.getSeatId()
                + " has an undeclared category '"
                + seat.getCategory()
                + "'");
      }
      if (!Double.isFinite(seat.getX()) || !Double.isFinite(seat.getY())) {
        return malformed("plan.seats.x", "seat " + seat.getSeatId() + " has no finite position");
      }
    }
    return FINE;
  }

  static Optional<Refusal> malformed(String field, String problem) {
    return Optional.of(Answers.malformed(field, problem));
  }
}
