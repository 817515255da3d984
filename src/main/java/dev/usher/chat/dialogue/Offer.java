package dev.usher.chat.dialogue;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.usher.seats.SeatView;
import dev.usher.seats.proto.BookingRecord;
import dev.usher.seats.proto.HoldRecord;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What was read back and waits for a yes. The words of the read-back are made of nothing else, so
 * two offers with one hash were read back alike.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Offer.OfBooking.class, name = "booking"),
  @JsonSubTypes.Type(value = Offer.OfCancellation.class, name = "cancellation")
})
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

  /**
   * Seats to book.
   *
   * @param pricesMinor of each seat
   * @param holdEndMs until when the seats are held
   */
  record OfBooking(
      String eventId,
      String event,
      String venue,
      long startTimeMs,
      List<String> seatIds,
      List<Long> pricesMinor,
      long totalMinor,
      String currency,
      Card card,
      String holdId,
      long holdEndMs,
      boolean attempted)
      implements Offer {
    public OfBooking {
      seatIds = List.copyOf(seatIds);
      pricesMinor = List.copyOf(pricesMinor);
    }

    static OfBooking of(
        SeatView.Event event, List<SeatView.Seat> seats, Card card, HoldRecord hold) {
      return new OfBooking(
          event.eventId(),
          event.displayName(),
          event.venueDisplayName(),
          event.startTimeMs(),
          hold.getSeatIdsList(),
          seats.stream().map(SeatView.Seat::priceMinor).toList(),
          hold.getTotalMinor(),
          hold.getCurrency(),
          hold.getTotalMinor() == 0 ? Card.NONE : card,
          hold.getHoldId(),
          hold.getExpireTimeMillis(),
          false);
    }

    @Override
    public String hash() {
      return Fingerprint.of(
          "booking",
          eventId,
          event,
          venue,
          Long.toString(startTimeMs),
          String.join("\n", seatIds),
          pricesMinor.stream().map(String::valueOf).collect(Collectors.joining("\n")),
          Long.toString(totalMinor),
          currency,
          card.paymentMethodId(),
          card.brand(),
          card.last4(),
          holdId,
          Long.toString(holdEndMs));
    }

    OfBooking paying(Card other) {
      return with(other, attempted);
    }

    @Override
    public OfBooking attempt() {
      return with(card, true);
    }

    private OfBooking with(Card paying, boolean tried) {
      return new OfBooking(
          eventId,
          event,
          venue,
          startTimeMs,
          seatIds,
          pricesMinor,
          totalMinor,
          currency,
          paying,
          holdId,
          holdEndMs,
          tried);
    }
  }

  /**
   * A booking to cancel.
   *
   * @param event empty when it is no longer listed
   * @param refundMinor what goes back
   */
  record OfCancellation(
      String eventId,
      String bookingId,
      String event,
      long startTimeMs,
      List<String> seatIds,
      long refundMinor,
      String currency,
      boolean attempted)
      implements Offer {
    public OfCancellation {
      seatIds = List.copyOf(seatIds);
    }

    static OfCancellation of(BookingRecord booking, Optional<SeatView.Event> event) {
      return new OfCancellation(
          booking.getEventId(),
          booking.getBookingId(),
          event.map(SeatView.Event::displayName).orElse(""),
          event.map(SeatView.Event::startTimeMs).orElse(0L),
          booking.getSeatIdsList(),
          booking.getTotalMinor() - booking.getRefundedMinor(),
          booking.getCurrency(),
          false);
    }

    @Override
    public String hash() {
      return Fingerprint.of(
          "cancellation",
          eventId,
          bookingId,
          event,
          Long.toString(startTimeMs),
          String.join("\n", seatIds),
          Long.toString(refundMinor),
          currency);
    }

    @Override
    public OfCancellation attempt() {
      return new OfCancellation(
          eventId, bookingId, event, startTimeMs, seatIds, refundMinor, currency, true);
    }
  }
}
