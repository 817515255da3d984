package dev.usher.seats;

import dev.usher.seats.proto.BookingRecord;
import dev.usher.seats.proto.BookingRecord.State;
import dev.usher.seats.proto.CommitBooking;
import dev.usher.seats.proto.HoldRecord;
import dev.usher.seats.proto.Refusal;
import dev.usher.seats.proto.SeatResult;
import java.util.List;
import java.util.Optional;

/**
 * Turns seats or a hold into a booking, or refuses; either way the money that came with it is
 * accounted for: a capture is owed, or a void (G2, docs/booking.md §2 T4).
 */
final class Sales {
  /** What the log decides about a booking. */
  private sealed interface Verdict {}

  private record Sold(LiveEvent event, List<String> seatIds, boolean held) implements Verdict {}

  private record NotSold(Refusal refusal) implements Verdict {}

  private final Events events;
  private final Holds holds;
  private final BookingTable bookings;

  Sales(Events events, Holds holds, BookingTable bookings) {
    this.events = events;
    this.holds = holds;
    this.bookings = bookings;
  }

  SeatResult commit(long index, long timeMs, CommitBooking command) {
    var nameless =
        Checks.ids(
            "event_id", command.getEventId(),
            "booking_id", command.getBookingId(),
            "user_id", command.getUserId());
    if (nameless.isPresent()) {
      return Answers.refused(nameless.get());
    }
    var there = bookings.find(new Key(command.getEventId(), command.getBookingId()));
    if (there.isPresent()) {
      return repeated(index, timeMs, there.get(), command);
    }
    return switch (judge(index, command)) {
      case Sold sold -> sell(index, timeMs, sold, command);
      case NotSold not -> reject(index, timeMs, not.refusal(), command);
    };
  }

  /** The same booking id again, whatever became of its request key. */
  private SeatResult repeated(long index, long timeMs, BookingRecord there, CommitBooking command) {
    var key = BookingTable.keyOf(there);
    return switch (there.getState()) {
      case STATE_FENCED -> {
        oweVoid(index, timeMs, there, command);
        yield Answers.refused(fenced(key));
      }
      case STATE_REJECTED -> {
        if (!there.getUserId().equals(command.getUserId())) {
          yield Answers.refused(Answers.notFound(Names.booking(key)));
        }
        oweVoid(index, timeMs, there, command);
        yield Answers.refused(
            bookings
                .refusal(key)
                .orElseThrow(() -> new IllegalStateException("rejected without a reason: " + key)));
      }
      case STATE_COMMITTED, STATE_CONFIRMED, STATE_CANCELLED, STATE_RELEASED ->
          there.getUserId().equals(command.getUserId())
              ? Answers.done(there)
              : Answers.refused(Answers.notFound(Names.booking(key)));
      case STATE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalStateException("a booking without a state: " + key);
    };
  }

  /**
   * A payment that came too late for a fenced or refused booking is to be voided. One that comes
   * while another is still owed cannot be kept beside it: its saga voids it, and the fence first.
   */
  private void oweVoid(long index, long timeMs, BookingRecord there, CommitBooking command) {
    if (command.getPaymentId().isEmpty()
        || command.getPaymentId().equals(there.getPaymentId())
        || BookingTable.owes(there)
        || there.getCapturedMinor() > 0) {
      return;
    }
    bookings.put(
        there.toBuilder()
            .setUserId(command.getUserId())
            .setPaymentId(command.getPaymentId())
            .setTotalMinor(command.getTotalMinor())
            .setCurrency(command.getCurrency())
            .setVoidOwed(true)
            .setRevision(index)
            .build(),
        timeMs);
  }

  private static Refusal fenced(Key key) {
    var name = Names.booking(key);
    return Answers.about(
        SeatReason.BOOKING_FENCED,
        name,
        name + " was given up before it could commit; book anew with a new request id.");
  }

  private Verdict judge(long index, CommitBooking command) {
    var malformed = malformed(command);
    if (malformed.isPresent()) {
      return new NotSold(malformed.get());
    }
    var found = events.find(command.getEventId());
    if (found.isEmpty()) {
      return new NotSold(Answers.notFound(Names.event(command.getEventId())));
    }
    var event = found.get();
    var early = event.checkOnSale();
    if (early.isPresent()) {
      return new NotSold(early.get());
    }
    var verdict =
        command.getHoldId().isEmpty()
            ? judgeSeats(index, event, command.getSeatIdsList())
            : judgeHold(index, event, command);
    return verdict instanceof Sold sold ? judgePrice(sold, command) : verdict;
  }

  private static Optional<Refusal> malformed(CommitBooking command) {
    if (command.getHoldId().isEmpty() == command.getSeatIdsList().isEmpty()) {
      return Checks.malformed("seat_ids", "exactly one of seat_ids and hold_id is needed");
    }
    if (command.getTotalMinor() < 0) {
      return Checks.malformed("total_minor", "not below 0");
    }
    if (command.getPaymentId().length() > SeatLimits.ID_LENGTH) {
      return Checks.malformed("payment_id", "at most " + SeatLimits.ID_LENGTH + " characters");
    }
    if (command.getPaymentId().isEmpty() != (command.getTotalMinor() == 0)) {
      return Checks.malformed("payment_id", "needed exactly when the total is above 0");
    }
    return Optional.empty();
  }

  private static Verdict judgeSeats(long index, LiveEvent event, List<String> seatIds) {
    var wrong = event.checkSeats(seatIds);
    if (wrong.isPresent()) {
      return new NotSold(wrong.get());
    }
    var taken = event.seats().taken(seatIds);
    return taken.isEmpty()
        ? new Sold(event, seatIds, false)
        : new NotSold(Answers.seatsUnavailable(taken, index));
  }

  private Verdict judgeHold(long index, LiveEvent event, CommitBooking command) {
    var key = new Key(command.getEventId(), command.getHoldId());
    var live = holds.find(key);
    var hold = live.or(() -> holds.findExpired(key));
    if (hold.isEmpty()) {
      return new NotSold(Answers.holdExpired(key.id(), List.of(), index));
    }
    if (!hold.get().getUserId().equals(command.getUserId())) {
      return new NotSold(Answers.notFound(Names.hold(key)));
    }
    List<String> seatIds = hold.get().getSeatIdsList();
    if (live.isPresent()) {
      return new Sold(event, seatIds, true);
    }
    // Row 14 of the crash matrix: late, but nobody else wanted them.
    var taken = event.seats().taken(seatIds);
    return taken.isEmpty()
        ? new Sold(event, seatIds, false)
        : new NotSold(Answers.holdExpired(key.id(), taken, index));
  }

  private static Verdict judgePrice(Sold sold, CommitBooking command) {
    long totalMinor = sold.event().seats().total(sold.seatIds());
    var currency = sold.event().currency();
    return totalMinor == command.getTotalMinor() && currency.equals(command.getCurrency())
        ? sold
        : new NotSold(Answers.priceChanged(totalMinor, currency));
  }

  private SeatResult sell(long index, long timeMs, Sold sold, CommitBooking command) {
    var seats = sold.event().seats();
    if (sold.held()) {
      seats.bookHeld(sold.seatIds(), command.getHoldId(), command.getBookingId(), index);
    } else {
      seats.book(sold.seatIds(), command.getBookingId(), index);
    }
    if (!command.getHoldId().isEmpty()) {
      holds.end(new Key(command.getEventId(), command.getHoldId()));
    }
    boolean free = command.getTotalMinor() == 0;
    var booking =
        record(index, timeMs, command)
            .addAllSeatIds(sold.seatIds())
            .setState(free ? State.STATE_CONFIRMED : State.STATE_COMMITTED)
            .setCaptureOwed(!free)
            .build();
    bookings.put(booking, timeMs);
    return Answers.done(booking);
  }

  private SeatResult reject(long index, long timeMs, Refusal refusal, CommitBooking command) {
    var booking =
        record(index, timeMs, command)
            .addAllSeatIds(wanted(command))
            .setState(State.STATE_REJECTED)
            .setVoidOwed(!command.getPaymentId().isEmpty())
            .build();
    bookings.putRejected(booking, refusal, timeMs);
    return Answers.refused(refusal);
  }

  /** The seats asked for, for the record; none when there are too many to keep. */
  private List<String> wanted(CommitBooking command) {
    if (command.getHoldId().isEmpty()) {
      return Checks.seatIds(command.getSeatIdsList()).isEmpty()
          ? command.getSeatIdsList()
          : List.of();
    }
    var key = new Key(command.getEventId(), command.getHoldId());
    return holds
        .find(key)
        .or(() -> holds.findExpired(key))
        .filter(hold -> hold.getUserId().equals(command.getUserId()))
        .<List<String>>map(HoldRecord::getSeatIdsList)
        .orElse(List.of());
  }

  private static BookingRecord.Builder record(long index, long timeMs, CommitBooking command) {
    return BookingRecord.newBuilder()
        .setEventId(command.getEventId())
        .setBookingId(command.getBookingId())
        .setUserId(command.getUserId())
        .setTotalMinor(command.getTotalMinor())
        .setCurrency(command.getCurrency())
        .setPaymentId(command.getPaymentId())
        .setCreateTimeMillis(timeMs)
        .setRevision(index);
  }
}
