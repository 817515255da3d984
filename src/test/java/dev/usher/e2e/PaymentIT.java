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
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Money and seats go together, or not at all. */
@ExtendWith(Theatre.Opened.class)
class PaymentIT {
  @Test
  void aDeclinedCardLeavesNoBookingAndTheSeatFree(Theatre theatre) {
    Buyer buyer = theatre.buyers(1).getFirst();
    Buyer poor = buyer.withCard(TestCard.DECLINED.card());
    String seat = theatre.freshSeat();
    var before = theatre.settledBooks();
    long log = theatre.quietCommitIndex();
    long term = theatre.leaderExcept(Set.of()).term();

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
    // G5: a declined payment makes no proposal, so the log of the seats did not grow. An election
    // in between would add its own entry.
    long after = theatre.quietCommitIndex();
    long elections = theatre.leaderExcept(Set.of()).term() - term;
    assertThat(after).isBetween(log, log + elections);

    Booking paid = buyer.book(theatre.event(), seat);
    assertThat(paid.getSeatsList()).containsExactly(seat);
  }

  @Test
  void aConfirmedBookingIsCapturedInFullAtThePriceOfTheSeat(Theatre theatre) {
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
