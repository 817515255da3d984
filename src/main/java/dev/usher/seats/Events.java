package dev.usher.seats;

import dev.usher.replica.StateDigest;
import dev.usher.seats.proto.CategoryPrice;
import dev.usher.seats.proto.CreateEvent;
import dev.usher.seats.proto.EventState;
import dev.usher.seats.proto.PublishEvent;
import dev.usher.seats.proto.Refusal;
import dev.usher.seats.proto.SeatResult;
import dev.usher.seats.proto.SeatSnapshotPiece;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The events of the group, by id. */
final class Events {
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

  private final TreeMap<String, LiveEvent> events = new TreeMap<>();
  private final Watches watches;

  Events(Watches watches) {
    this.watches = watches;
  }

  SeatResult create(long index, CreateEvent command) {
    var problem = check(command);
    if (problem.isPresent()) {
      return Answers.refused(problem.get());
    }
    var eventId = command.getEventId();
    var there = events.get(eventId);
    if (there != null) {
      return there.definition().equals(command) ? Answers.done() : Answers.refused(exists(eventId));
    }
    if (events.size() >= SeatLimits.EVENTS_PER_GROUP) {
      return Answers.refused(Answers.groupFull("events", SeatLimits.EVENTS_PER_GROUP));
    }
    events.put(
        eventId, new LiveEvent(command, index, position -> watches.changed(eventId, position)));
    return Answers.done();
  }

  private static Refusal exists(String eventId) {
    var name = Names.event(eventId);
    return Answers.about(
        SeatReason.EVENT_EXISTS, name, "There is another " + name + " already; take a new id.");
  }

  private static Optional<Refusal> check(CreateEvent command) {
    int limit = command.getSeatLimitPerBooking();
    if (limit < 0 || limit > SeatLimits.SEATS_PER_BOOKING) {
      return Checks.malformed("seat_limit_per_booking", "0 to " + SeatLimits.SEATS_PER_BOOKING);
    }
    if (!CURRENCY.matcher(command.getCurrency()).matches()) {
      return Checks.malformed("currency", "three letters of ISO 4217, as EUR");
    }
    return Checks.ids("event_id", command.getEventId(), "venue_id", command.getVenueId())
        .or(() -> Checks.text("display_name", command.getDisplayName()))
        .or(() -> Checks.text("venue_display_name", command.getVenueDisplayName()))
        .or(() -> Checks.text("city", command.getCity()))
        .or(() -> Checks.plan(command.getPlan()))
        .or(() -> checkPrices(command));
  }

  private static Optional<Refusal> checkPrices(CreateEvent command) {
    Set<String> unpriced = new HashSet<>(command.getPlan().getCategoriesList());
    for (CategoryPrice price : command.getPricesList()) {
      if (!unpriced.remove(price.getCategory())) {
        return Checks.malformed(
            "prices", "'" + price.getCategory() + "' is no category of the plan, or priced twice");
      }
      if (price.getPriceMinor() < 0 || price.getPriceMinor() > SeatLimits.PRICE_MINOR) {
        return Checks.malformed("prices", "0 to " + SeatLimits.PRICE_MINOR + " minor units");
      }
    }
    return unpriced.stream()
        .sorted()
        .findFirst()
        .map(category -> Answers.malformed("prices", "'" + category + "' has no price"));
  }

  SeatResult publish(long index, PublishEvent command) {
    var event = find(command.getEventId());
    if (event.isEmpty()) {
      return Answers.refused(Answers.notFound(Names.event(command.getEventId())));
    }
    event.get().publish(index);
    return Answers.done();
  }

  Optional<LiveEvent> find(String eventId) {
    return Optional.ofNullable(events.get(eventId));
  }

  /** The event of something that lives in it. */
  LiveEvent get(String eventId) {
    return find(eventId).orElseThrow(() -> new IllegalStateException("no event " + eventId));
  }

  Collection<LiveEvent> all() {
    return List.copyOf(events.values());
  }

  Stream<SeatSnapshotPiece> snapshot() {
    // One event's seats at a time: flatMap makes them when the event before is taken.
    return events.values().stream().map(LiveEvent::snapshot).toList().stream()
        .flatMap(event -> event);
  }

  void restore(EventState state) {
    var eventId = state.getDefinition().getEventId();
    events.put(eventId, new LiveEvent(state, position -> watches.changed(eventId, position)));
  }

  /** The state was replaced: what watches have not seen counts as changed now. */
  void tellChangedAfter(long revision) {
    events.forEach(
        (eventId, event) ->
            event
                .seats()
                .positionsChangedAfter(revision)
                .forEach(position -> watches.changed(eventId, position)));
  }

  void clear() {
    events.clear();
  }

  void digest(StateDigest digest) {
    digest.add(events.size());
    events.values().forEach(event -> event.digest(digest));
  }
}
