package dev.usher.booking;

import static dev.usher.booking.House.PRICE;
import static dev.usher.booking.House.order;
import static dev.usher.booking.House.paying;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.auth.AuthProtocol.Secret;
import dev.usher.booking.Bank.Verb;
import dev.usher.booking.Bookings.Booked;
import dev.usher.booking.Bookings.Order;
import dev.usher.booking.Bookings.Refused;
import dev.usher.booking.Bookings.Result;
import dev.usher.booking.Bookings.Unavailable;
import dev.usher.payment.PaymentProvider.PaymentState;
import dev.usher.seats.SeatReason;
import dev.usher.seats.proto.BookingRecord.State;
import dev.usher.seats.proto.SeatCommand.CommandCase;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The way of a booking when nothing breaks. */
class BookingSagaTest {
  @RegisterExtension static final Houses houses = new Houses();

  private final House house = houses.open().buyer("ann").buyer("bob");
  private final SagaNode node = house.node();

  @Test
  void moneyIsReservedBeforeTheSeatsAreCommittedAndMovedAfterwards() {
    int before = house.commands().size();

    var result = node.book(order("ann", "r1", "a-1", "a-2"));

    assertThat(stateOf(result)).isEqualTo(State.STATE_CONFIRMED);
    var id = Ids.bookingId("ann", "r1");
    assertThat(house.bank.calls())
        .containsExactly(
            new Bank.Call(Verb.AUTHORIZE, id, before), new Bank.Call(Verb.CAPTURE, id, before + 1));
    assertThat(house.commands().subList(before, before + 2))
        .containsExactly(CommandCase.COMMIT_BOOKING, CommandCase.RECORD_CAPTURE);
    assertThat(house.bank.payments().getFirst().capturedMinor()).isEqualTo(2 * PRICE);
  }

  @Test
  void aDeclinedCardPutsNoSeatCommandIntoTheLog() {
    int before = house.commands().size();
    house.card("ann", Bank.DECLINED_CARD);

    var result = node.book(paying("ann", "r1", Bank.DECLINED_CARD, "", "a-1"));

    assertThat(reasonOf(result)).isEqualTo("PAYMENT_DECLINED");
    assertThat(((Refused) result).refusal().getDetails(0).getValue())
        .isEqualTo("insufficient_funds");
    assertThat(house.commands()).hasSize(before);
  }

  @Test
  void anotherCardAfterADeclineNeedsAnotherRequestIdAndGetsTheSameHold() {
    house.card("ann", Bank.DECLINED_CARD).hold("ann", "h1", "a-1");

    var declined = node.book(paying("ann", "r1", Bank.DECLINED_CARD, "h1"));
    var reused = node.book(paying("ann", "r1", "pm-ann", "h1"));
    var booked = node.book(paying("ann", "r2", "pm-ann", "h1"));

    assertThat(reasonOf(declined)).isEqualTo("PAYMENT_DECLINED");
    assertThat(reasonOf(reused)).isEqualTo("REQUEST_ID_REUSED");
    assertThat(stateOf(booked)).isEqualTo(State.STATE_CONFIRMED);
  }

  @Test
  void anotherCardUnderADeclinedRequestIdIsAnotherOrderOnEveryNode() {
    house.card("ann", Bank.DECLINED_CARD);
    node.book(paying("ann", "r1", Bank.DECLINED_CARD, "", "a-1"));

    var elsewhere = house.node().book(paying("ann", "r1", "pm-ann", "", "a-1"));

    assertThat(reasonOf(elsewhere)).isEqualTo("REQUEST_ID_REUSED");
    assertThat(house.bank.count(PaymentState.AUTHORIZED)).isZero();
  }

  @Test
  void whatCostsNothingNeedsNoPayment() {
    var result = node.book(paying("ann", "r1", "", "", "f-1"));

    assertThat(stateOf(result)).isEqualTo(State.STATE_CONFIRMED);
    assertThat(house.bank.calls()).isEmpty();
  }

  @Test
  void aSeatKnownToBeTakenNeverBothersTheProvider() {
    node.book(order("ann", "r1", "a-1"));
    int calls = house.bank.calls().size();

    var result = node.book(order("bob", "r1", "a-1", "a-2"));

    assertThat(reasonOf(result)).isEqualTo("SEAT_UNAVAILABLE");
    assertThat(house.bank.calls()).hasSize(calls);
  }

  @Test
  void refusalsThatAReadCanTellComeBeforeTheProvider() {
    house.hold("bob", "h-bob", "a-5");

    assertThat(reasonOf(node.book(order("ann", "r1", "z-9")))).isEqualTo("RESOURCE_NOT_FOUND");
    assertThat(reasonOf(node.book(paying("ann", "r2", "pm-bob", "", "a-1"))))
        .isEqualTo("RESOURCE_NOT_FOUND");
    assertThat(reasonOf(node.book(paying("ann", "r3", "pm-ann", "h-none"))))
        .isEqualTo("HOLD_EXPIRED");
    assertThat(reasonOf(node.book(paying("ann", "r4", "pm-ann", "h-bob"))))
        .isEqualTo("RESOURCE_NOT_FOUND");
    assertThat(reasonOf(node.book(paying("ann", "r5", "", "", "a-1"))))
        .isEqualTo(SeatReason.MALFORMED_COMMAND.name());
    assertThat(reasonOf(node.book(order("ann", "r6", "a-1", "a-2", "a-3", "a-4", "a-5"))))
        .isEqualTo("SEAT_LIMIT_PER_BOOKING");
    assertThat(reasonOf(node.book(expecting(order("ann", "r7", "a-1"), 1, "EUR"))))
        .isEqualTo("PRICE_CHANGED");
    assertThat(reasonOf(node.book(expecting(order("ann", "r8", "a-1"), PRICE, "USD"))))
        .isEqualTo("PRICE_CHANGED");
    assertThat(house.bank.calls()).isEmpty();
  }

  @Test
  void nobodyBooksWithoutASessionOrWithSomebodyElses() {
    var ann = order("ann", "r1", "a-1");

    assertThat(reasonOf(node.book(withToken(ann, "stolen")))).isEqualTo("SESSION_EXPIRED");
    assertThat(reasonOf(node.book(withToken(ann, "token-bob")))).isEqualTo("SESSION_REQUIRED");
    assertThat(stateOf(node.book(ann))).isEqualTo(State.STATE_CONFIRMED);
  }

  @Test
  void withoutALeaderTheAnswerIsToTryAgain() {
    house.directoryLog.setAvailable(false);
    assertThat(node.book(order("ann", "r1", "a-1"))).isInstanceOf(Unavailable.class);

    house.directoryLog.setAvailable(true);
    assertThat(stateOf(node.book(order("ann", "r1", "a-1")))).isEqualTo(State.STATE_CONFIRMED);
  }

  @Test
  void theSameRequestIdGivesTheSameBooking() {
    var first = (Booked) node.book(order("ann", "r1", "a-1"));

    assertThat(node.book(order("ann", "r1", "a-1"))).isEqualTo(first);
    assertThat(house.node().book(order("ann", "r1", "a-1"))).isEqualTo(first);
    assertThat(house.bank.count(Verb.AUTHORIZE)).isOne();
    assertThat(house.bank.count(Verb.CAPTURE)).isOne();
  }

  @Test
  void theSameRequestIdForAnotherOrderIsRefusedOnEveryNode() {
    node.book(order("ann", "r1", "a-1"));

    assertThat(reasonOf(node.book(order("ann", "r1", "a-2")))).isEqualTo("REQUEST_ID_REUSED");
    assertThat(reasonOf(house.node().book(order("ann", "r1", "a-2"))))
        .isEqualTo("REQUEST_ID_REUSED");
    assertThat(house.bank.payments()).hasSize(1);
  }

  @Test
  void theSameRequestAtTwoNodesAtOnceIsOneBookingAndOneCharge() {
    house.bank.answerAuthorizationsTogether(2);
    var other = house.node();

    var here = node.book(order("ann", "r1", "a-1"), House.PATIENCE);
    var there = other.book(order("ann", "r1", "a-1"), House.PATIENCE);

    assertThat(stateOf(House.await(here))).isEqualTo(State.STATE_CONFIRMED);
    assertThat(stateOf(House.await(there))).isEqualTo(State.STATE_CONFIRMED);
    assertThat(house.bank.count(PaymentState.CAPTURED)).isOne();
    assertThat(house.bank.payments()).hasSize(1);
  }

  @Test
  void everybodyWhoAsksForTheSameBookingGetsIt() {
    var same = order("ann", "r1", "a-1");

    var results = node.bookAll(List.of(same, same, same, same, same, same));

    assertThat(results).hasSize(6).containsOnly(results.getFirst());
    assertThat(stateOf(results.getFirst())).isEqualTo(State.STATE_CONFIRMED);
    assertThat(house.bank.count(Verb.CAPTURE)).isOne();
  }

  @Test
  void aRefusedBookingIsRefusedForTheSameReasonLater() {
    house.bank.answerAuthorizationsTogether(2);
    node.bookAll(List.of(order("ann", "r1", "a-1"), order("bob", "r1", "a-1")));
    var loser =
        house.record("ann", "r1").orElseThrow().getState() == State.STATE_REJECTED ? "ann" : "bob";

    var again = house.node().book(order(loser, "r1", "a-1"));

    assertThat(reasonOf(again)).isEqualTo("SEAT_UNAVAILABLE");
    assertThat(house.bank.count(PaymentState.AUTHORIZED)).isZero();
  }

  @Test
  void aFinishedBookingThatNobodyAsksForAnyMoreGivesItsPlaceUp() {
    var forgetful =
        houses
            .open(
                new SagaSettings(
                    House.PATIENCE,
                    Duration.ofMillis(1),
                    Duration.ofMillis(5),
                    House.PATIENCE,
                    Duration.ofMillis(5),
                    Duration.ofMinutes(15),
                    Duration.ofMillis(1),
                    1))
            .buyer("ann");
    var there = forgetful.node();

    assertThat(stateOf(there.book(order("ann", "r1", "a-1")))).isEqualTo(State.STATE_CONFIRMED);
    assertThat(stateOf(there.book(order("ann", "r2", "a-2")))).isEqualTo(State.STATE_CONFIRMED);

    houses
        .kit
        .createTestProbe()
        .awaitAssert(
            House.PATIENCE,
            () -> {
              assertThat(forgetful.share.lingering().availablePermits()).isOne();
              return true;
            });
    assertThat(stateOf(there.book(order("ann", "r1", "a-1")))).isEqualTo(State.STATE_CONFIRMED);
    assertThat(forgetful.bank.count(Verb.CAPTURE)).isEqualTo(2);
  }

  static State stateOf(Result result) {
    assertThat(result).isInstanceOf(Booked.class);
    return ((Booked) result).booking().getState();
  }

  static String reasonOf(Result result) {
    assertThat(result).isInstanceOf(Refused.class);
    return ((Refused) result).refusal().getReason();
  }

  private static Order withToken(Order order, String token) {
    return new Order(
        new Secret(token),
        order.userId(),
        order.requestId(),
        order.eventId(),
        order.seatIds(),
        order.holdId(),
        order.paymentMethodId(),
        order.expectedTotalMinor(),
        order.expectedCurrency());
  }

  private static Order expecting(Order order, long totalMinor, String currency) {
    return new Order(
        order.token(),
        order.userId(),
        order.requestId(),
        order.eventId(),
        order.seatIds(),
        order.holdId(),
        order.paymentMethodId(),
        OptionalLong.of(totalMinor),
        currency);
  }
}
