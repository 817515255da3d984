package dev.usher.seats;

import static dev.usher.seats.Box.cancel;
import static dev.usher.seats.Box.captured;
import static dev.usher.seats.Box.commit;
import static dev.usher.seats.Box.details;
import static dev.usher.seats.Box.fence;
import static dev.usher.seats.Box.refunded;
import static dev.usher.seats.Box.release;
import static dev.usher.seats.Box.voided;
import static dev.usher.seats.SeatView.SeatState.BOOKED;
import static dev.usher.seats.SeatView.SeatState.FREE;
import static dev.usher.seats.proto.BookingRecord.State.STATE_CANCELLED;
import static dev.usher.seats.proto.BookingRecord.State.STATE_CONFIRMED;
import static dev.usher.seats.proto.BookingRecord.State.STATE_RELEASED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.seats.proto.BookingRecord;
import org.junit.jupiter.api.Test;

class SettlementTest {
  private final Box box = Box.withEvent();

  @Test
  void aCaptureConfirmsTheBookingAndPaysTheDebt() {
    box.committed("b1", "ann", "a-1");

    var booking = box.done(captured("b1", 2500)).getBooking();

    assertThat(booking.getState()).isEqualTo(STATE_CONFIRMED);
    assertThat(booking.getCapturedMinor()).isEqualTo(2500);
    assertThat(box.view().debts(1000)).isEmpty();
  }

  @Test
  void aCaptureReportedTwiceIsOneCapture() {
    var booking = box.confirmed("b1", "ann", "a-1");

    assertThat(box.done(captured("b1", 2500)).getBooking()).isEqualTo(booking);
  }

  @Test
  void aCaptureOfAnotherAmountIsRefusedNamingBoth() {
    box.committed("b1", "ann", "a-1");

    var refusal = box.refused(SeatReason.CAPTURE_MISMATCH, captured("b1", 2499));

    assertThat(details(refusal)).containsEntry("captured", "2499").containsEntry("total", "2500");
    box.refused(SeatReason.MALFORMED_COMMAND, captured("b1", -1));
    assertThat(box.booking("b1").getCaptureOwed()).isTrue();
  }

  @Test
  void newsAboutAnUnknownBookingIsRefused() {
    box.refused(SeatReason.RESOURCE_NOT_FOUND, captured("b1", 1));
    box.refused(SeatReason.RESOURCE_NOT_FOUND, voided("b1"));
    box.refused(SeatReason.RESOURCE_NOT_FOUND, refunded("b1", 1));
    box.refused(SeatReason.RESOURCE_NOT_FOUND, cancel("b1", "ann"));
    box.refused(SeatReason.RESOURCE_NOT_FOUND, release("b1"));
  }

  @Test
  void aVoidPaysTheDebtOfARefusedBooking() {
    box.committed("b0", "bob", "a-1");
    box.propose(commit("b1", "ann", 2500, "a-1"));

    box.done(voided("b1"));
    box.done(voided("b1"));

    assertThat(box.view().debts(1000))
        .extracting(BookingRecord::getBookingId)
        .containsExactly("b0");
  }

  @Test
  void aVoidOfAnotherPaymentPaysNothing() {
    box.committed("b0", "bob", "a-1");
    box.propose(commit("b1", "ann", 2500, "a-1"));

    var refusal = box.refused(SeatReason.PAYMENT_MISMATCH, voided("b1", "pay-other"));

    assertThat(details(refusal)).containsEntry("payment", "pay-other");
    assertThat(box.booking("b1").getVoidOwed()).isTrue();
  }

  @Test
  void aCancelledBookingFreesItsSeatsAndOwesItsRefundInOneEntry() {
    box.confirmed("b1", "ann", "a-1", "b-1");

    var booking = box.done(cancel("b1", "ann")).getBooking();

    assertThat(booking.getState()).isEqualTo(STATE_CANCELLED);
    assertThat(booking.getRefundOwed()).isTrue();
    assertThat(booking.getVoidOwed()).isFalse();
    assertThat(booking.getRevision()).isEqualTo(box.index());
    assertThat(box.state("a-1")).isEqualTo(FREE);
    assertThat(box.free()).isEqualTo(10);
  }

  @Test
  void cancellingTwiceIsCancellingOnce() {
    box.confirmed("b1", "ann", "a-1");
    var first = box.done(cancel("b1", "ann")).getBooking();
    box.committed("b2", "bob", "a-1");

    assertThat(box.done(cancel("b1", "ann")).getBooking()).isEqualTo(first);
    assertThat(box.state("a-1")).isEqualTo(BOOKED);
  }

  @Test
  void somebodyElsesBookingCannotBeCancelled() {
    box.confirmed("b1", "ann", "a-1");

    box.refused(SeatReason.RESOURCE_NOT_FOUND, cancel("b1", "bob"));
    assertThat(box.booking("b1").getState()).isEqualTo(STATE_CONFIRMED);
  }

  @Test
  void aRefusedOrFencedBookingCannotBeCancelled() {
    box.committed("b0", "bob", "a-1");
    box.propose(commit("b1", "ann", 2500, "a-1"));
    box.done(fence("b2"));

    box.refused(SeatReason.RESOURCE_NOT_FOUND, cancel("b1", "ann"));
    box.refused(SeatReason.RESOURCE_NOT_FOUND, cancel("b2", ""));
  }

  @Test
  void aBookingCancelledBeforeItsCaptureOwesAVoidInstead() {
    box.committed("b1", "ann", "a-1");

    var booking = box.done(cancel("b1", "ann")).getBooking();

    assertThat(booking.getCaptureOwed()).isFalse();
    assertThat(booking.getVoidOwed()).isTrue();
    assertThat(booking.getRefundOwed()).isFalse();
    assertThat(box.done(voided("b1")).getBooking().getVoidOwed()).isFalse();
    assertThat(box.view().debts(1000)).isEmpty();
  }

  @Test
  void aCaptureThatOvertookTheCancellationIsRefunded() {
    box.committed("b1", "ann", "a-1");
    box.done(cancel("b1", "ann"));

    var booking = box.done(captured("b1", 2500)).getBooking();

    assertThat(booking.getState()).isEqualTo(STATE_CANCELLED);
    assertThat(booking.getVoidOwed()).isFalse();
    assertThat(booking.getRefundOwed()).isTrue();
    assertThat(box.state("a-1")).isEqualTo(FREE);
    box.done(refunded("b1", 2500));
    assertThat(box.view().debts(1000)).isEmpty();
  }

  @Test
  void aCaptureReportedAgainAfterTheRefundIsNoNewDebt() {
    box.confirmed("b1", "ann", "a-1");
    box.done(cancel("b1", "ann"));
    box.done(refunded("b1", 2500));

    box.done(captured("b1", 2500));

    assertThat(box.view().debts(1000)).isEmpty();
  }

  @Test
  void aRefundInPartsPaysTheDebtWhenAllIsBack() {
    box.confirmed("b1", "ann", "a-1");
    box.done(cancel("b1", "ann"));

    assertThat(box.done(refunded("b1", 1000)).getBooking().getRefundOwed()).isTrue();
    assertThat(box.done(refunded("b1", 400)).getBooking().getRefundedMinor()).isEqualTo(1000);
    assertThat(box.done(refunded("b1", 2500)).getBooking().getRefundOwed()).isFalse();
    assertThat(box.view().debts(1000)).isEmpty();
  }

  @Test
  void moreThanWasCapturedIsNeverRefunded() {
    box.confirmed("b1", "ann", "a-1");
    box.done(cancel("b1", "ann"));

    var refusal = box.refused(SeatReason.REFUND_EXCEEDS_CAPTURE, refunded("b1", 2501));

    assertThat(details(refusal))
        .containsEntry("refunded", "2501")
        .containsEntry("captured", "2500");
    box.refused(SeatReason.MALFORMED_COMMAND, refunded("b1", -1));
  }

  @Test
  void aBookingThatIsKeptIsNotRefunded() {
    box.confirmed("b1", "ann", "a-1");

    box.refused(SeatReason.REFUND_NOT_OWED, refunded("b1", 2500));
    assertThat(box.booking("b1").getRefundedMinor()).isZero();
  }

  @Test
  void aBookingWhoseCaptureFailedForGoodIsReleasedWithoutDebts() {
    box.committed("b1", "ann", "a-1");

    var booking = box.done(release("b1")).getBooking();

    assertThat(booking.getState()).isEqualTo(STATE_RELEASED);
    assertThat(box.state("a-1")).isEqualTo(FREE);
    assertThat(box.view().debts(1000)).isEmpty();
    assertThat(box.done(release("b1")).getBooking()).isEqualTo(booking);
    assertThat(box.done(cancel("b1", "ann")).getBooking()).isEqualTo(booking);
  }

  @Test
  void aPaidBookingIsNotReleased() {
    box.confirmed("b1", "ann", "a-1");

    box.refused(SeatReason.BOOKING_PAID, release("b1"));
    assertThat(box.state("a-1")).isEqualTo(BOOKED);
  }

  @Test
  void aCaptureReportedAfterTheReleaseIsRefunded() {
    box.committed("b1", "ann", "a-1");
    box.done(release("b1"));

    assertThat(box.done(captured("b1", 2500)).getBooking().getRefundOwed()).isTrue();
  }

  @Test
  void debtsAreListedTheOldestFirstAndChangingThemDoesNotReorderThem() {
    box.committed("b9", "ann", "a-1");
    box.committed("b1", "ann", "a-2");
    box.committed("b5", "ann", "a-3");
    box.done(captured("b1", 2500));
    box.done(cancel("b9", "ann"));
    box.done(cancel("b1", "ann"));

    assertThat(box.view().debts(1000))
        .extracting(BookingRecord::getBookingId)
        .containsExactly("b9", "b5", "b1");
  }
}
