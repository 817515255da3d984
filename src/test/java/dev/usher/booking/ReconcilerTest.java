package dev.usher.booking;

import static dev.usher.booking.BookingSagaTest.reasonOf;
import static dev.usher.booking.BookingSagaTest.stateOf;
import static dev.usher.booking.House.PRICE;
import static dev.usher.booking.House.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.auth.AuthProtocol.Secret;
import dev.usher.booking.Bank.Verb;
import dev.usher.booking.Wanted.Price;
import dev.usher.payment.PaymentProvider.Authorized;
import dev.usher.payment.PaymentProvider.PaymentState;
import dev.usher.seats.proto.BookingRecord.State;
import dev.usher.seats.proto.SeatCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of bookings whose saga died, or could not pay. */
class ReconcilerTest {
  @RegisterExtension static final Houses houses = new Houses();
  private static final Price ONE_SEAT = new Price(PRICE, "EUR");

  private final House house = houses.open().buyer("ann").buyer("bob");
  private final SagaNode node = house.node();

  @Test
  void row5AnAuthorizationThatNoCommitFollowedIsFencedAndVoided() {
    authorizeAndDie("ann", "r1", "a-1");

    var reconciler = house.reconciler(House.EAGER);

    house.awaitRecord("ann", "r1", booking -> booking.getState() == State.STATE_FENCED);
    awaitNothingOpen();
    assertThat(house.bank.count(PaymentState.CAPTURED)).isZero();
    houses.kit.stop(reconciler);
  }

  @Test
  void row15ACommitThatComesAfterTheFenceIsRefusedAndTheSeatStaysFree() {
    authorizeAndDie("ann", "r1", "a-1");
    var reconciler = house.reconciler(House.EAGER);
    awaitNothingOpen();
    // So eager a sweep would take bob's authorization from his living saga, too.
    houses.kit.stop(reconciler);

    assertThat(reasonOf(node.book(order("ann", "r1", "a-1")))).isEqualTo("BOOKING_FENCED");
    assertThat(stateOf(node.book(order("bob", "r1", "a-1")))).isEqualTo(State.STATE_CONFIRMED);
    assertThat(house.bank.count(PaymentState.CAPTURED)).isOne();
  }

  @Test
  void row9ACommittedBookingWhoseSagaDiedIsCapturedAndNotSwept() {
    var wanted = authorizeAndDie("ann", "r1", "a-1");
    commit(wanted);

    var reconciler = house.reconciler(House.EAGER);

    house.awaitRecord("ann", "r1", booking -> booking.getState() == State.STATE_CONFIRMED);
    assertThat(house.bank.count(PaymentState.CAPTURED)).isOne();
    assertThat(house.bank.count(Verb.VOID)).isZero();
    houses.kit.stop(reconciler);
  }

  @Test
  void row8ARejectedBookingWhoseSagaDiedIsVoided() {
    node.book(order("bob", "r1", "a-2"));
    var wanted = authorizeAndDie("ann", "r1", "a-2");
    commit(wanted);
    assertThat(house.record("ann", "r1").orElseThrow().getVoidOwed()).isTrue();

    var reconciler = house.reconciler(House.EAGER);

    house.awaitRecord("ann", "r1", booking -> !booking.getVoidOwed());
    assertThat(house.bank.count(PaymentState.VOIDED)).isOne();
    houses.kit.stop(reconciler);
  }

  @Test
  void row17ADebtIsKeptUntilTheProviderAnswersAgain() {
    house.bank.next(Verb.CAPTURE, new Bank.Fault[] {Bank.Fault.NOT_DONE, Bank.Fault.NOT_DONE});
    house.bank.next(Verb.CAPTURE, Bank.Fault.DONE_BUT_UNANSWERED, Bank.Fault.NOT_DONE);
    node.book(order("ann", "r1", "a-1"));

    var reconciler = house.reconciler(House.EAGER);

    house.awaitRecord("ann", "r1", booking -> booking.getState() == State.STATE_CONFIRMED);
    assertThat(house.bank.count(Verb.CAPTURE)).isEqualTo(5);
    houses.kit.stop(reconciler);
  }

  @Test
  void cancellingRefundsOnce() {
    node.book(order("ann", "r1", "a-1"));

    var first = node.cancel("ann", "r1");
    var second = node.cancel("ann", "r1");

    assertThat(stateOf(first)).isEqualTo(State.STATE_CANCELLED);
    assertThat(stateOf(second)).isEqualTo(State.STATE_CANCELLED);
    assertThat(house.record("ann", "r1").orElseThrow().getRefundedMinor()).isEqualTo(PRICE);
    assertThat(house.bank.payments().getFirst().refundedMinor()).isEqualTo(PRICE);
    assertThat(stateOf(node.book(order("bob", "r1", "a-1")))).isEqualTo(State.STATE_CONFIRMED);
  }

  @Test
  void aRefundThatIsNotAnsweredIsPaidLater() {
    node.book(order("ann", "r1", "a-1"));
    house.bank.next(Verb.REFUND, Bank.Fault.NOT_DONE);

    assertThat(stateOf(node.cancel("ann", "r1"))).isEqualTo(State.STATE_CANCELLED);
    assertThat(house.record("ann", "r1").orElseThrow().getRefundOwed()).isTrue();

    var reconciler = house.reconciler(House.EAGER);
    house.awaitRecord("ann", "r1", booking -> booking.getRefundedMinor() == PRICE);
    houses.kit.stop(reconciler);
  }

  @Test
  void cancellingBeforeTheCaptureIsRecordedStillGivesTheMoneyBack() {
    house.bank.next(Verb.CAPTURE, Bank.Fault.DONE_BUT_UNANSWERED);
    assertThat(stateOf(node.book(order("ann", "r1", "a-1")))).isEqualTo(State.STATE_COMMITTED);

    assertThat(stateOf(node.cancel("ann", "r1"))).isEqualTo(State.STATE_CANCELLED);

    // The void is impossible: what was captured comes on the record, and is refunded.
    var reconciler = house.reconciler(House.EAGER);
    house.awaitRecord("ann", "r1", booking -> booking.getRefundedMinor() == PRICE);
    assertThat(house.bank.count(PaymentState.REFUNDED)).isOne();
    houses.kit.stop(reconciler);
  }

  @Test
  void aCancellationThatCameBeforeTheBookingDoesNotStandInTheWayOfALaterOne() {
    var id = Ids.bookingId("ann", "r1");
    var early = new Bookings.Cancellation(new Secret("token-ann"), "ann", "e", House.EVENT, id);
    assertThat(reasonOf(House.await(node.cancel(early, House.PATIENCE))))
        .isEqualTo("RESOURCE_NOT_FOUND");

    node.book(order("ann", "r1", "a-1"));

    assertThat(stateOf(node.cancel("ann", "r1"))).isEqualTo(State.STATE_CANCELLED);
  }

  @Test
  void aBookingWhoseTicketWasRedeemedIsNotCancelledAndItsMoneyStays() {
    node.book(order("ann", "r1", "a-1"));
    var redeem = SeatCommand.newBuilder();
    redeem
        .getRedeemTicketBuilder()
        .setEventId(House.EVENT)
        .setBookingId(Ids.bookingId("ann", "r1"))
        .setSeatId("a-1")
        .setRedemptionId("r1");
    Stage.propose(house.seats, "gate", redeem.build());

    assertThat(reasonOf(node.cancel("ann", "r1"))).isEqualTo("TICKET_ALREADY_REDEEMED");
    assertThat(house.bank.count(Verb.REFUND)).isZero();
    assertThat(house.bank.count(PaymentState.CAPTURED)).isOne();
  }

  @Test
  void onlyTheOwnerCancels() {
    node.book(order("ann", "r1", "a-1"));
    var id = Ids.bookingId("ann", "r1");
    var bobs = new Bookings.Cancellation(new Secret("token-bob"), "bob", "c", House.EVENT, id);
    var forged = new Bookings.Cancellation(new Secret("token-bob"), "ann", "c", House.EVENT, id);

    assertThat(reasonOf(House.await(node.cancel(bobs, House.PATIENCE))))
        .isEqualTo("RESOURCE_NOT_FOUND");
    assertThat(reasonOf(House.await(node.cancel(forged, House.PATIENCE))))
        .isEqualTo("SESSION_REQUIRED");
    assertThat(stateOf(node.cancel("ann", "r1"))).isEqualTo(State.STATE_CANCELLED);
  }

  /** What a saga has done when it dies between T3 and T4. */
  private Wanted authorizeAndDie(String name, String requestId, String seatId) {
    var wanted = Wanted.of(order(name, requestId, seatId));
    var outcome =
        House.await(
            house.payments.authorize(
                SagaSteps.authorization(new Intent(wanted, ONE_SEAT, 0, false))));
    assertThat(outcome).isInstanceOf(Authorized.class);
    return wanted;
  }

  private void commit(Wanted wanted) {
    var payment =
        house.bank.payments().stream()
            .filter(held -> held.bookingId().equals(wanted.bookingId()))
            .findFirst()
            .orElseThrow();
    House.await(house.share.steps().commit(wanted, ONE_SEAT, payment.paymentId()));
  }

  private void awaitNothingOpen() {
    houses
        .kit
        .createTestProbe()
        .awaitAssert(
            House.PATIENCE,
            () -> {
              assertThat(house.bank.count(PaymentState.AUTHORIZED)).isZero();
              return true;
            });
  }
}
