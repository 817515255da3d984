package dev.usher.booking;

import static dev.usher.booking.BookingSagaTest.reasonOf;
import static dev.usher.booking.BookingSagaTest.stateOf;
import static dev.usher.booking.House.order;
import static dev.usher.booking.House.paying;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.usher.booking.Bank.Verb;
import dev.usher.payment.PaymentProvider.PaymentState;
import dev.usher.seats.proto.BookingRecord.State;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a saga writes down, what it goes on with when it comes back, and what it leaves behind. */
class SagaRecoveryTest {
  @RegisterExtension static final Houses houses = new Houses();
  private static final String BOOKING = Ids.bookingId("ann", "r1");

  private final House house = houses.open().buyer("ann").buyer("bob");
  private final SagaNode node = house.node();

  @Test
  void theIntentIsInTheJournalBeforeTheProviderIsAsked() {
    house.bank.answerAuthorizationsTogether(2);

    var waiting = node.book(order("ann", "r1", "a-1"), House.PATIENCE);
    awaitAuthorizations(1);
    assertThat(house.open()).containsExactly(BOOKING);

    node.book(order("bob", "r1", "a-2"));
    House.await(waiting);
  }

  @Test
  void withoutAJournalTheProviderIsNotAsked() {
    house.directoryLog.setAvailable(false);

    House.await(node.book(order("ann", "r1", "a-1"), Duration.ofMillis(300)));

    assertThat(house.bank.calls()).isEmpty();
  }

  @Test
  void aNodesSagasRecoverFromItsOwnCopyOfTheJournal() {
    assertThat(
            ConfigFactory.parseResources("usher-cluster.conf")
                .getStringList("usher.journal.local-recovery"))
        .containsExactly(OpenSagas.PREFIX);
  }

  @Test
  void anEndedSagaLeavesNothingInTheJournal() {
    node.book(order("ann", "r1", "a-1"));
    node.book(order("bob", "r1", "a-1"));

    awaitNothingOpen();
    assertThat(journalBytes()).isZero();
  }

  @Test
  void row2AfterTheIntentTheSagaGoesOnElsewhereWithoutItsClient() {
    dieWhileAuthorizing(Bank.Fault.NOT_DONE);

    house.node().wake(BOOKING);

    house.awaitRecord("ann", "r1", booking -> booking.getState() == State.STATE_CONFIRMED);
    assertThat(house.bank.payments()).hasSize(1);
    awaitNothingOpen();
  }

  @Test
  void row5WhatWasReservedBeforeTheDeathIsFoundAndBooked() {
    dieWhileAuthorizing(Bank.Fault.DONE_BUT_UNANSWERED);

    house.node().wake(BOOKING);

    house.awaitRecord("ann", "r1", booking -> booking.getState() == State.STATE_CONFIRMED);
    assertThat(house.bank.count(Verb.AUTHORIZE)).isOne();
    assertThat(house.bank.count(PaymentState.CAPTURED)).isOne();
  }

  @Test
  void row5OrVoidedWhenTheSeatsAreGone() {
    dieWhileAuthorizing(Bank.Fault.DONE_BUT_UNANSWERED);
    assertThat(stateOf(house.node().book(order("bob", "r1", "a-1"))))
        .isEqualTo(State.STATE_CONFIRMED);

    var result = house.node().book(order("ann", "r1", "a-1"));

    assertThat(reasonOf(result)).isEqualTo("SEAT_UNAVAILABLE");
    assertThat(house.bank.count(PaymentState.AUTHORIZED)).isZero();
    assertThat(house.bank.count(PaymentState.VOIDED)).isOne();
  }

  @Test
  void aClientThatAsksAgainElsewhereWaitsForTheSameSaga() {
    dieWhileAuthorizing(Bank.Fault.DONE_BUT_UNANSWERED);

    var other = house.node();
    other.wake(BOOKING);

    assertThat(stateOf(other.book(order("ann", "r1", "a-1")))).isEqualTo(State.STATE_CONFIRMED);
    assertThat(house.bank.payments()).hasSize(1);
  }

  @Test
  void wokenForNothingItDoesNothing() {
    var other = house.node();
    other.wake(BOOKING);

    assertThat(stateOf(other.book(order("ann", "r1", "a-1")))).isEqualTo(State.STATE_CONFIRMED);
  }

  @Test
  void aDeclineIsRememberedForADayAndThenForgotten() {
    house.card("ann", Bank.DECLINED_CARD);
    var declined = node.book(paying("ann", "r1", Bank.DECLINED_CARD, "", "a-1"));
    assertThat(house.open()).isEmpty();
    // Meanwhile the seat is gone: the answer is the same all the same.
    node.book(order("bob", "r1", "a-1"));

    house.directoryLog.advanceTime(Duration.ofMinutes(50));
    assertThat(house.node().book(paying("ann", "r1", Bank.DECLINED_CARD, "", "a-1")))
        .isEqualTo(declined);
    assertThat(house.bank.count(Verb.AUTHORIZE)).isEqualTo(2);

    house.directoryLog.advanceTime(Duration.ofHours(24));
    awaitNothingOpen();
    assertThat(journalBytes()).isZero();
  }

  @Test
  void theSameRequestWithOtherSeatsIsRefusedWhileTheFirstIsUnderWay() {
    dieWhileAuthorizing(Bank.Fault.DONE_BUT_UNANSWERED);

    assertThat(reasonOf(house.node().book(order("ann", "r1", "a-2"))))
        .isEqualTo("REQUEST_ID_REUSED");
    house.awaitRecord("ann", "r1", booking -> booking.getSeatIdsList().equals(List.of("a-1")));
  }

  /** Whoever waits for the bank when the node goes down. */
  private void dieWhileAuthorizing(Bank.Fault fault) {
    house.bank.next(Verb.AUTHORIZE, fault);
    house.bank.holdBackLookups(true);
    node.book(order("ann", "r1", "a-1"), House.PATIENCE);
    awaitAuthorizations(1);
    node.die();
    house.bank.holdBackLookups(false);
  }

  private void awaitAuthorizations(int count) {
    await(() -> assertThat(house.bank.count(Verb.AUTHORIZE)).isEqualTo(count));
  }

  private void awaitNothingOpen() {
    await(() -> assertThat(house.open()).isEmpty());
  }

  private long journalBytes() {
    return House.await(house.directoryLog.readStale(view -> view.journal().bytes()));
  }

  private static void await(Runnable assertion) {
    houses
        .kit
        .createTestProbe()
        .awaitAssert(
            House.PATIENCE,
            () -> {
              assertion.run();
              return true;
            });
  }
}
