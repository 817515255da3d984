package dev.usher.booking;

import static dev.usher.booking.BookingSagaTest.reasonOf;
import static dev.usher.booking.BookingSagaTest.stateOf;
import static dev.usher.booking.House.PRICE;
import static dev.usher.booking.House.paying;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.payment.PaymentProvider.Found;
import dev.usher.payment.PaymentProvider.Page;
import dev.usher.payment.PaymentProvider.Payment;
import dev.usher.payment.PaymentProvider.PaymentState;
import dev.usher.payment.sandbox.Till;
import dev.usher.seats.proto.BookingRecord.State;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same way with the sandbox and its HTTP in place of a bank in memory. */
class SandboxBookingTest {
  private static final ActorTestKit kit = ActorTestKit.create();
  private static final String NO_FUNDS = "4000000000009995";

  @TempDir Path dir;
  private Till till;
  private House house;
  private SagaNode node;

  @AfterAll
  static void shutdown() {
    kit.shutdownTestKit();
  }

  @BeforeEach
  void open() {
    till = Till.open(dir);
    house = new House(kit, House.QUICK, Optional.of(till.provider)).buyer("ann");
    house.nowMs.set(System.currentTimeMillis());
    node = house.node();
  }

  @AfterEach
  void close() {
    house.close();
    till.close();
  }

  @Test
  void aBookingIsCapturedAndItsCancellationRefunded() {
    var card = card("ann", Till.GOOD_CARD);

    assertThat(stateOf(node.book(paying("ann", "r1", card, "", "a-1", "a-2"))))
        .isEqualTo(State.STATE_CONFIRMED);
    assertThat(payments()).singleElement().extracting(Payment::capturedMinor).isEqualTo(2 * PRICE);

    assertThat(stateOf(node.cancel("ann", "r1"))).isEqualTo(State.STATE_CANCELLED);
    assertThat(stateOf(node.cancel("ann", "r1"))).isEqualTo(State.STATE_CANCELLED);
    assertThat(payments()).singleElement().extracting(Payment::refundedMinor).isEqualTo(2 * PRICE);
  }

  @Test
  void aCardWithoutFundsLeavesNoSeatCommandAndTheNextOneBooksWithANewRequestId() {
    var empty = card("ann", NO_FUNDS);
    var good = card("ann", Till.GOOD_CARD);
    int before = house.commands().size();

    assertThat(reasonOf(node.book(paying("ann", "r1", empty, "", "a-1"))))
        .isEqualTo("PAYMENT_DECLINED");
    assertThat(reasonOf(house.node().book(paying("ann", "r1", good, "", "a-1"))))
        .isEqualTo("REQUEST_ID_REUSED");
    assertThat(house.commands()).hasSize(before);
    assertThat(stateOf(node.book(paying("ann", "r2", good, "", "a-1"))))
        .isEqualTo(State.STATE_CONFIRMED);
  }

  @Test
  void ofManyBuyersOneIsChargedAndNothingStaysReserved() {
    int buyers = 12;
    var orders =
        IntStream.range(0, buyers)
            .mapToObj(
                i -> {
                  house.buyer("u" + i);
                  return paying("u" + i, "r", card("u" + i, Till.GOOD_CARD), "", "a-1");
                })
            .toList();

    var results = node.bookAll(orders);

    assertThat(results).filteredOn(result -> result instanceof Bookings.Booked).hasSize(1);
    assertThat(results)
        .filteredOn(result -> result instanceof Bookings.Refused)
        .hasSize(buyers - 1);
    assertThat(payments())
        .extracting(Payment::state)
        .doesNotContain(PaymentState.AUTHORIZED)
        .containsOnlyOnce(PaymentState.CAPTURED);
  }

  private String card(String name, String number) {
    var paymentMethodId = till.method(number);
    house.card(name, paymentMethodId);
    return paymentMethodId;
  }

  private List<Payment> payments() {
    var lookup = House.await(till.provider.list(Optional.empty(), 100, ""));
    assertThat(lookup).isInstanceOf(Found.class);
    return ((Found<Page>) lookup).value().payments();
  }
}
