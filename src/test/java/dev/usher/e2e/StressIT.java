package dev.usher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.api.booking.v1.Booking;
import dev.usher.api.booking.v1.Seat;
import dev.usher.cli.client.Buyer;
import dev.usher.cli.demo.Race;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Thirty clients on one seat, over three real nodes. */
@ExtendWith(Theatre.Opened.class)
class StressIT {
  private static final int CLIENTS = 30;

  private static void assertOneWinner(
      Theatre theatre, Race.Result result, String seat, int capturesBefore) {
    assertThat(result.failed()).isEmpty();
    assertThat(result.booked()).hasSize(1);
    assertThat(result.refused()).isEqualTo(Map.of("SEAT_UNAVAILABLE", CLIENTS - 1));
    Booking booked = result.booked().getFirst();
    assertThat(booked.getSeatsList()).containsExactly(seat);
    assertThat(theatre.stateOf(seat)).isEqualTo(Seat.State.STATE_BOOKED);
    assertThat(theatre.settledBooks().captures()).isEqualTo(capturesBefore + 1);
  }

  @Test
  void thirtyClientsWhoBookOneSeatGiveOneBookingAndTwentyNineRefusals(Theatre theatre) {
    List<Buyer> buyers = theatre.buyers(CLIENTS);
    String seat = theatre.freshSeat();
    int captures = theatre.settledBooks().captures();
    var result = Race.run(buyers, buyer -> buyer.book(theatre.event(), seat));
    assertOneWinner(theatre, result, seat, captures);
  }

  @Test
  void thirtyClientsWhoHoldOneSeatAndThenBookGiveOneBookingAndTwentyNineRefusals(Theatre theatre) {
    List<Buyer> buyers = theatre.buyers(CLIENTS);
    String seat = theatre.freshSeat();
    int captures = theatre.settledBooks().captures();
    var result = Race.run(buyers, buyer -> buyer.bookHold(buyer.hold(theatre.event(), seat)));
    assertOneWinner(theatre, result, seat, captures);
  }
}
