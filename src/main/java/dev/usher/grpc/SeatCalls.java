package dev.usher.grpc;

import dev.usher.api.booking.v1.ListSeatsRequest;
import dev.usher.api.booking.v1.ListSeatsResponse;
import dev.usher.api.booking.v1.WatchSeatsRequest;
import dev.usher.api.booking.v1.WatchSeatsResponse;
import dev.usher.seats.SeatGroups;
import dev.usher.seats.SeatView;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/** Looking at the seats of an event, once or all the time. */
final class SeatCalls {
  private static final int PAGE_DEFAULT = 1000;
  private static final int PAGE_MOST = 5000;

  private final SeatGroups seats;
  private final WatchSettings settings;
  private final Traffic traffic;
  private final Semaphore watches;

  SeatCalls(SeatGroups seats, WatchSettings settings, Traffic traffic) {
    this.seats = seats;
    this.settings = settings;
    this.traffic = traffic;
    this.watches = new Semaphore(settings.watchesMost());
  }

  CompletionStage<ListSeatsResponse> list(ListSeatsRequest in, Call call) {
    var violations = new Violations();
    var eventId = ResourceNames.parse(in.getParent(), "events", "parent", violations);
    var pages = new Pages("ListSeats " + eventId, PAGE_DEFAULT, PAGE_MOST);
    var window = pages.window(in.getPageSize(), in.getPageToken(), violations);
    violations.check();
    boolean withDrafts = Drafts.visibleTo(call);
    var group = seats.of(eventId);
    var found =
        in.getAllowStale()
            ? group.readStale(view -> Plan.of(view, eventId, withDrafts))
            : group.read(view -> Plan.of(view, eventId, withDrafts), call.timeout());
    return found.thenApply(
        plan -> response(plan.orElseThrow(() -> Errors.notFound(in.getParent())), pages, window));
  }

  /** All seats of an event as they are at one revision. */
  private record Plan(SeatView.Event event, List<SeatView.Seat> seats, long revision) {
    static Optional<Plan> of(SeatView view, String eventId, boolean withDrafts) {
      return view.event(eventId)
          .filter(event -> event.published() || withDrafts)
          .map(event -> new Plan(event, view.seats(eventId), view.revision()));
    }
  }

  private static ListSeatsResponse response(Plan plan, Pages pages, Pages.Window window) {
    var page = pages.cutFixed(plan.seats(), window, SeatView.Seat::seatId);
    var response =
        ListSeatsResponse.newBuilder()
            .setNextPageToken(page.nextToken())
            .setRevision(plan.revision());
    for (var seat : page.items()) {
      response.addSeats(
          BookingMessages.seat(plan.event().eventId(), plan.event().currency(), seat));
    }
    return response.build();
  }

  Source<WatchSeatsResponse, NotUsed> watch(WatchSeatsRequest in, Call call) {
    var violations = new Violations();
    var eventId = ResourceNames.parse(in.getParent(), "events", "parent", violations);
    if (in.getStartRevision() < 0) {
      violations.add("start_revision", "must not be negative");
    }
    violations.check();
    var opening =
        new WatchOpening(
            seats.of(eventId),
            eventId,
            in.getStartRevision(),
            Drafts.visibleTo(call),
            settings.openingMost());
    return Source.fromGraph(new SeatWatch(opening, settings, watches)).via(traffic.untilDiverted());
  }
}
