package dev.usher.booking;

import static dev.usher.booking.BookingSagaTest.reasonOf;
import static dev.usher.booking.BookingSagaTest.stateOf;
import static dev.usher.booking.House.order;
import static dev.usher.booking.House.paying;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.booking.Bank.Verb;
import dev.usher.booking.Bookings.PaymentUnknown;
import dev.usher.booking.Bookings.Unavailable;
import dev.usher.payment.PaymentProvider.PaymentState;
import dev.usher.seats.proto.BookingRecord.State;
import dev.usher.seats.proto.SeatCommand.CommandCase;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows of the crash matrix (docs/booking.md §2) that a living saga meets. */
class SagaFaultsTest {
  @RegisterExtension static final Houses houses = new Houses();

  private final House house = houses.open().buyer("ann").buyer("bob");
  private final SagaNode node = house.node();

  @Test
  void row3AnAuthorizationThatWasLostIsMadeOnce() {
    house.bank.next(Verb.AUTHORIZE, Bank.Fault.NOT_DONE, Bank.Fault.NOT_DONE);

    assertThat(stateOf(node.book(order("ann", "r1", "a-1")))).isEqualTo(State.STATE_CONFIRMED);

    assertThat(house.bank.payments()).hasSize(1);
  }

  @Test
  void row4AnAuthorizationWhoseAnswerWasLostIsFoundAndNotMadeAgain() {
    house.bank.next(Verb.AUTHORIZE, Bank.Fault.DONE_BUT_UNANSWERED);

    assertThat(stateOf(node.book(order("ann", "r1", "a-1")))).isEqualTo(State.STATE_CONFIRMED);

    assertThat(house.bank.payments()).hasSize(1);
    assertThat(house.bank.count(Verb.AUTHORIZE)).isOne();
  }

  @Test
  void aDeclineWhoseAnswerWasLostIsADeclineWithItsCode() {
    house.card("ann", Bank.DECLINED_CARD);
    house.bank.next(Verb.AUTHORIZE, Bank.Fault.DONE_BUT_UNANSWERED);

    var result = node.book(paying("ann", "r1", Bank.DECLINED_CARD, "", "a-1"));

    assertThat(reasonOf(result)).isEqualTo("PAYMENT_DECLINED");
    assertThat(result.toString()).contains("insufficient_funds");
    assertThat(house.commands()).doesNotContain(CommandCase.COMMIT_BOOKING);
  }

  @Test
  void whoseTimeIsUpHearsThatThePaymentIsUnknownWhileTheSagaGoesOn() {
    house.bank.answerAuthorizationsTogether(2);

    var inTime = node.book(order("ann", "r1", "a-1"), House.PATIENCE);
    awaitAuthorizations(1);
    var impatient = House.await(node.book(order("ann", "r1", "a-1"), Duration.ofMillis(300)));
    assertThat(impatient).isEqualTo(new PaymentUnknown(House.EVENT, Ids.bookingId("ann", "r1")));

    // The second authorization lets the bank answer both.
    node.book(order("bob", "r1", "a-2"));
    assertThat(stateOf(House.await(inTime))).isEqualTo(State.STATE_CONFIRMED);
  }

  @Test
  void row7ACommitWhoseAnswerWasLostIsAskedForAgainAndIsTheSame() {
    house.wayToSeats.next("commit/", LossyLog.Fault.APPLIED_BUT_UNANSWERED);

    assertThat(stateOf(node.book(order("ann", "r1", "a-1")))).isEqualTo(State.STATE_CONFIRMED);

    assertThat(Collections.frequency(house.commands(), CommandCase.COMMIT_BOOKING)).isOne();
  }

  @Test
  void row6ACommitThatWasLostIsProposedAgain() {
    house.wayToSeats.next("commit/", LossyLog.Fault.LOST, LossyLog.Fault.NO_LEADER);

    assertThat(stateOf(node.book(order("ann", "r1", "a-1")))).isEqualTo(State.STATE_CONFIRMED);

    assertThat(Collections.frequency(house.commands(), CommandCase.COMMIT_BOOKING)).isOne();
  }

  @Test
  void row9AnUnansweredCaptureLeavesTheSeatsWithTheBuyerAndIsPaidOnce() {
    house.bank.next(Verb.CAPTURE, Bank.Fault.NOT_DONE);

    assertThat(stateOf(node.book(order("ann", "r1", "a-1")))).isEqualTo(State.STATE_COMMITTED);
    assertThat(house.bank.count(PaymentState.CAPTURED)).isZero();

    var reconciler = house.reconciler(House.EAGER);
    house.awaitRecord("ann", "r1", booking -> booking.getState() == State.STATE_CONFIRMED);
    assertThat(house.bank.count(PaymentState.CAPTURED)).isOne();
    houses.kit.stop(reconciler);
  }

  @Test
  void row10ACaptureWhoseAnswerWasLostIsNotMadeTwice() {
    house.bank.next(Verb.CAPTURE, Bank.Fault.DONE_BUT_UNANSWERED);

    assertThat(stateOf(node.book(order("ann", "r1", "a-1")))).isEqualTo(State.STATE_COMMITTED);
    assertThat(stateOf(node.book(order("ann", "r1", "a-1")))).isEqualTo(State.STATE_CONFIRMED);

    assertThat(house.bank.payments().getFirst().capturedMinor()).isEqualTo(House.PRICE);
  }

  @Test
  void row11ACaptureThatFailsForGoodFreesTheSeats() {
    house.bank.next(Verb.CAPTURE, Bank.Fault.NOT_DONE);
    node.book(order("ann", "r1", "a-1"));
    house.bank.expireAuthorizations();

    assertThat(reasonOf(node.book(order("ann", "r1", "a-1")))).isEqualTo("PAYMENT_DECLINED");

    assertThat(house.record("ann", "r1").orElseThrow().getState()).isEqualTo(State.STATE_RELEASED);
    assertThat(stateOf(node.book(order("bob", "r1", "a-1")))).isEqualTo(State.STATE_CONFIRMED);
  }

  @Test
  void row14AHoldThatExpiredWhileThePaymentWasOnItsWayIsStillHonoured() {
    house.hold("ann", "h1", "a-1");
    house.bank.answerAuthorizationsTogether(2);
    var late = node.book(paying("ann", "r1", "pm-ann", "h1"), House.PATIENCE);
    awaitAuthorizations(1);

    house.seatLog.advanceTime(Duration.ofHours(1));
    node.book(order("bob", "r1", "a-2"));

    assertThat(stateOf(House.await(late))).isEqualTo(State.STATE_CONFIRMED);
  }

  @Test
  void aSagaThatIsOutOfPatienceLeavesAnAnswerAndNoSecret() {
    var impatient =
        houses
            .open(
                new SagaSettings(
                    Duration.ofSeconds(5),
                    Duration.ofMillis(1),
                    Duration.ofMillis(5),
                    Duration.ofMillis(200),
                    Duration.ofMillis(5),
                    Duration.ofMinutes(15),
                    Duration.ofSeconds(1),
                    10),
                Optional.empty())
            .buyer("ann");
    impatient.bank.answerAuthorizationsTogether(2);

    var result = impatient.node().book(order("ann", "r1", "a-1"));

    assertThat(result).isInstanceOf(PaymentUnknown.class);
    assertThat(order("ann", "r1", "a-1").toString()).doesNotContain("token-ann");
  }

  @Test
  void withoutSeatLeaderTheQuickLookIsEnoughToReserveAndTheCommitWaits() {
    house.seatLog.setAvailable(false);
    var pending = node.book(order("ann", "r1", "a-1"), Duration.ofMillis(300));

    assertThat(House.await(pending)).isInstanceOf(Unavailable.class);

    house.seatLog.setAvailable(true);
    house.awaitRecord("ann", "r1", booking -> booking.getState() == State.STATE_CONFIRMED);
  }

  private void awaitAuthorizations(int count) {
    houses
        .kit
        .createTestProbe()
        .awaitAssert(
            House.PATIENCE,
            () -> {
              assertThat(house.bank.count(Verb.AUTHORIZE)).isEqualTo(count);
              return true;
            });
  }
}
