package dev.usher.seats;

import dev.usher.seats.proto.BookingRecord;
import dev.usher.seats.proto.HoldRecord;
import dev.usher.seats.proto.Plan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** {@link SeatView} on the model's own tables. */
final class LiveSeatView implements SeatView {
  private final SeatModel model;

  LiveSeatView(SeatModel model) {
    this.model = model;
  }

  @Override
  public long revision() {
    return model.revision();
  }

  @Override
  public long timeMs() {
    return model.timeMs();
  }

  @Override
  public Optional<Venue> venue(String venueId) {
    return model.venues().find(venueId);
  }

  @Override
  public List<Venue> venues() {
    return model.venues().all();
  }

  @Override
  public Optional<Plan> plan(String venueId) {
    return model.venues().plan(venueId);
  }

  @Override
  public Optional<SeatView.Event> event(String eventId) {
    return model.events().find(eventId).map(LiveEvent::view);
  }

  @Override
  public List<SeatView.Event> events() {
    return model.events().all().stream().map(LiveEvent::view).toList();
  }

  @Override
  public List<Seat> seats(String eventId) {
    return model.events().find(eventId).map(event -> event.seats().all()).orElse(List.of());
  }

  @Override
  public Optional<Seat> seat(String eventId, String seatId) {
    return model.events().find(eventId).flatMap(event -> event.seats().find(seatId));
  }

  @Override
  public Optional<HoldRecord> hold(String eventId, String holdId) {
    return model.holds().find(new Key(eventId, holdId));
  }

  @Override
  public Optional<BookingRecord> booking(String eventId, String bookingId) {
    return model.bookings().find(new Key(eventId, bookingId));
  }

  @Override
  public Optional<BookingRecord> soldAtAnyEvent(String bookingId) {
    return model.bookings().sold(bookingId);
  }

  @Override
  public List<BookingRecord> bookingsOf(String userId) {
    return model.bookings().of(userId);
  }

  @Override
  public List<BookingRecord> debts(int limit) {
    return model.bookings().debts(limit);
  }

  @Override
  public Map<DebtKind, Debts> debtsByKind() {
    return model.bookings().debtsByKind();
  }

  @Override
  public List<BookingRecord> bookingsAfter(String eventId, String bookingId, int limit) {
    return model.bookings().after(new Key(eventId, bookingId), limit);
  }

  /**
   * Every seat knows the revision of its last change, so a watch can begin after any revision of
   * the event's life at the cost of one pass over its seats. Empty only for an unknown event.
   */
  @Override
  public Optional<Subscription> watch(
      String eventId, long afterRevision, Consumer<SeatChanges> consumer) {
    return model
        .events()
        .find(eventId)
        .map(
            event -> {
              var missed =
                  new SeatChanges(model.revision(), event.seats().changedAfter(afterRevision));
              return model.watches().add(eventId, afterRevision, missed, consumer);
            });
  }
}
