package dev.usher.grpc;

import dev.usher.api.catalog.v1.CategoryPrice;
import dev.usher.api.catalog.v1.Event;
import dev.usher.api.catalog.v1.Venue;
import dev.usher.seats.SeatView;

/** Venues and events as the public API shows them. */
final class CatalogMessages {
  private CatalogMessages() {}

  static Venue venue(SeatView.Venue venue) {
    return Venue.newBuilder()
        .setName(ResourceNames.venue(venue.venueId()))
        .setDisplayName(venue.displayName())
        .setCity(venue.city())
        .addAllCategories(venue.categories())
        .setSeatCount(venue.seatCount())
        .addAllRepairs(venue.repairs())
        .setRevision(venue.revision())
        .build();
  }

  static Event event(SeatView.Event event) {
    var message =
        Event.newBuilder()
            .setName(ResourceNames.event(event.eventId()))
            .setDisplayName(event.displayName())
            .setVenue(ResourceNames.venue(event.venueId()))
            .setVenueDisplayName(event.venueDisplayName())
            .setCity(event.city())
            .setStartTime(Requests.timestamp(event.startTimeMs()))
            .setState(event.published() ? Event.State.STATE_PUBLISHED : Event.State.STATE_DRAFT)
            .setSeatLimitPerBooking(event.seatLimitPerBooking())
            .setSeatCount(event.seatCount())
            .setFreeSeatCount(event.freeSeatCount())
            .setRevision(event.revision());
    for (var price : event.prices()) {
      message.addPrices(
          CategoryPrice.newBuilder()
              .setCategory(price.category())
              .setPrice(Monies.of(price.priceMinor(), event.currency())));
    }
    return message.build();
  }
}
