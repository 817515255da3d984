package dev.usher.booking;

import dev.usher.booking.Wanted.Price;
import dev.usher.seats.SeatView;
import dev.usher.seats.SeatView.SeatState;
import dev.usher.seats.proto.BookingRecord;
import dev.usher.seats.proto.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at the seats before money is touched. A read, not a promise: what passes may still be
 * refused by the log, which alone decides; what is refused here never bothers the provider.
 */
final class QuickCheck {
  sealed interface Verdict {}

  /** Worth trying. */
  record Go(Price price) implements Verdict {}

  /** The log knows this booking already. */
  record Existing(BookingRecord booking) implements Verdict {}

  record No(Refusal refusal) implements Verdict {}

  /** Nobody could look. */
  record NotSeen() implements Verdict {}

  private QuickCheck() {}

  static Verdict of(SeatView view, Wanted wanted) {
    var existing = view.booking(wanted.eventId(), wanted.bookingId());
    if (existing.isPresent()) {
      return new Existing(existing.get());
    }
    if (isAtAnotherEvent(view, wanted)) {
      return new No(Refusals.requestIdReused());
    }
    var event = view.event(wanted.eventId());
    if (event.isEmpty()) {
      return new No(Refusals.notFound("events/" + wanted.eventId()));
    }
    if (!event.get().published()) {
      return new No(Refusals.saleNotStarted("events/" + wanted.eventId()));
    }
    if (wanted.holdId().isEmpty() == wanted.seatIds().isEmpty()) {
      return new No(Refusals.nothingWanted());
    }
    return wanted.holdId().isEmpty()
        ? seats(view, event.get(), wanted)
        : hold(view, event.get(), wanted);
  }

  /** A booking id is made of user and request id, whatever the event. */
  private static boolean isAtAnotherEvent(SeatView view, Wanted wanted) {
    return view.soldAtAnyEvent(wanted.bookingId())
        .filter(booking -> booking.getUserId().equals(wanted.userId()))
        .isPresent();
  }

  private static Verdict seats(SeatView view, SeatView.Event event, Wanted wanted) {
    if (wanted.seatIds().size() > event.seatLimitPerBooking()) {
      return new No(Refusals.seatLimit(event.seatLimitPerBooking()));
    }
    long totalMinor = 0;
    List<String> taken = new ArrayList<>();
    for (var seatId : wanted.seatIds()) {
      var seat = view.seat(wanted.eventId(), seatId);
      if (seat.isEmpty()) {
        return new No(Refusals.notFound("events/" + wanted.eventId() + "/seats/" + seatId));
      }
      if (seat.get().state() != SeatState.FREE) {
        taken.add(seatId);
      }
      totalMinor += seat.get().priceMinor();
    }
    return taken.isEmpty()
        ? price(new Price(totalMinor, event.currency()), wanted)
        : new No(Refusals.seatsUnavailable(taken, view.revision()));
  }

  private static Verdict hold(SeatView view, SeatView.Event event, Wanted wanted) {
    var hold = view.hold(wanted.eventId(), wanted.holdId());
    if (hold.isEmpty()) {
      return new No(Refusals.holdExpired(wanted.holdId(), view.revision()));
    }
    if (!hold.get().getUserId().equals(wanted.userId())) {
      return new No(Refusals.notFound("events/" + wanted.eventId() + "/holds/" + wanted.holdId()));
    }
    return price(new Price(hold.get().getTotalMinor(), event.currency()), wanted);
  }

  private static Verdict price(Price price, Wanted wanted) {
    var expected = wanted.expectedTotalMinor();
    boolean other =
        expected.isPresent()
            && (expected.getAsLong() != price.totalMinor()
                || !sameCurrency(wanted.expectedCurrency(), price.currency()));
    if (other) {
      return new No(Refusals.priceChanged(price));
    }
    return price.totalMinor() > 0 && wanted.paymentMethodId().isEmpty()
        ? new No(Refusals.paymentMethodMissing())
        : new Go(price);
  }

  private static boolean sameCurrency(String expected, String actual) {
    return expected.isEmpty() || expected.equals(actual);
  }

  /** Whether an order under a known request id can be the one that was booked. */
  static Optional<Refusal> differs(BookingRecord booking, Wanted wanted) {
    boolean priced = !booking.getCurrency().isEmpty();
    var expected = wanted.expectedTotalMinor();
    return priced && expected.isPresent() && expected.getAsLong() != booking.getTotalMinor()
        ? Optional.of(Refusals.requestIdReused())
        : Optional.empty();
  }
}
