package dev.usher.booking;

import static dev.usher.booking.House.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.booking.Audit.Difference;
import dev.usher.booking.Audit.Promise;
import dev.usher.booking.Wanted.Price;
import dev.usher.payment.PaymentProvider.PaymentState;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Provider, bookings and seats compared. */
class ReconciliationTest {
  private static final ActorTestKit kit = ActorTestKit.create();

  private final House house = new House(kit).buyer("ann").buyer("bob");
  private final House.Node node = house.node();
  private final Reconciliation reconciliation =
      new Reconciliation(house.seats, house.payments, house.openSagas, House.PATIENCE);

  @AfterEach
  void close() {
    house.close();
  }

  @AfterAll
  static void shutdown() {
    kit.shutdownTestKit();
  }

  @Test
  void bookingsAndCancellationsAddUp() {
    node.book(order("ann", "r1", "a-1", "a-2"));
    node.book(order("bob", "r1", "a-3"));
    node.book(order("bob", "r2", "a-1"));
    node.cancel("bob", "r1");

    var report = run(false);

    assertThat(report.differences()).isEmpty();
    assertThat(report.bookedSeats()).isEqualTo(2);
    assertThat(report.text()).contains("2 payments").contains("No differences.");
  }

  @Test
  void anAuthorizationWithoutABookingIsFoundAndRepaired() {
    var wanted = Wanted.of(order("ann", "r1", "a-1"));
    House.await(
        house.payments.authorize(
            SagaSteps.authorization(new Intent(wanted, new Price(2500, "EUR"), 0, false))));

    assertThat(run(false).differences())
        .extracting(Difference::promise)
        .containsExactly(Promise.NOTHING_LEFT_RESERVED);
    assertThat(run(false).text()).contains(wanted.name()).contains("pi_0 is open");
    assertThat(run(true).differences()).isEmpty();
    assertThat(house.bank.count(PaymentState.VOIDED)).isOne();
  }

  @Test
  void moneyThatWasTakenWithoutABookingIsFoundAndLeftToAPerson() {
    var wanted = Wanted.of(order("ann", "r1", "a-1"));
    House.await(
        house.payments.authorize(
            SagaSteps.authorization(new Intent(wanted, new Price(2500, "EUR"), 0, false))));
    House.await(house.payments.capture("pi_0", wanted.bookingId()));

    assertThat(run(true).differences())
        .extracting(Difference::promise)
        .containsExactly(Promise.CAPTURED_MEANS_BOOKED);
  }

  @Test
  void aDebtIsUnderWayAndNoDifference() {
    house.bank.next(Bank.Verb.CAPTURE, Bank.Fault.NOT_DONE);
    node.book(order("ann", "r1", "a-1"));

    var report = run(false);

    assertThat(report.differences()).isEmpty();
    assertThat(report.owed()).isOne();
  }

  private Audit.Report run(boolean repair) {
    return House.await(reconciliation.run(repair));
  }
}
