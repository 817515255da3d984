package dev.usher.cli.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.type.Money;
import dev.usher.api.catalog.v1.CategoryPrice;
import dev.usher.api.catalog.v1.CreateEventRequest;
import dev.usher.api.catalog.v1.CreateVenueRequest;
import dev.usher.api.catalog.v1.Event;
import dev.usher.api.catalog.v1.PublishEventRequest;
import dev.usher.api.catalog.v1.Venue;
import java.time.Instant;
import java.util.UUID;

/** Somebody who puts events on sale, for the demo, the bench and the tests. */
public record Organizer(UsherClient client) {

  /** Imports a seating plan. */
  public Venue importVenue(String id, byte[] plan) {
    return client.call(
        Api.CREATE_VENUE,
        CreateVenueRequest.newBuilder()
            .setVenueId(id)
            .setSeatingPlan(ByteString.copyFrom(plan))
            .setRequestId(UUID.randomUUID().toString())
            .build());
  }

  /** Creates an event with one price for every category and puts it on sale. */
  public Event publish(String id, String displayName, Venue venue, Money price, Instant start) {
    var event =
        Event.newBuilder()
            .setDisplayName(displayName)
            .setVenue(venue.getName())
            .setStartTime(Timestamp.newBuilder().setSeconds(start.getEpochSecond()));
    venue
        .getCategoriesList()
        .forEach(
            category ->
                event.addPrices(CategoryPrice.newBuilder().setCategory(category).setPrice(price)));
    var draft =
        client.call(
            Api.CREATE_EVENT,
            CreateEventRequest.newBuilder()
                .setEventId(id)
                .setEvent(event)
                .setRequestId(UUID.randomUUID().toString())
                .build());
    return client.call(
        Api.PUBLISH_EVENT,
        PublishEventRequest.newBuilder()
            .setName(draft.getName())
            .setRequestId(UUID.randomUUID().toString())
            .build());
  }
}
