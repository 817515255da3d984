package dev.usher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.api.booking.v1.Booking;
import dev.usher.api.booking.v1.Seat;
import dev.usher.cli.client.Buyer;
import dev.usher.cli.demo.Race;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Thirty clients on one seat, over three real nodes. */
class StressIT {
  private static final int CLIENTS = 30;
  private static Theatre theatre;
  private static List<Buyer> buyers;

  @BeforeAll
  static void open() throws IOException {
    theatre = Theatre.open();
    buyers = theatre.buyers(CLIENTS);
  }

  @AfterAll
  static void close() {
    theatre.close();
  }

  private static void assertOneWinner(Race.Result result, String seat, int capturesBefore) {
    assertThat(result.failed()).isEmpty();
    assertThat(result.booked()).hasSize(1);
    assertThat(result.refused()).isEqualTo(Map.of("SEAT_UNAVAILABLE", CLIENTS - 1));
    Booking booked = result.booked().getFirst();
    assertThat(booked.getSeatsList()).containsExactly(seat);
    assertThat(theatre.stateOf(seat)).isEqualTo(Seat.State.STATE_BOOKED);
    assertThat(theatre.settledBooks().captures()).isEqualTo(capturesBefore + 1);
  }

  @Test
  void thirtyClientsWhoBookOneSeatGiveOneBookingAndTwentyNineRefusals() {
    String seat = theatre.freshSeat();
    int captures = theatre.settledBooks().captures();
    var result = Race.run(buyers, buyer -> buyer.book(theatre.event(), seat));
    assertOneWinner(result, seat, captures);
  }

  @Test
  void thirtyClientsWhoHoldOneSeatAndThenBookGiveOneBookingAndTwentyNineRefusals() {
    String seat = theatre.freshSeat();
    int captures = theatre.settledBooks().captures();
    var result = Race.run(buyers, buyer -> buyer.bookHold(buyer.hold(theatre.event(), seat)));
    assertOneWinner(result, seat, captures);
  }
}
