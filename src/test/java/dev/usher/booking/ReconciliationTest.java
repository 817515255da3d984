package dev.usher.booking;

import static dev.usher.booking.House.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.booking.Audit.Difference;
import dev.usher.booking.Audit.Promise;
import dev.usher.booking.Wanted.Price;
import dev.usher.payment.PaymentProvider.PaymentState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Provider, bookings and seats compared. */
class ReconciliationTest {
  @RegisterExtension static final Houses houses = new Houses();

  private final House house = houses.open().buyer("ann").buyer("bob");
  private final SagaNode node = house.node();
  private final Reconciliation reconciliation =
      new Reconciliation(house.seats, house.payments, house.openSagas, House.PATIENCE);

  @Test
  void bookingsAndCancellationsAddUp() {
    node.book(order("ann", "r1", "a-1", "a-2"));
    node.book(order("bob", "r1", "a-3"));
    node.book(order("bob", "r2", "a-1"));
    node.cancel("bob", "r1");

    var report = run(false);

    assertThat(report.differences()).isEmpty();
    assertThat(report.bookedSeats()).isEqualTo(2);
    assertThat(report.payments()).isEqualTo(2);
  }

  @Test
  void anAuthorizationWithoutABookingIsFoundAndRepaired() {
    var wanted = Wanted.of(order("ann", "r1", "a-1"));
    House.await(
        house.payments.authorize(
            SagaSteps.authorization(new Intent(wanted, new Price(2500, "EUR"), 0, false))));

    assertThat(run(false).differences())
        .containsExactly(
            new Difference(Promise.NOTHING_LEFT_RESERVED, wanted.name(), "pi_0 is open"));
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
