package dev.usher.seats;

import dev.usher.seats.proto.BookingRecord;
import dev.usher.seats.proto.HoldRecord;
import dev.usher.seats.proto.Plan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The state of one seat group as readers see it. Live: use it only inside a query of a {@link
 * dev.usher.replica.Replica}; what it returns is immutable and may leave. Lists are in a fixed
 * order: venues and events by id, seats in plan order, bookings by creation.
 */
public interface SeatView {
  /** The log index of the last entry that was applied. */
  long revision();

  /** Log time of that entry, milliseconds since 1970. */
  long timeMs();

  Optional<Venue> venue(String venueId);

  List<Venue> venues();

  /** The plan that new events at this venue copy. */
  Optional<Plan> plan(String venueId);

  Optional<Event> event(String eventId);

  List<Event> events();

  /** All seats of an event, empty when there is no such event. */
  List<Seat> seats(String eventId);

  Optional<Seat> seat(String eventId, String seatId);

  Optional<HoldRecord> hold(String eventId, String holdId);

  Optional<BookingRecord> booking(String eventId, String bookingId);

  /** The booking of that id, at whatever event of this group, that is in its buyer's list. */
  Optional<BookingRecord> soldAtAnyEvent(String bookingId);

  /** A user's bookings in this group, refused and fenced ones left out. */
  List<BookingRecord> bookingsOf(String userId);

  /** Bookings that owe a capture, a void or a refund, oldest first; at most so many. */
  List<BookingRecord> debts(int limit);

  /** All that is owed, by kind; what nobody owes is missing. */
  Map<DebtKind, Debts> debtsByKind();

  /**
   * All bookings the group remembers, refused and fenced ones too, in an order that does not
   * change; at most {@code limit} of those after the given one, which needn't exist.
   */
  List<BookingRecord> bookingsAfter(String eventId, String bookingId, int limit);

  /**
   * Calls the consumer after each later entry that changes seats of the event, in log order, on the
   * state machine's thread: it must not block. Starts with what happened after {@code
   * afterRevision}, in one call.
   *
   * @return empty when changes that far back are no longer known (REVISION_COMPACTED)
   */
  Optional<Subscription> watch(String eventId, long afterRevision, Consumer<SeatChanges> consumer);

  /** Ends a watch; safe for any thread. */
  interface Subscription {
    void cancel();
  }

  /**
   * What one entry did to the seats of an event.
   *
   * @param seats the seats as they are now, at most once each
   */
  record SeatChanges(long revision, List<Seat> seats) {}

  /** What a booking can owe. */
  enum DebtKind {
    CAPTURE,
    VOID,
    REFUND
  }

  /**
   * The debts of one kind.
   *
   * @param sinceMs log time since when the oldest is owed, milliseconds since 1970
   */
  record Debts(int count, long sinceMs) {
    Debts plus(Debts more) {
      return new Debts(count + more.count, Math.min(sinceMs, more.sinceMs));
    }
  }

  enum SeatState {
    FREE,
    HELD,
    BOOKED
  }

  record Seat(
      String seatId,
      SeatState state,
      String section,
      String row,
      String number,
      String category,
      long priceMinor,
      double x,
      double y) {}

  record Venue(
      String venueId,
      String displayName,
      String city,
      List<String> categories,
      int seatCount,
      List<String> repairs,
      long revision) {}

  record Event(
      String eventId,
      String displayName,
      String venueId,
      String venueDisplayName,
      String city,
      long startTimeMs,
      String currency,
      List<Price> prices,
      boolean published,
      int seatLimitPerBooking,
      int seatCount,
      int freeSeatCount,
      long revision) {}

  record Price(String category, long priceMinor) {}
}
