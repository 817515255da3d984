package dev.usher.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.usher.api.booking.v1.Booking;
import dev.usher.api.booking.v1.ListBookingsRequest;
import dev.usher.api.booking.v1.Seat;
import dev.usher.cli.TestCard;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.Buyer;
import dev.usher.cli.client.CallFailedException;
import dev.usher.cli.term.Amounts;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Money and seats go together, or not at all. */
class PaymentIT {
  private static Theatre theatre;

  @BeforeAll
  static void open() throws IOException {
    theatre = Theatre.open();
  }

  @AfterAll
  static void close() {
    theatre.close();
  }

  @Test
  void aDeclinedCardLeavesNoBookingAndTheSeatFree() {
    Buyer buyer = theatre.buyers(1).getFirst();
    Buyer poor = buyer.withCard(TestCard.DECLINED.card());
    String seat = theatre.freshSeat();
    var before = theatre.settledBooks();
    var status = theatre.leaderExcept(java.util.Set.of());

    var refusal =
        catchThrowableOfType(CallFailedException.class, () -> poor.book(theatre.event(), seat));

    assertThat(refusal.reason()).isEqualTo("PAYMENT_DECLINED");
    assertThat(theatre.stateOf(seat)).isEqualTo(Seat.State.STATE_FREE);
    assertThat(
            buyer
                .client()
                .call(
                    Api.LIST_BOOKINGS,
                    ListBookingsRequest.newBuilder().setParent("events/-").build())
                .getBookingsList())
        .isEmpty();
    assertThat(theatre.settledBooks()).isEqualTo(before);
    var now = theatre.leaderExcept(java.util.Set.of());
    // G5: a declined payment makes no proposal, so the log of the seats did not grow.
    if (now.term() == status.term()) {
      assertThat(now.commitIndex()).isEqualTo(status.commitIndex());
    }

    Booking paid = buyer.book(theatre.event(), seat);
    assertThat(paid.getSeatsList()).containsExactly(seat);
  }

  @Test
  void aConfirmedBookingIsCapturedInFullAtThePriceOfTheSeat() {
    Buyer buyer = theatre.buyers(1).getFirst();
    String seat = theatre.freshSeat();
    var before = theatre.settledBooks();
    Booking booking = theatre.confirmed(buyer, buyer.book(theatre.event(), seat));
    assertThat(booking.getCaptured()).isEqualTo(theatre.office().price());
    var after = theatre.settledBooks();
    assertThat(after.captures() - before.captures()).isEqualTo(1);
    assertThat(after.capturedMinor() - before.capturedMinor())
        .isEqualTo(Amounts.minor(theatre.office().price()));
  }
}
