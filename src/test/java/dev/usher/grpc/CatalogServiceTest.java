package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.type.Money;
import dev.usher.api.catalog.v1.CatalogService;
import dev.usher.api.catalog.v1.CategoryPrice;
import dev.usher.api.catalog.v1.CreateEventRequest;
import dev.usher.api.catalog.v1.CreateVenueRequest;
import dev.usher.api.catalog.v1.Event;
import dev.usher.api.catalog.v1.GetEventRequest;
import dev.usher.api.catalog.v1.GetVenueRequest;
import dev.usher.api.catalog.v1.ListEventsRequest;
import dev.usher.api.catalog.v1.ListEventsResponse;
import dev.usher.api.catalog.v1.ListVenuesRequest;
import dev.usher.api.catalog.v1.ListVenuesResponse;
import dev.usher.api.catalog.v1.PublishEventRequest;
import dev.usher.api.catalog.v1.Venue;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CatalogServiceTest {
  private static final String SERVICE = CatalogService.name + "/";

  private static final String PLAN =
      """
      {"name": "Studio", "categories": [{"name": "front", "color": "#ff0000"}], "size":
       {"width": 100, "height": 100}, "zones": [{"name": "Floor", "zone_id": "floor",
       "position": {"x": 0, "y": 0}, "areas": [], "rows": [{"row_number": "1", "row_id": "r1",
       "position": {"x": 0, "y": 0}, "row_number_position": "both", "seats": [
        {"seat_number": "1", "seat_guid": "g1", "position": {"x": 0, "y": 0}, "category": "front"},
        {"seat_number": "2", "seat_guid": "g2", "position": {"x": 9, "y": 0}, "category": "front"}
       ]}]}]}
      """;

  private static House house;

  @BeforeAll
  static void open() {
    house = new House(NoProvider.get());
  }

  @AfterAll
  static void close() {
    house.close();
  }

  @Test
  void aVenueIsImportedReadAndListed() {
    var venue = call("CreateVenue", venue("studio", PLAN), Venue.getDefaultInstance());
    assertThat(venue.getName()).isEqualTo("venues/studio");
    assertThat(venue.getDisplayName()).isEqualTo("Studio");
    assertThat(venue.getSeatCount()).isEqualTo(2);
    assertThat(venue.getCategoriesList()).containsExactly("front");
    var get = GetVenueRequest.newBuilder().setName("venues/studio").build();
    assertThat(call("GetVenue", get, Venue.getDefaultInstance())).isEqualTo(venue);
    var names = new ArrayList<String>();
    var list = ListVenuesRequest.newBuilder().setPageSize(1);
    do {
      var page = call("ListVenues", list.build(), ListVenuesResponse.getDefaultInstance());
      page.getVenuesList().forEach(listed -> names.add(listed.getName()));
      list.setPageToken(page.getNextPageToken());
    } while (!list.getPageToken().isEmpty());
    assertThat(names).contains("venues/globe", "venues/studio").isSorted();
  }

  @Test
  void aPlanThatCannotBeReadIsRefusedFaultByFault() {
    var error = refused("CreateVenue", venue("broken", "{\"name\": 1}"));
    assertThat(error.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(error.fields()).isNotEmpty().allMatch(field -> field.startsWith("seating_plan"));
    var get = GetVenueRequest.newBuilder().setName("venues/broken").build();
    assertThat(refused("GetVenue", get).code()).isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void aVenueNeedsAnIdAndAPlan() {
    assertThat(refused("CreateVenue", venue("The Studio", "")).fields())
        .containsExactlyInAnyOrder("venue_id", "seating_plan");
  }

  @Test
  void anEventIsADraftUntilItIsPublished() {
    var draft = call("CreateEvent", event("macbeth").build(), Event.getDefaultInstance());
    assertThat(draft.getState()).isEqualTo(Event.State.STATE_DRAFT);
    assertThat(draft.getVenueDisplayName()).isEqualTo("The Globe");
    assertThat(draft.getSeatLimitPerBooking()).isEqualTo(10);
    assertThat(draft.getSeatCount()).isEqualTo(4);
    var get = GetEventRequest.newBuilder().setName("events/macbeth").build();
    assertThat(house.client.refused(SERVICE + "GetEvent", get, "").code())
        .isEqualTo(Code.NOT_FOUND);
    var publish = PublishEventRequest.newBuilder().setName("events/macbeth").build();
    call("PublishEvent", publish, Event.getDefaultInstance());
    var published = call("PublishEvent", publish, Event.getDefaultInstance());
    assertThat(published.getState()).isEqualTo(Event.State.STATE_PUBLISHED);
    assertThat(house.client.call(SERVICE + "GetEvent", get, Event.getDefaultInstance(), ""))
        .isEqualTo(published);
  }

  @Test
  void theSameRequestIdIsTheSameEvent() {
    var request = event("othello").setRequestId("make-othello").build();
    assertThat(call("CreateEvent", request, Event.getDefaultInstance()).getName())
        .isEqualTo(call("CreateEvent", request, Event.getDefaultInstance()).getName());
  }

  @Test
  void anEventIdIsGivenOnce() {
    call("CreateEvent", event("lear").build(), Event.getDefaultInstance());
    var other = event("lear");
    other.getEventBuilder().setDisplayName("Lear again");
    var error = refused("CreateEvent", other.build());
    assertThat(error.code()).isEqualTo(Code.ALREADY_EXISTS);
    assertThat(error.reason()).isEqualTo("EVENT_EXISTS");
  }

  @Test
  void everyFaultOfAnEventIsToldAtOnce() {
    var request =
        CreateEventRequest.newBuilder()
            .setEventId("Bad Id")
            .setEvent(
                Event.newBuilder()
                    .setVenue("globe")
                    .setSeatLimitPerBooking(-1)
                    .addPrices(price("stalls", "EUR", 10))
                    .addPrices(price("stalls", "USD", 10)))
            .build();
    assertThat(refused("CreateEvent", request).fields())
        .containsExactlyInAnyOrder(
            "event_id",
            "event.display_name",
            "event.venue",
            "event.start_time",
            "event.seat_limit_per_booking",
            "event.prices[1].price",
            "event.prices[1].category");
  }

  @Test
  void everyCategoryOfTheVenueNeedsAPriceAndNoOther() {
    var request = event("tempest");
    request.getEventBuilder().clearPrices().addPrices(price("balcony", "EUR", 10));
    var error = refused("CreateEvent", request.build());
    assertThat(error.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(error.fields()).containsExactly("event.prices", "event.prices");
    assertThat(error.message()).contains("stalls");
  }

  @Test
  void anEventNeedsItsVenue() {
    var request = event("nowhere");
    request.getEventBuilder().setVenue("venues/atlantis");
    var error = refused("CreateEvent", request.build());
    assertThat(error.code()).isEqualTo(Code.NOT_FOUND);
    assertThat(error.metadata()).containsEntry("name", "venues/atlantis");
  }

  @Test
  void eventsAreListedPageByPageAcrossGroups() {
    var ids = List.of("page-a", "page-b", "page-c", "page-d", "page-e");
    ids.forEach(house::publish);
    var names = new ArrayList<String>();
    var list = ListEventsRequest.newBuilder().setPageSize(2);
    do {
      var page = call("ListEvents", list.build(), ListEventsResponse.getDefaultInstance());
      page.getEventsList().forEach(event -> names.add(event.getName()));
      list.setPageToken(page.getNextPageToken());
    } while (!list.getPageToken().isEmpty());
    assertThat(names).isSorted().doesNotHaveDuplicates();
    assertThat(names).containsAll(ids.stream().map(id -> "events/" + id).toList());
  }

  @Test
  void aPageTokenOfAnotherListIsRefused() {
    ListEventsResponse first =
        call(
            "ListEvents",
            ListEventsRequest.newBuilder().setPageSize(1).build(),
            ListEventsResponse.getDefaultInstance());
    house.publish("token-test");
    var request = ListVenuesRequest.newBuilder().setPageToken(first.getNextPageToken() + "AAAA");
    assertThat(refused("ListVenues", request.build()).fields()).containsExactly("page_token");
  }

  private static CreateVenueRequest venue(String id, String plan) {
    return CreateVenueRequest.newBuilder()
        .setVenueId(id)
        .setVenue(Venue.newBuilder().setCity("Delft"))
        .setSeatingPlan(ByteString.copyFromUtf8(plan))
        .build();
  }

  private static CreateEventRequest.Builder event(String id) {
    return CreateEventRequest.newBuilder()
        .setEventId(id)
        .setEvent(
            Event.newBuilder()
                .setDisplayName("A play")
                .setVenue("venues/globe")
                .setStartTime(Timestamp.newBuilder().setSeconds(2_000_000_000))
                .addPrices(price("stalls", "EUR", 10)));
  }

  private static CategoryPrice price(String category, String currency, long units) {
    return CategoryPrice.newBuilder()
        .setCategory(category)
        .setPrice(Money.newBuilder().setCurrencyCode(currency).setUnits(units))
        .build();
  }

  private static <A extends Message> A call(String method, Message request, A answer) {
    return house.client.call(SERVICE + method, request, answer, TestAuth.ORGANIZER);
  }

  private static ApiError refused(String method, Message request) {
    return house.client.refused(SERVICE + method, request, TestAuth.ORGANIZER);
  }
}
