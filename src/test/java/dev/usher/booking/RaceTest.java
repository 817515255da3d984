package dev.usher.booking;

import static dev.usher.booking.House.order;
import static dev.usher.booking.House.paying;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.booking.Bookings.Booked;
import dev.usher.booking.Bookings.Order;
import dev.usher.booking.Bookings.Refused;
import dev.usher.payment.PaymentProvider.PaymentState;
import dev.usher.seats.SeatOutcome;
import dev.usher.seats.proto.BookingRecord.State;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Thirty buyers and one seat. */
class RaceTest {
  @RegisterExtension static final Houses houses = new Houses();
  private static final int BUYERS = 30;

  private final House house = houses.open();
  private final List<SagaNode> nodes = List.of(house.node(), house.node(), house.node());

  @BeforeEach
  void buyersComeIn() {
    IntStream.range(0, BUYERS).forEach(i -> house.buyer("u" + i));
  }

  @Test
  void onTheDirectPathOneIsBookedAndTheOthersAreNeverCharged() {
    // Nobody hears from the bank before all have asked: so all of them come to a proposal.
    house.bank.answerAuthorizationsTogether(BUYERS);

    var results = race(IntStream.range(0, BUYERS).mapToObj(i -> order("u" + i, "r", "a-1")));

    assertOneWinner(results);
    assertThat(house.bank.payments()).hasSize(BUYERS);
    assertThat(house.bank.count(PaymentState.VOIDED)).isEqualTo(BUYERS - 1);
  }

  @Test
  void onTheHoldPathOneIsBookedAndTheOthersNeverComeToThePayment() {
    int holder = 17;
    IntStream.range(0, BUYERS)
        .map(i -> (i + holder) % BUYERS)
        .forEach(
            i -> {
              var command = House.holdCommand("u" + i, "h" + i, "a-1");
              var outcome = House.await(house.seats.propose("h" + i, command, House.PATIENCE));
              assertThat(outcome)
                  .isInstanceOf(
                      i == holder ? SeatOutcome.Applied.class : SeatOutcome.Refused.class);
            });

    var results =
        race(IntStream.range(0, BUYERS).mapToObj(i -> paying("u" + i, "r", "pm-u" + i, "h" + i)));

    assertOneWinner(results);
    assertThat(results.get(holder)).isInstanceOf(Booked.class);
    assertThat(house.bank.payments()).hasSize(1);
  }

  private List<Bookings.Result> race(Stream<Order> orders) {
    var all = orders.toList();
    var results =
        IntStream.range(0, BUYERS)
            .mapToObj(i -> nodes.get(i % nodes.size()).book(all.get(i), House.PATIENCE))
            .toList();
    return results.stream().map(House::await).toList();
  }

  private void assertOneWinner(List<Bookings.Result> results) {
    assertThat(results)
        .filteredOn(result -> result instanceof Booked)
        .singleElement()
        .extracting(result -> ((Booked) result).booking().getState())
        .isEqualTo(State.STATE_CONFIRMED);
    assertThat(results).filteredOn(result -> result instanceof Refused).hasSize(BUYERS - 1);
    assertThat(house.bank.count(PaymentState.CAPTURED)).isOne();
    assertThat(house.bank.count(PaymentState.AUTHORIZED)).isZero();
  }
}
