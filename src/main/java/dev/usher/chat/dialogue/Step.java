package dev.usher.chat.dialogue;

import dev.usher.booking.Bookings;
import dev.usher.seats.SeatView;
import dev.usher.seats.proto.BookingRecord;
import dev.usher.seats.proto.HoldRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a turn needs next. A turn is over with {@link Say}. */
public sealed interface Step {
  /** The turn ends: the conversation as it is from now on, and the answer. */
  record Say(Conversation conversation, Answer answer) implements Step {}

  /** Reads an event with all its seats, at one revision. */
  record ReadSeats(String eventId, Function<EventSeats, Step> then) implements Step {}

  /** Reads the speaker's bookings in all groups, newest first. */
  record ReadBookings(Function<List<OwnBooking>, Step> then) implements Step {}

  /** Reads all that the speaker could pay with. */
  record ReadCards(Function<List<Card>, Step> then) implements Step {}

  /** Holds seats for the speaker. */
  record Hold(String holdId, String eventId, SeatWish wish, Function<Holding, Step> then)
      implements Step {}

  /** Lets a hold go. Whether it works or not: it ends by itself later. */
  record Release(Held held, Supplier<Step> then) implements Step {}

  /**
   * Books with the speaker's session; what was read back is what is asked for.
   *
   * @param tried to be remembered before it is tried
   */
  record Book(
      Conversation tried,
      String requestId,
      String eventId,
      String holdId,
      long totalMinor,
      String currency,
      String paymentMethodId,
      Function<Bookings.Result, Step> then)
      implements Step {}

  /**
   * Cancels with the speaker's session.
   *
   * @param tried to be remembered before it is tried
   */
  record Cancel(
      Conversation tried,
      String requestId,
      String eventId,
      String bookingId,
      Function<Bookings.Result, Step> then)
      implements Step {}

  /** This step, with {@code last} made of what it ends with. */
  default Step lastly(Function<Say, Step> last) {
    return switch (this) {
      case Say say -> last.apply(say);
      case ReadSeats read ->
          new ReadSeats(read.eventId, seats -> read.then.apply(seats).lastly(last));
      case ReadBookings read -> new ReadBookings(own -> read.then.apply(own).lastly(last));
      case ReadCards read -> new ReadCards(cards -> read.then.apply(cards).lastly(last));
      case Hold hold ->
          new Hold(
              hold.holdId, hold.eventId, hold.wish, held -> hold.then.apply(held).lastly(last));
      case Release release -> new Release(release.held, () -> release.then.get().lastly(last));
      case Book book ->
          new Book(
              book.tried,
              book.requestId,
              book.eventId,
              book.holdId,
              book.totalMinor,
              book.currency,
              book.paymentMethodId,
              result -> book.then.apply(result).lastly(last));
      case Cancel cancel ->
          new Cancel(
              cancel.tried,
              cancel.requestId,
              cancel.eventId,
              cancel.bookingId,
              result -> cancel.then.apply(result).lastly(last));
    };
  }

  /** What became of a wish to hold seats. */
  sealed interface Holding {}

  record Done(HoldRecord hold) implements Holding {}

  /**
   * Nothing is held, as far as anybody knows.
   *
   * @param reason as for a booking
   * @param details of a refusal, as its reason says
   * @param perhaps true when the hold may have come to be after all
   */
  record NotHeld(String reason, Map<String, String> details, boolean perhaps) implements Holding {
    public NotHeld {
      details = Map.copyOf(details);
    }
  }

  /** An event, empty when it is not on sale, and its seats in plan order. */
  record EventSeats(Optional<SeatView.Event> event, List<SeatView.Seat> seats) {}

  record OwnBooking(BookingRecord booking, Optional<SeatView.Event> event) {}
}
