package dev.usher.chat.dialogue;

import dev.usher.seats.SeatView;
import dev.usher.seats.proto.BookingRecord;
import java.util.List;

/** What was read back and waits for a yes. Two offers with one hash were read back alike. */
sealed interface Offer {
  String eventId();

  /**
   * True once a yes was given and the outcome is not known: from then on only the same request may
   * be repeated.
   */
  boolean attempted();

  /** Of everything that was read back. */
  String hash();

  Offer attempt();

  record OfBooking(
      String eventId,
      String title,
      long startTimeMs,
      List<String> seatIds,
      long totalMinor,
      String currency,
      String paymentMethodId,
      boolean attempted)
      implements Offer {
    public OfBooking {
      seatIds = List.copyOf(seatIds);
    }

    static OfBooking of(SeatView.Event event, List<SeatView.Seat> seats, String paymentMethodId) {
      return new OfBooking(
          event.eventId(),
          event.displayName() + ", " + event.venueDisplayName(),
          event.startTimeMs(),
          seats.stream().map(SeatView.Seat::seatId).toList(),
          seats.stream().mapToLong(SeatView.Seat::priceMinor).sum(),
          event.currency(),
          paymentMethodId,
          false);
    }

    @Override
    public String hash() {
      return Fingerprint.of(
          "booking",
          eventId,
          title,
          Long.toString(startTimeMs),
          String.join("\n", seatIds),
          Long.toString(totalMinor),
          currency,
          paymentMethodId);
    }

    @Override
    public OfBooking attempt() {
      return new OfBooking(
          eventId, title, startTimeMs, seatIds, totalMinor, currency, paymentMethodId, true);
    }
  }

  record OfCancellation(
      String eventId,
      String bookingId,
      List<String> seatIds,
      long totalMinor,
      String currency,
      boolean attempted)
      implements Offer {
    public OfCancellation {
      seatIds = List.copyOf(seatIds);
    }

    static OfCancellation of(BookingRecord booking) {
      return new OfCancellation(
          booking.getEventId(),
          booking.getBookingId(),
          booking.getSeatIdsList(),
          booking.getTotalMinor(),
          booking.getCurrency(),
          false);
    }

    @Override
    public String hash() {
      return Fingerprint.of(
          "cancellation",
          eventId,
          bookingId,
          String.join("\n", seatIds),
          Long.toString(totalMinor),
          currency);
    }

    @Override
    public OfCancellation attempt() {
      return new OfCancellation(eventId, bookingId, seatIds, totalMinor, currency, true);
    }
  }
}
