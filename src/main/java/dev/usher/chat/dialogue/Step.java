package dev.usher.chat.dialogue;

import dev.usher.booking.Bookings;
import dev.usher.seats.SeatView;
import dev.usher.seats.proto.BookingRecord;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a turn needs next. A turn is over with {@link Say}. */
public sealed interface Step {
  /** The turn ends: the conversation as it is from now on, and the answer. */
  record Say(Conversation conversation, Answer answer) implements Step {}

  /** Reads an event with all its seats, at one revision. */
  record ReadSeats(String eventId, Function<EventSeats, Step> then) implements Step {}

  /** Reads the speaker's bookings in all groups, newest first. */
  record ReadBookings(Function<List<OwnBooking>, Step> then) implements Step {}

  /** Books with the speaker's session; what was read back is what is asked for. */
  record Book(
      String requestId,
      String eventId,
      List<String> seatIds,
      long totalMinor,
      String currency,
      String paymentMethodId,
      Function<Bookings.Result, Step> then)
      implements Step {}

  /** Cancels with the speaker's session. */
  record Cancel(
      String requestId, String eventId, String bookingId, Function<Bookings.Result, Step> then)
      implements Step {}

  /** An event, empty when it is not on sale, and its seats in plan order. */
  record EventSeats(Optional<SeatView.Event> event, List<SeatView.Seat> seats) {}

  record OwnBooking(BookingRecord booking, Optional<SeatView.Event> event) {}
}
