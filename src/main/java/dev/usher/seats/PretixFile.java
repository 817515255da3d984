package dev.usher.seats;

import java.util.List;

/** A sound pretix file as it is, before its seats are named; empty texts where it has none. */
record PretixFile(String name, List<String> categories, List<Zone> zones) {
  record Zone(String name, List<Row> rows) {}

  record Row(String name, List<Seat> seats) {}

  /**
   * A seat.
   *
   * @param guid what pretix knows it by; repeats in real files
   * @param x absolute: zone, row and seat together
   */
  record Seat(String number, String guid, String category, double x, double y) {}
}
