package dev.usher.cli.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A generated seating plan in the pretix format, large enough for a bench. */
final class Plan {
  private static final int SEAT_DISTANCE = 25;

  private Plan() {}

  /** One zone and one category, rows of the same length. */
  static byte[] of(int rows, int seatsPerRow) {
    var mapper = new ObjectMapper();
    var plan = mapper.createObjectNode().put("name", "Arena");
    plan.putArray("categories").addObject().put("name", "Seat").put("color", "#2196F3");
    plan.putObject("size")
        .put("width", SEAT_DISTANCE * seatsPerRow)
        .put("height", SEAT_DISTANCE * rows);
    var zone = plan.putArray("zones").addObject().put("name", "Arena");
    zone.putObject("position").put("x", 0).put("y", 0);
    zone.putArray("areas");
    var rowArray = zone.putArray("rows");
    for (int r = 1; r <= rows; r++) {
      var row = rowArray.addObject().put("row_number", String.valueOf(r));
      row.putObject("position").put("x", 0).put("y", r * SEAT_DISTANCE);
      var seats = row.putArray("seats");
      for (int s = 1; s <= seatsPerRow; s++) {
        seats
            .addObject()
            .put("seat_number", String.valueOf(s))
            .put("seat_guid", r + "-" + s)
            .put("category", "Seat")
            .putObject("position")
            .put("x", s * SEAT_DISTANCE)
            .put("y", 0);
      }
    }
    try {
      return mapper.writeValueAsBytes(plan);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts and numbers has a JSON form", e);
    }
  }
}
