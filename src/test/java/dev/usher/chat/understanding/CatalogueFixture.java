package dev.usher.chat.understanding;

import dev.usher.seats.SeatView;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Four events at two venues, as a catalogue. */
public final class CatalogueFixture {
  /** Every event starts at half past seven in London. */
  public static final Catalogue CATALOGUE =
      new Catalogue(
          List.of(
              event("hamlet-fri", "Hamlet", "Royal Theatre", "London", "2026-01-09T19:30:00Z"),
              event("hamlet-sat", "Hamlet", "Royal Theatre", "London", "2026-01-10T19:30:00Z"),
              event("jazz", "An Evening of Jazz", "Corn Hall", "Leeds", "2026-01-16T19:30:00Z"),
              event("tempest", "The Tempest", "Corn Hall", "Leeds", "2026-02-01T19:30:00Z")),
          Map.of(
              "hamlet-fri", List.of("Stalls", "Circle"),
              "hamlet-sat", List.of("Stalls", "Circle"),
              "jazz", List.of("Stalls"),
              "tempest", List.of("Stalls")));

  private CatalogueFixture() {}

  private static SeatView.Event event(
      String id, String name, String venue, String city, String start) {
    return new SeatView.Event(
        id,
        name,
        venue.replace(" ", "-"),
        venue,
        city,
        Instant.parse(start).toEpochMilli(),
        "GBP",
        List.of(new SeatView.Price("Premium", 4500), new SeatView.Price("Standard", 2500)),
        true,
        6,
        12,
        12,
        1);
  }
}
