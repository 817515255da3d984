package dev.usher.seats;

import static dev.usher.seats.Box.EUR;
import static dev.usher.seats.Box.EVENT;
import static dev.usher.seats.Box.commit;
import static dev.usher.seats.Box.commitHold;
import static dev.usher.seats.Box.commitOf;
import static dev.usher.seats.Box.details;
import static dev.usher.seats.Box.hold;
import static dev.usher.seats.SeatView.SeatState.BOOKED;
import static dev.usher.seats.SeatView.SeatState.FREE;
import static dev.usher.seats.SeatView.SeatState.HELD;
import static dev.usher.seats.proto.BookingRecord.State.STATE_COMMITTED;
import static dev.usher.seats.proto.BookingRecord.State.STATE_CONFIRMED;
import static dev.usher.seats.proto.BookingRecord.State.STATE_REJECTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.seats.proto.BookingRecord;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CommitTest {
  private final Box box = Box.withEvent();

  @Test
  void seatsAreBookedAndTheirCaptureIsOwed() {
    var booking = box.done(commit("b1", "ann", 3500, "a-1", "b-1")).getBooking();

    assertThat(booking.getState()).isEqualTo(STATE_COMMITTED);
    assertThat(booking.getCaptureOwed()).isTrue();
    assertThat(booking.getCapturedMinor()).isZero();
    assertThat(booking.getPaymentId()).isEqualTo("pay-b1");
    assertThat(booking.getCreateTimeMillis()).isEqualTo(box.timeMs());
    assertThat(box.state("a-1")).isEqualTo(BOOKED);
    assertThat(box.free()).isEqualTo(8);
    assertThat(box.view().debts(100)).containsExactly(booking);
  }

  @Test
  void aBookingThatCostsNothingIsConfirmedAtOnce() {
    var gratis = new Box();
    var event = Box.event(EVENT);
    event.getCreateEventBuilder().getPricesBuilder(1).setPriceMinor(0);
    gratis.done(event);
    gratis.done(Box.publish(EVENT));

    var booking = gratis.done(commit("b1", "ann", 0, "b-1")).getBooking();

    assertThat(booking.getState()).isEqualTo(STATE_CONFIRMED);
    assertThat(gratis.view().debts(100)).isEmpty();
  }

  @Test
  void aHoldBecomesABooking() {
    box.done(hold("h1", "ann", "a-1", "a-2"));

    var booking = box.done(commitHold("b1", "ann", 5000, "h1")).getBooking();

    assertThat(booking.getSeatIdsList()).containsExactly("a-1", "a-2");
    assertThat(box.state("a-2")).isEqualTo(BOOKED);
    assertThat(box.view().hold(EVENT, "h1")).isEmpty();
    box.pass(Duration.ofHours(1));
    assertThat(box.state("a-1")).isEqualTo(BOOKED);
  }

  @Test
  void ofThirtyBuyersOfOneSeatOneGetsItAndTheOthersOweAVoid() {
    var winners =
        IntStream.range(0, 30)
            .filter(i -> box.propose(commit("b" + i, "user-" + i, 2500, "a-1")).hasDone())
            .count();

    assertThat(winners).isEqualTo(1);
    assertThat(box.view().debts(100)).hasSize(30);
    assertThat(box.view().debts(100).stream().filter(BookingRecord::getVoidOwed)).hasSize(29);
  }

  @Test
  void aTakenSeatIsRefusedByNameAndItsAuthorizationIsToBeVoided() {
    box.committed("b1", "ann", "a-1");

    var refusal = box.refused(SeatReason.SEAT_UNAVAILABLE, commit("b2", "bob", 5000, "a-1", "a-2"));

    assertThat(details(refusal)).containsEntry("seats", "a-1");
    assertThat(box.booking("b2").getState()).isEqualTo(STATE_REJECTED);
    assertThat(box.booking("b2").getVoidOwed()).isTrue();
    assertThat(box.booking("b2").getCaptureOwed()).isFalse();
    assertThat(box.state("a-2")).isEqualTo(FREE);
  }

  @Test
  void aHeldSeatIsNotBookedWithoutItsHoldNotEvenByItsHolder() {
    box.done(hold("h1", "ann", "a-1"));

    box.refused(SeatReason.SEAT_UNAVAILABLE, commit("b1", "ann", 2500, "a-1"));
    assertThat(box.state("a-1")).isEqualTo(HELD);
  }

  @Test
  void somebodyElsesHoldIsNotFoundAndStays() {
    box.done(hold("h1", "ann", "a-1"));

    box.refused(SeatReason.RESOURCE_NOT_FOUND, commitHold("b1", "bob", 2500, "h1"));

    assertThat(box.booking("b1").getVoidOwed()).isTrue();
    assertThat(box.booking("b1").getSeatIdsList()).isEmpty();
    assertThat(box.view().hold(EVENT, "h1")).isPresent();
  }

  @Test
  void anotherTotalIsRefusedWithTheRealOneAndTheHoldStaysForAnotherTry() {
    box.done(hold("h1", "ann", "a-1"));

    var refusal = box.refused(SeatReason.PRICE_CHANGED, commitHold("b1", "ann", 2400, "h1"));

    assertThat(details(refusal)).containsEntry("total", "2500").containsEntry("currency", "EUR");
    assertThat(box.state("a-1")).isEqualTo(HELD);
    box.done(commitHold("b2", "ann", 2500, "h1"));
  }

  @Test
  void anotherCurrencyIsRefused() {
    box.refused(
        SeatReason.PRICE_CHANGED,
        commitOf("b1", "ann", 2500, b -> b.addSeatIds("a-1").setCurrency("USD")));
    assertThat(box.state("a-1")).isEqualTo(FREE);
  }

  @Test
  void anUnknownEventOrDraftIsRefusedAndItsAuthorizationIsToBeVoided() {
    box.done(Box.event("draft"));
    box.refused(
        SeatReason.SALE_NOT_STARTED,
        commitOf("b1", "ann", 2500, b -> b.setEventId("draft").addSeatIds("a-1")));
    box.refused(
        SeatReason.RESOURCE_NOT_FOUND,
        commitOf("b2", "ann", 2500, b -> b.setEventId("nowhere").addSeatIds("a-1")));

    assertThat(box.view().debts(100))
        .extracting(BookingRecord::getBookingId)
        .containsExactly("b1", "b2");
  }

  @Test
  void aCommitNeedsEitherSeatsOrAHold() {
    box.refused(SeatReason.MALFORMED_COMMAND, commitOf("b1", "ann", 2500, b -> {}));
    box.refused(
        SeatReason.MALFORMED_COMMAND,
        commitOf("b2", "ann", 2500, b -> b.addSeatIds("a-1").setHoldId("h1")));

    assertThat(box.booking("b2").getVoidOwed()).isTrue();
  }

  @Test
  void aPaymentIsNeededExactlyWhenThereIsSomethingToPay() {
    box.refused(
        SeatReason.MALFORMED_COMMAND,
        commitOf("b1", "ann", 2500, b -> b.addSeatIds("a-1").setPaymentId("")));
    box.refused(
        SeatReason.MALFORMED_COMMAND,
        commitOf("b2", "ann", 0, b -> b.addSeatIds("a-1").setPaymentId("pay-2")));

    assertThat(box.booking("b1").getVoidOwed()).isFalse();
    assertThat(box.booking("b2").getVoidOwed()).isTrue();
  }

  @Test
  void aCommitWithoutABookingIdLeavesNothing() {
    box.refused(SeatReason.MALFORMED_COMMAND, commit("", "ann", 2500, "a-1"));

    assertThat(box.model.bookings().size()).isZero();
  }

  @Test
  void aSoldBookingIsFoundWhateverItsEvent() {
    box.committed("b1", "ann", "a-1");
    box.committed("b10", "bob", "a-2");
    box.propose(commit("b2", "ann", 2500, "a-1"));

    assertThat(box.view().soldAtAnyEvent("b1")).contains(box.booking("b1"));
    assertThat(box.view().soldAtAnyEvent("b2")).as("refused").isEmpty();
    assertThat(box.view().soldAtAnyEvent("b")).as("the begin of an id").isEmpty();
    assertThat(box.view().soldAtAnyEvent("b11")).as("after the last").isEmpty();
  }

  @Test
  void aUsersBookingsAreInOrderAndWithoutTheRefusedOnes() {
    box.committed("b9", "ann", "a-1");
    box.committed("b1", "ann", "a-2");
    box.committed("b5", "bob", "a-3");
    box.propose(commit("b2", "ann", 2500, "a-3"));

    assertThat(box.view().bookingsOf("ann"))
        .extracting(BookingRecord::getBookingId)
        .containsExactly("b9", "b1");
    assertThat(box.view().bookingsOf("nobody")).isEmpty();
    assertThat(box.booking("b9").getCurrency()).isEqualTo(EUR);
  }
}
