package dev.usher.grpc;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.usher.api.catalog.v1.CreateEventRequest;
import dev.usher.api.catalog.v1.Event;
import dev.usher.seats.SeatView;
import dev.usher.seats.proto.CategoryPrice;
import dev.usher.seats.proto.CreateEvent;
import dev.usher.seats.proto.Plan;
import dev.usher.seats.proto.SeatCommand;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A CreateEvent request that is well formed by itself; what it must share with its venue is checked
 * when the venue is known.
 *
 * @param prices minor units by category, in the order of the request
 */
record EventDraft(
    String eventId,
    String displayName,
    String venueId,
    long startTimeMs,
    int seatLimitPerBooking,
    String currency,
    Map<String, Long> prices) {
  private static final int LONGEST_NAME = 200;
  private static final int SEAT_LIMIT_DEFAULT = 10;
  private static final int SEAT_LIMIT_MOST = 100;
  private static final int PRICES_MOST = 200;

  static EventDraft parse(CreateEventRequest in, Violations violations) {
    var event = in.getEvent();
    var id = ResourceNames.chosenId(in.getEventId(), "event_id", violations);
    var name = violations.required("event.display_name", event.getDisplayName(), LONGEST_NAME);
    var venueId = ResourceNames.parse(event.getVenue(), "venues", "event.venue", violations);
    long startMs = startTime(event, violations);
    int limit = event.getSeatLimitPerBooking();
    if (limit < 0 || limit > SEAT_LIMIT_MOST) {
      violations.add("event.seat_limit_per_booking", "must be 0 to " + SEAT_LIMIT_MOST);
    }
    var prices = new LinkedHashMap<String, Long>();
    var currency = prices(event, prices, violations);
    return new EventDraft(
        id, name, venueId, startMs, limit == 0 ? SEAT_LIMIT_DEFAULT : limit, currency, prices);
  }

  /** The command, with a copy of the plan; every category of the venue needs its price. */
  SeatCommand command(SeatView.Venue venue, Plan plan) {
    var violations = new Violations();
    var unpriced = new ArrayList<>(venue.categories());
    unpriced.removeAll(prices.keySet());
    if (!unpriced.isEmpty()) {
      violations.add("event.prices", "lack the categories " + String.join(", ", unpriced));
    }
    var unknown = new ArrayList<>(prices.keySet());
    unknown.removeAll(new HashSet<>(venue.categories()));
    if (!unknown.isEmpty()) {
      violations.add(
          "event.prices",
          "name categories that "
              + ResourceNames.venue(venueId)
              + " does not have: "
              + String.join(", ", unknown));
    }
    violations.check();
    return SeatCommand.newBuilder()
        .setCreateEvent(
            CreateEvent.newBuilder()
                .setEventId(eventId)
                .setDisplayName(displayName)
                .setVenueId(venueId)
                .setVenueDisplayName(venue.displayName())
                .setCity(venue.city())
                .setStartTimeMillis(startTimeMs)
                .setCurrency(currency)
                .addAllPrices(priceList())
                .setSeatLimitPerBooking(seatLimitPerBooking)
                .setPlan(plan))
        .build();
  }

  private List<CategoryPrice> priceList() {
    return prices.entrySet().stream()
        .map(
            price ->
                CategoryPrice.newBuilder()
                    .setCategory(price.getKey())
                    .setPriceMinor(price.getValue())
                    .build())
        .toList();
  }

  private static long startTime(Event event, Violations violations) {
    if (!event.hasStartTime() || event.getStartTime().equals(Timestamp.getDefaultInstance())) {
      violations.add("event.start_time", "is required");
      return 0;
    }
    if (!Timestamps.isValid(event.getStartTime())) {
      violations.add("event.start_time", "must be a time of the years 1 to 9999");
      return 0;
    }
    return Timestamps.toMillis(event.getStartTime());
  }

  /** Fills the prices in and gives the currency that they share. */
  private static String prices(Event event, Map<String, Long> prices, Violations violations) {
    if (event.getPricesCount() == 0 || event.getPricesCount() > PRICES_MOST) {
      violations.add("event.prices", "must be 1 to " + PRICES_MOST);
      return "";
    }
    var currency = event.getPrices(0).getPrice().getCurrencyCode();
    for (int i = 0; i < event.getPricesCount(); i++) {
      var price = event.getPrices(i);
      var field = "event.prices[" + i + "]";
      violations.required(field + ".category", price.getCategory(), LONGEST_NAME);
      long minor =
          Monies.parse(price.getPrice(), field + ".price", violations)
              .map(Monies.Amount::minor)
              .orElse(0L);
      if (!price.getPrice().getCurrencyCode().equals(currency)) {
        violations.add(field + ".price", "must have the currency of the first price");
      }
      if (prices.put(price.getCategory(), minor) != null) {
        violations.add(field + ".category", "comes twice");
      }
    }
    return currency;
  }
}
