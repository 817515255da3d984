package dev.usher.seats;

import static dev.usher.seats.Box.EVENT;
import static dev.usher.seats.Box.commit;
import static dev.usher.seats.Box.commitHold;
import static dev.usher.seats.Box.commitOf;
import static dev.usher.seats.Box.details;
import static dev.usher.seats.Box.fence;
import static dev.usher.seats.Box.hold;
import static dev.usher.seats.Box.voided;
import static dev.usher.seats.SeatView.SeatState.BOOKED;
import static dev.usher.seats.SeatView.SeatState.FREE;
import static dev.usher.seats.proto.BookingRecord.State.STATE_FENCED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Bookings that come late or come again: after their hold, their refusal or their fence. */
class LateCommitTest {
  private final Box box = Box.withEvent();

  @Test
  void aLatePaymentGetsTheSeatsOfItsExpiredHoldWhenTheyAreStillFree() {
    box.done(hold("h1", "ann", Duration.ofMinutes(5), "a-1"));
    box.pass(Duration.ofMinutes(6));

    var booking = box.done(commitHold("b1", "ann", 2500, "h1")).getBooking();

    assertThat(booking.getSeatIdsList()).containsExactly("a-1");
    assertThat(box.state("a-1")).isEqualTo(BOOKED);
  }

  @Test
  void aLatePaymentIsRefusedWhenOneOfItsSeatsIsGone() {
    box.done(hold("h1", "ann", Duration.ofMinutes(5), "a-1", "a-2"));
    box.pass(Duration.ofMinutes(6));
    box.committed("b0", "bob", "a-2");

    var refusal = box.refused(SeatReason.HOLD_EXPIRED, commitHold("b1", "ann", 5000, "h1"));

    assertThat(details(refusal)).containsEntry("hold", "h1").containsEntry("seats", "a-2");
    assertThat(box.booking("b1").getVoidOwed()).isTrue();
    assertThat(box.state("a-1")).isEqualTo(FREE);
  }

  @Test
  void anExpiredHoldIsRememberedForADayAndThenNoMore() {
    box.done(hold("h1", "ann", Duration.ofMinutes(5), "a-1"));
    box.done(hold("h2", "ann", Duration.ofMinutes(5), "a-2"));
    box.pass(Duration.ofMinutes(5));
    box.pass(Duration.ofHours(24).minusMillis(1));

    box.done(commitHold("b1", "ann", 2500, "h1"));
    box.after(Duration.ofMillis(1))
        .refused(SeatReason.HOLD_EXPIRED, commitHold("b2", "ann", 2500, "h2"));
  }

  @Test
  void somebodyElsesExpiredHoldIsNotFound() {
    box.done(hold("h1", "ann", Duration.ofMinutes(5), "a-1"));
    box.pass(Duration.ofMinutes(6));

    box.refused(SeatReason.RESOURCE_NOT_FOUND, commitHold("b1", "bob", 2500, "h1"));
  }

  @Test
  void aHoldThatItsOwnerGaveBackIsOver() {
    box.done(hold("h1", "ann", "a-1"));
    box.done(Box.deleteHold("h1", "ann"));

    box.refused(SeatReason.HOLD_EXPIRED, commitHold("b1", "ann", 2500, "h1"));
  }

  @Test
  void aHoldIsGoodForOneBooking() {
    box.done(hold("h1", "ann", "a-1"));
    box.done(commitHold("b1", "ann", 2500, "h1"));

    box.refused(SeatReason.HOLD_EXPIRED, commitHold("b2", "ann", 2500, "h1"));
  }

  @Test
  void theSameBookingAgainIsTheSameBooking() {
    var first = box.committed("b1", "ann", "a-1");

    assertThat(box.done(commit("b1", "ann", 2500, "a-1")).getBooking()).isEqualTo(first);
    assertThat(box.free()).isEqualTo(9);
  }

  @Test
  void aRefusedBookingAgainIsRefusedTheSameWayEvenWhenTheSeatIsFreeByNow() {
    box.done(hold("h1", "bob", Duration.ofMinutes(1), "a-1"));
    var first = box.refused(SeatReason.SEAT_UNAVAILABLE, commit("b1", "ann", 2500, "a-1"));
    box.pass(Duration.ofMinutes(1));

    assertThat(box.refused(SeatReason.SEAT_UNAVAILABLE, commit("b1", "ann", 2500, "a-1")))
        .isEqualTo(first);
    assertThat(box.state("a-1")).isEqualTo(FREE);
  }

  @Test
  void aRefusedBookingThatComesBackWithAnotherPaymentOwesThatVoidToo() {
    box.committed("b0", "bob", "a-1");
    box.refused(SeatReason.SEAT_UNAVAILABLE, commit("b1", "ann", 2500, "a-1"));
    box.done(voided("b1"));

    box.refused(
        SeatReason.SEAT_UNAVAILABLE,
        commitOf("b1", "ann", 2500, b -> b.addSeatIds("a-1").setPaymentId("pay-2")));

    assertThat(box.booking("b1").getPaymentId()).isEqualTo("pay-2");
    assertThat(box.booking("b1").getVoidOwed()).isTrue();
  }

  @Test
  void somebodyElsesBookingIsNotFound() {
    box.committed("b1", "ann", "a-1");

    box.refused(SeatReason.RESOURCE_NOT_FOUND, commit("b1", "bob", 2500, "a-1"));
    assertThat(box.booking("b1").getUserId()).isEqualTo("ann");
  }

  @Test
  void aFenceThatComesFirstWinsAndTheLateAuthorizationIsToBeVoided() {
    var tombstone = box.done(fence("b1")).getBooking();
    assertThat(tombstone.getState()).isEqualTo(STATE_FENCED);
    assertThat(box.view().debts(1000)).isEmpty();

    box.refused(SeatReason.BOOKING_FENCED, commit("b1", "ann", 2500, "a-1"));

    assertThat(box.booking("b1").getState()).isEqualTo(STATE_FENCED);
    assertThat(box.booking("b1").getVoidOwed()).isTrue();
    assertThat(box.booking("b1").getPaymentId()).isEqualTo("pay-b1");
    assertThat(box.state("a-1")).isEqualTo(FREE);
  }

  @Test
  void aFenceThatComesSecondFindsTheBookingAsItIs() {
    var booking = box.committed("b1", "ann", "a-1");

    assertThat(box.done(fence("b1")).getBooking()).isEqualTo(booking);
    assertThat(box.state("a-1")).isEqualTo(BOOKED);
  }

  @Test
  void aRefusedBookingIsForgottenAWeekAfterItsDebtsArePaid() {
    box.committed("b0", "bob", "a-1");
    box.refused(SeatReason.SEAT_UNAVAILABLE, commit("b1", "ann", 2500, "a-1"));
    box.pass(Duration.ofDays(30));
    assertThat(box.booking("b1").getVoidOwed()).isTrue();

    box.done(voided("b1"));
    box.pass(Duration.ofDays(7).minusMillis(1));
    assertThat(box.view().booking(EVENT, "b1")).isPresent();
    box.pass(Duration.ofMillis(1));

    assertThat(box.view().booking(EVENT, "b1")).isEmpty();
    assertThat(box.view().booking(EVENT, "b0")).isPresent();
  }
}
