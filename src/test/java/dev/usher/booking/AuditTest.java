package dev.usher.booking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.booking.Audit.Books;
import dev.usher.booking.Audit.Difference;
import dev.usher.booking.Audit.Promise;
import dev.usher.payment.PaymentProvider.Payment;
import dev.usher.payment.PaymentProvider.PaymentState;
import dev.usher.seats.proto.BookingRecord;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The promises that can be read off the books without a history: G5, G7 and G11. */
class AuditTest {
  private static Payment payment(String id, PaymentState state, String event) {
    return new Payment(
        id,
        state,
        "ann",
        "events/" + event + "/bookings/b1",
        "b1",
        2500,
        state == PaymentState.CAPTURED ? 2500 : 0,
        0,
        "EUR",
        0,
        Optional.empty(),
        Optional.empty());
  }

  private static BookingRecord.Builder booking(String event) {
    return BookingRecord.newBuilder().setEventId(event).setBookingId("b1").setUserId("ann");
  }

  private static List<Difference> differences(
      List<Payment> payments, Set<String> seats, BookingRecord.Builder... bookings) {
    var records = List.of(bookings).stream().map(BookingRecord.Builder::build).toList();
    return Audit.of(new Books(payments, Set.of(), records, seats)).differences();
  }

  @Test
  void aDeclinedPaymentAloneIsAsItShouldBe() {
    assertThat(differences(List.of(payment("pi_1", PaymentState.DECLINED, "show")), Set.of()))
        .isEmpty();
  }

  @Test
  void aDeclinedPaymentThatCameToTheLogBreaksG5EvenWhenTheSeatsWereRefused() {
    assertThat(
            differences(
                List.of(payment("pi_1", PaymentState.DECLINED, "show")),
                Set.of(),
                booking("show").setPaymentId("pi_1").setState(BookingRecord.State.STATE_REJECTED)))
        .extracting(Difference::promise)
        .containsExactly(Promise.DECLINED_MEANS_NOTHING);
  }

  @Test
  void oneRequestWithBookingsAtTwoEventsBreaksG7() {
    assertThat(
            differences(
                List.of(),
                Set.of("events/show/seats/a-1", "events/gala/seats/a-1"),
                booking("show").addSeatIds("a-1").setState(BookingRecord.State.STATE_CONFIRMED),
                booking("gala").addSeatIds("a-1").setState(BookingRecord.State.STATE_CONFIRMED)))
        .containsExactly(
            new Difference(
                Promise.ONE_ANSWER, "b1", "events/gala/bookings/b1 and events/show/bookings/b1"));
  }

  @Test
  void aPaymentForAnotherOrderUnderTheSameRequestBreaksG7() {
    assertThat(
            differences(
                List.of(
                    payment("pi_1", PaymentState.CAPTURED, "show"),
                    payment("pi_2", PaymentState.VOIDED, "gala")),
                Set.of("events/show/seats/a-1"),
                booking("show")
                    .addSeatIds("a-1")
                    .setPaymentId("pi_1")
                    .setTotalMinor(2500)
                    .setCapturedMinor(2500)
                    .setState(BookingRecord.State.STATE_CONFIRMED)))
        .extracting(Difference::promise)
        .containsExactly(Promise.ONE_ANSWER);
  }

  private static BookingRecord.Builder redeemed(BookingRecord.State state, String... seatIds) {
    var booking = booking("show").addSeatIds("a-1").setState(state).setPaymentId("pi_1");
    for (var seatId : seatIds) {
      booking.addRedemptionsBuilder().setSeatId(seatId);
    }
    return booking.setTotalMinor(2500).setCapturedMinor(2500);
  }

  @Test
  void aRedeemedTicketOfAConfirmedBookingIsAsItShouldBe() {
    assertThat(
            differences(
                List.of(payment("pi_1", PaymentState.CAPTURED, "show")),
                Set.of("events/show/seats/a-1"),
                redeemed(BookingRecord.State.STATE_CONFIRMED, "a-1")))
        .isEmpty();
  }

  @Test
  void aRedeemedTicketOfACancelledBookingBreaksG11() {
    assertThat(
            differences(
                List.of(payment("pi_1", PaymentState.CAPTURED, "show")),
                Set.of(),
                redeemed(BookingRecord.State.STATE_CANCELLED, "a-1").setRefundOwed(true)))
        .containsExactly(
            new Difference(
                Promise.REDEEMED_MEANS_KEPT,
                "events/show/bookings/b1",
                "redeemed, but its booking is STATE_CANCELLED"));
  }

  @Test
  void aRefundAtTheProviderForARedeemedTicketBreaksG11WhateverTheBookingSays() {
    var refunded =
        new Payment(
            "pi_1",
            PaymentState.REFUNDED,
            "ann",
            "events/show/bookings/b1",
            "b1",
            2500,
            2500,
            2500,
            "EUR",
            0,
            Optional.empty(),
            Optional.empty());

    assertThat(
            differences(
                List.of(refunded),
                Set.of("events/show/seats/a-1"),
                redeemed(BookingRecord.State.STATE_CONFIRMED, "a-1")))
        .containsExactly(
            new Difference(
                Promise.REDEEMED_MEANS_KEPT,
                "events/show/bookings/b1",
                "redeemed, but 2500 were refunded"));
  }

  @Test
  void aTicketThatIsRedeemedTwiceOrOfNoSeatBreaksG11() {
    assertThat(
            differences(
                List.of(payment("pi_1", PaymentState.CAPTURED, "show")),
                Set.of("events/show/seats/a-1"),
                redeemed(BookingRecord.State.STATE_CONFIRMED, "a-1", "a-1", "a-9")))
        .extracting(Difference::what)
        .containsExactlyInAnyOrder(
            "redeemed twice: seat a-1", "redeemed: seat a-9, which is not of the booking");
  }
}
