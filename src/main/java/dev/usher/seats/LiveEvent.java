package dev.usher.seats;

import dev.usher.replica.StateDigest;
import dev.usher.seats.proto.CreateEvent;
import dev.usher.seats.proto.EventState;
import dev.usher.seats.proto.Refusal;
import dev.usher.seats.proto.SeatSnapshotPiece;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/** One event: what was announced, whether it is on sale, and its seats. */
final class LiveEvent {
  private final CreateEvent definition;
  private final SeatMap seats;
  private boolean published;
  private long revision;

  LiveEvent(CreateEvent definition, long revision, IntConsumer changed) {
    this.definition = definition;
    this.revision = revision;
    Map<String, Long> prices = new HashMap<>();
    definition.getPricesList().forEach(p -> prices.put(p.getCategory(), p.getPriceMinor()));
    this.seats = new SeatMap(definition.getPlan(), prices, revision, changed);
  }

  LiveEvent(EventState state, IntConsumer changed) {
    this(state.getDefinition(), state.getRevision(), changed);
    this.published = state.getPublished();
  }

  void publish(long index) {
    if (!published) {
      published = true;
      revision = index;
    }
  }

  CreateEvent definition() {
    return definition;
  }

  SeatMap seats() {
    return seats;
  }

  String currency() {
    return definition.getCurrency();
  }

  int seatLimit() {
    int limit = definition.getSeatLimitPerBooking();
    return limit == 0 ? SeatLimits.SEATS_PER_BOOKING_DEFAULT : limit;
  }

  Optional<Refusal> checkOnSale() {
    if (published) {
      return Optional.empty();
    }
    var name = Names.event(definition.getEventId());
    return Optional.of(
        Answers.about(
            SeatReason.SALE_NOT_STARTED, name, "The sale of " + name + " has not started."));
  }

  /** All of them, and no more than allowed, are seats of this event; free or not. */
  Optional<Refusal> checkSeats(List<String> seatIds) {
    var malformed = Checks.seatIds(seatIds);
    if (malformed.isPresent()) {
      return malformed;
    }
    if (seatIds.size() > seatLimit()) {
      return Optional.of(Answers.seatLimit(seatLimit()));
    }
    var unknown = seats.unknown(seatIds);
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of(Answers.seatsNotFound(definition.getEventId(), unknown));
  }

  SeatView.Event view() {
    return new SeatView.Event(
        definition.getEventId(),
        definition.getDisplayName(),
        definition.getVenueId(),
        definition.getVenueDisplayName(),
        definition.getCity(),
        definition.getStartTimeMillis(),
        definition.getCurrency(),
        definition.getPricesList().stream()
            .map(price -> new SeatView.Price(price.getCategory(), price.getPriceMinor()))
            .toList(),
        published,
        seatLimit(),
        seats.count(),
        seats.freeCount(),
        revision);
  }

  /** Copies now what changes; the pieces are made as they are taken. */
  Stream<SeatSnapshotPiece> snapshot() {
    var event =
        EventState.newBuilder()
            .setDefinition(definition)
            .setPublished(published)
            .setRevision(revision);
    return Stream.concat(
        Stream.of(SeatSnapshotPiece.newBuilder().setEvent(event).build()), seats.snapshot());
  }

  void digest(StateDigest digest) {
    digest.add(definition).add(published ? 1 : 0).add(revision);
    seats.digest(digest);
  }
}
