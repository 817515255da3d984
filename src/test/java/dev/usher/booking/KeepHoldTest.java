package dev.usher.booking;

import static dev.usher.booking.BookingSagaTest.reasonOf;
import static dev.usher.booking.BookingSagaTest.stateOf;
import static dev.usher.booking.House.paying;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.booking.Bank.Verb;
import dev.usher.booking.Bookings.Authorizing;
import dev.usher.booking.Bookings.Order;
import dev.usher.payment.PaymentProvider.PaymentState;
import dev.usher.seats.proto.BookingRecord.State;
import dev.usher.seats.proto.SeatCommand.CommandCase;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A hold lives as long as its payment can still succeed (docs/booking.md §2). */
class KeepHoldTest {
  @RegisterExtension static final Houses houses = new Houses();

  /** Longer than the ten minutes of {@link House#hold}, shorter than a buyer may take. */
  private static final Duration LATER = Duration.ofMinutes(12);

  private final House house =
      houses.open().buyer("ann").buyer("bob").card("ann", Bank.THREE_D_SECURE_CARD);
  private final SagaNode node = house.node();

  @Test
  void whileTheBuyerAuthenticatesNobodyElseGetsTheHeldSeat() {
    house.hold("ann", "h1", "a-1");
    assertThat(node.book(interactive())).isInstanceOf(Authorizing.class);
    house.seatLog.advanceTime(LATER);
    assertThat(reasonOf(node.book(House.order("bob", "r1", "a-1")))).isEqualTo("SEAT_UNAVAILABLE");

    house.bank.authenticate(true);

    house.awaitRecord("ann", "r1", booking -> booking.getState() == State.STATE_CONFIRMED);
    assertThat(Collections.frequency(house.commands(), CommandCase.EXTEND_HOLD)).isOne();
  }

  @Test
  void aHoldIsKeptForAPaymentWhoseAnswerWasLost() {
    house.hold("ann", "h1", "a-1");
    house.bank.next(Verb.AUTHORIZE, Bank.Fault.NOT_DONE, Bank.Fault.DONE_BUT_UNANSWERED);

    assertThat(stateOf(node.book(paying("ann", "r1", "pm-ann", "h1"))))
        .isEqualTo(State.STATE_CONFIRMED);

    assertThat(house.commands())
        .containsSubsequence(CommandCase.EXTEND_HOLD, CommandCase.COMMIT_BOOKING);
    assertThat(Collections.frequency(house.commands(), CommandCase.EXTEND_HOLD)).isOne();
  }

  @Test
  void aPaymentThatIsAnsweredAtOnceAndOneWithoutAHoldCostNoEntry() {
    house.hold("ann", "h1", "a-1");
    node.book(paying("ann", "r1", "pm-ann", "h1"));
    house.bank.next(Verb.AUTHORIZE, Bank.Fault.DONE_BUT_UNANSWERED);
    node.book(House.order("ann", "r2", "a-2"));

    assertThat(house.commands()).doesNotContain(CommandCase.EXTEND_HOLD);
  }

  @Test
  void theBuyerIsSentToTheirPageWhenTheHoldIsSafeHoweverOftenThatIsAskedFor() {
    house.hold("ann", "h1", "a-1");
    house.wayToSeats.next(
        "extend/",
        LossyLog.Fault.LOST,
        LossyLog.Fault.NO_LEADER,
        LossyLog.Fault.APPLIED_BUT_UNANSWERED);

    assertThat(node.book(interactive())).isInstanceOf(Authorizing.class);

    assertThat(Collections.frequency(house.commands(), CommandCase.EXTEND_HOLD)).isOne();
    house.seatLog.advanceTime(LATER);
    assertThat(reasonOf(node.book(House.order("bob", "r1", "a-1")))).isEqualTo("SEAT_UNAVAILABLE");
  }

  @Test
  void row14AHoldThatIsOverBeforeItCouldBeKeptIsHonouredWhenItsSeatIsFree() {
    expireWhileAuthorizing();

    house.bank.authenticate(true);

    house.awaitRecord("ann", "r1", booking -> booking.getState() == State.STATE_CONFIRMED);
  }

  @Test
  void row14AHoldThatIsOverBeforeItCouldBeKeptLosesASeatThatIsGoneAndThePaymentIsVoided() {
    expireWhileAuthorizing();
    assertThat(stateOf(node.book(House.order("bob", "r2", "a-1"))))
        .isEqualTo(State.STATE_CONFIRMED);

    house.bank.authenticate(true);

    house.awaitRecord("ann", "r1", b -> b.getState() == State.STATE_REJECTED && !b.getVoidOwed());
    assertThat(house.bank.count(PaymentState.AUTHORIZED)).isZero();
    assertThat(house.bank.count(PaymentState.VOIDED)).isOne();
  }

  /** The provider takes longer than the hold lives, and only then wants the buyer on a page. */
  private void expireWhileAuthorizing() {
    house.hold("ann", "h1", "a-1");
    house.bank.answerAuthorizationsTogether(2);
    var pending = node.book(interactive(), House.PATIENCE);
    houses
        .kit
        .createTestProbe()
        .awaitAssert(
            House.PATIENCE,
            () -> {
              assertThat(house.bank.count(Verb.AUTHORIZE)).isOne();
              return true;
            });
    house.seatLog.advanceTime(LATER);
    node.book(House.order("bob", "r1", "a-2"));
    assertThat(House.await(pending)).isInstanceOf(Authorizing.class);
  }

  private static Order interactive() {
    var order = paying("ann", "r1", Bank.THREE_D_SECURE_CARD, "h1");
    return new Order(
        order.token(),
        order.userId(),
        order.requestId(),
        order.eventId(),
        order.seatIds(),
        order.holdId(),
        order.paymentMethodId(),
        order.expectedTotalMinor(),
        order.expectedCurrency(),
        true);
  }
}
