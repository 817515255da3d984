package dev.usher.booking;

import static dev.usher.booking.House.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.booking.Bookings.Order;
import dev.usher.seats.proto.BookingRecord.State;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** News of a payment hurries the saga that waits for its buyer. */
class AwaitedBuyersTest {
  private static final ActorTestKit kit = ActorTestKit.create();

  /** Nobody waits that long for a saga that asks by itself. */
  private static final Duration HOURLY = Duration.ofHours(1);

  private static final House house =
      new House(
              kit,
              new SagaSettings(
                  House.QUICK.stepTimeout(),
                  House.QUICK.firstBackoff(),
                  House.QUICK.maxBackoff(),
                  HOURLY,
                  HOURLY,
                  HOURLY,
                  House.QUICK.linger(),
                  House.QUICK.lingering()))
          .buyer("ann")
          .card("ann", Bank.THREE_D_SECURE_CARD);

  @AfterAll
  static void shutdown() {
    house.close();
    kit.shutdownTestKit();
  }

  private static Order interactive(String requestId, String seatId) {
    var order = order("ann", requestId, seatId);
    return new Order(
        order.token(),
        order.userId(),
        requestId,
        order.eventId(),
        order.seatIds(),
        "",
        Bank.THREE_D_SECURE_CARD,
        order.expectedTotalMinor(),
        order.expectedCurrency(),
        true);
  }

  @Test
  void aSagaThatIsHurriedGoesOnAtOnce() {
    assertThat(house.node().book(interactive("r1", "a-1")))
        .isInstanceOf(Bookings.Authorizing.class);
    house.bank.authenticate(true);

    house.share.awaited().hurry(Ids.bookingId("ann", "r1"));

    house.awaitRecord("ann", "r1", booking -> booking.getState() == State.STATE_CONFIRMED);
  }

  @Test
  void newsOfAPaymentThatNobodyWaitsForChangesNothing() {
    int commands = house.seatLog.applied().size();

    house.share.awaited().hurry(Ids.bookingId("ann", "unknown"));

    assertThat(house.seatLog.applied()).hasSize(commands);
  }

  @Test
  void aSagaThatIsHurriedTooEarlyStillWaits() {
    var node = house.node();
    assertThat(node.book(interactive("r3", "a-3"))).isInstanceOf(Bookings.Authorizing.class);
    var bookingId = Ids.bookingId("ann", "r3");
    house.share.awaited().hurry(bookingId);
    assertThat(node.book(interactive("r3", "a-3"))).isInstanceOf(Bookings.Authorizing.class);

    house.bank.authenticate(true);
    house.share.awaited().hurry(bookingId);

    house.awaitRecord("ann", "r3", booking -> booking.getState() == State.STATE_CONFIRMED);
  }

  /** The answer under way is older than the news. */
  @Test
  void aSagaThatIsHurriedWhileItAsksAsksOnceMore() {
    assertThat(house.node().book(interactive("r4", "a-4")))
        .isInstanceOf(Bookings.Authorizing.class);
    var bookingId = Ids.bookingId("ann", "r4");
    house.bank.holdBackLookups(true);
    house.share.awaited().hurry(bookingId);
    kit.createTestProbe()
        .awaitAssert(
            House.PATIENCE,
            () -> {
              assertThat(house.bank.heldLookups()).isEqualTo(1);
              return true;
            });

    house.bank.authenticate(true);
    house.share.awaited().hurry(bookingId);
    house.bank.holdBackLookups(false);

    house.awaitRecord("ann", "r4", booking -> booking.getState() == State.STATE_CONFIRMED);
  }
}
