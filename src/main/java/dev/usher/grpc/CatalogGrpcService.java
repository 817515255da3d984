package dev.usher.grpc;

import dev.usher.api.catalog.v1.CatalogServicePowerApi;
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
import dev.usher.seats.SeatGroups;
import dev.usher.seats.SeatView;
import dev.usher.seats.proto.Plan;
import dev.usher.seats.proto.PublishEvent;
import dev.usher.seats.proto.SeatCommand;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.grpc.javadsl.Metadata;

/** Venues and events. */
final class CatalogGrpcService implements CatalogServicePowerApi {
  private static final Pages VENUES = new Pages("ListVenues", 50, 500);
  private static final int EVENTS_DEFAULT = 50;
  private static final int EVENTS_MOST = 500;

  private final Gate gate;
  private final SeatGroups seats;
  private final Requests requests;

  CatalogGrpcService(Gate gate, SeatGroups seats, Requests requests) {
    this.gate = gate;
    this.seats = seats;
    this.requests = requests;
  }

  @Override
  public CompletionStage<Venue> createVenue(CreateVenueRequest in, Metadata metadata) {
    return gate.change("CreateVenue", metadata, call -> createVenue(in, call));
  }

  private CompletionStage<Venue> createVenue(CreateVenueRequest in, Call call) {
    var violations = new Violations();
    var command = VenueImport.command(in, violations);
    var requestId = requests.id(in.getRequestId(), violations);
    violations.check();
    return propose(call, "CreateVenue", requestId, in.getVenueId(), command)
        .thenCompose(done -> Outcomes.readBack(venue(in.getVenueId(), call)));
  }

  @Override
  public CompletionStage<Venue> getVenue(GetVenueRequest in, Metadata metadata) {
    return gate.read(
        "GetVenue",
        metadata,
        call -> {
          var violations = new Violations();
          var venueId = ResourceNames.parse(in.getName(), "venues", "name", violations);
          violations.check();
          return venue(venueId, call);
        });
  }

  private CompletionStage<Venue> venue(String venueId, Call call) {
    return seats
        .of(venueId)
        .read(view -> view.venue(venueId), call.timeout())
        .thenApply(
            venue ->
                venue
                    .map(CatalogMessages::venue)
                    .orElseThrow(() -> Errors.notFound(ResourceNames.venue(venueId))));
  }

  @Override
  public CompletionStage<ListVenuesResponse> listVenues(ListVenuesRequest in, Metadata metadata) {
    return gate.read("ListVenues", metadata, call -> listVenues(in, call));
  }

  private CompletionStage<ListVenuesResponse> listVenues(ListVenuesRequest in, Call call) {
    var violations = new Violations();
    var window = VENUES.window(in.getPageSize(), in.getPageToken(), violations);
    violations.check();
    return AllGroups.read(
            seats, SeatView::venues, Comparator.comparing(SeatView.Venue::venueId), call.timeout())
        .thenApply(
            all -> {
              var page =
                  VENUES.cut(
                      all,
                      window,
                      venue -> venue.venueId().compareTo(window.after()) > 0,
                      SeatView.Venue::venueId);
              var response = ListVenuesResponse.newBuilder().setNextPageToken(page.nextToken());
              page.items().forEach(venue -> response.addVenues(CatalogMessages.venue(venue)));
              return response.build();
            });
  }

  @Override
  public CompletionStage<Event> createEvent(CreateEventRequest in, Metadata metadata) {
    return gate.change("CreateEvent", metadata, call -> createEvent(in, call));
  }

  private CompletionStage<Event> createEvent(CreateEventRequest in, Call call) {
    var violations = new Violations();
    var draft = EventDraft.parse(in, violations);
    var requestId = requests.id(in.getRequestId(), violations);
    violations.check();
    return seats
        .of(draft.venueId())
        .read(view -> VenueWithPlan.of(view, draft.venueId()), call.timeout())
        .thenApply(
            found -> found.orElseThrow(() -> Errors.notFound(ResourceNames.venue(draft.venueId()))))
        .thenCompose(
            venue ->
                propose(
                    call,
                    "CreateEvent",
                    requestId,
                    draft.eventId(),
                    draft.command(venue.venue(), venue.plan())))
        .thenCompose(done -> Outcomes.readBack(event(draft.eventId(), true, call)));
  }

  /** What an event copies from its venue. */
  private record VenueWithPlan(SeatView.Venue venue, Plan plan) {
    static Optional<VenueWithPlan> of(SeatView view, String venueId) {
      return view.venue(venueId)
          .flatMap(venue -> view.plan(venueId).map(plan -> new VenueWithPlan(venue, plan)));
    }
  }

  @Override
  public CompletionStage<Event> getEvent(GetEventRequest in, Metadata metadata) {
    return gate.read(
        "GetEvent",
        metadata,
        call -> {
          var violations = new Violations();
          var eventId = ResourceNames.parse(in.getName(), "events", "name", violations);
          violations.check();
          return event(eventId, Drafts.visibleTo(call), call);
        });
  }

  private CompletionStage<Event> event(String eventId, boolean withDrafts, Call call) {
    return seats
        .of(eventId)
        .read(view -> view.event(eventId), call.timeout())
        .thenApply(
            event ->
                event
                    .filter(e -> e.published() || withDrafts)
                    .map(CatalogMessages::event)
                    .orElseThrow(() -> Errors.notFound(ResourceNames.event(eventId))));
  }

  @Override
  public CompletionStage<ListEventsResponse> listEvents(ListEventsRequest in, Metadata metadata) {
    return gate.read("ListEvents", metadata, call -> listEvents(in, call));
  }

  private CompletionStage<ListEventsResponse> listEvents(ListEventsRequest in, Call call) {
    boolean withDrafts = Drafts.visibleTo(call);
    var pages = new Pages("ListEvents " + withDrafts, EVENTS_DEFAULT, EVENTS_MOST);
    var violations = new Violations();
    var window = pages.window(in.getPageSize(), in.getPageToken(), violations);
    violations.check();
    return AllGroups.read(
            seats, SeatView::events, Comparator.comparing(SeatView.Event::eventId), call.timeout())
        .thenApply(all -> all.stream().filter(e -> e.published() || withDrafts).toList())
        .thenApply(all -> response(all, pages, window));
  }

  private static ListEventsResponse response(
      List<SeatView.Event> all, Pages pages, Pages.Window window) {
    var page =
        pages.cut(
            all,
            window,
            event -> event.eventId().compareTo(window.after()) > 0,
            SeatView.Event::eventId);
    var response = ListEventsResponse.newBuilder().setNextPageToken(page.nextToken());
    page.items().forEach(event -> response.addEvents(CatalogMessages.event(event)));
    return response.build();
  }

  @Override
  public CompletionStage<Event> publishEvent(PublishEventRequest in, Metadata metadata) {
    return gate.change("PublishEvent", metadata, call -> publishEvent(in, call));
  }

  private CompletionStage<Event> publishEvent(PublishEventRequest in, Call call) {
    var violations = new Violations();
    var eventId = ResourceNames.parse(in.getName(), "events", "name", violations);
    var requestId = requests.id(in.getRequestId(), violations);
    violations.check();
    var command =
        SeatCommand.newBuilder()
            .setPublishEvent(PublishEvent.newBuilder().setEventId(eventId))
            .build();
    return propose(call, "PublishEvent", requestId, eventId, command)
        .thenCompose(done -> Outcomes.readBack(event(eventId, true, call)));
  }

  private CompletionStage<Long> propose(
      Call call, String method, String requestId, String home, SeatCommand command) {
    var key = Requests.key(call.userId(), method, requestId);
    return seats
        .propose(key, command, call.timeout())
        .thenApply(outcome -> Outcomes.applied(outcome, seats.of(home).leader()).revision());
  }
}
