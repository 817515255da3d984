package dev.usher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.api.booking.v1.Booking;
import dev.usher.cli.client.Buyer;
import dev.usher.cli.client.Parallel;
import dev.usher.cli.local.ProcessSpec;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every node dies at once, with SIGKILL. */
@ExtendWith(Theatre.Opened.class)
class DurabilityIT {
  @Test
  void whatWasAcknowledgedIsThereAfterAllNodesWereKilled(Theatre theatre) {
    List<Buyer> buyers = theatre.buyers(4);
    Set<String> before = theatre.bookedSeats();
    int captures = theatre.settledBooks().captures();
    List<Booking> bookings =
        Parallel.map(20, 4, i -> buyers.get(i % 4).book(theatre.event(), theatre.freshSeat()));
    Set<String> seats = new TreeSet<>(before);
    bookings.forEach(booking -> seats.addAll(booking.getSeatsList()));
    assertThat(seats).hasSize(before.size() + 20);

    for (ProcessSpec node : theatre.cluster().layout().nodes()) {
      theatre.cluster().kill(node);
    }
    theatre.cluster().start(news -> {});

    // The sessions of the buyers are replicated too: they go on as if nothing had been.
    assertThat(theatre.bookedSeats()).isEqualTo(seats);
    for (int i = 0; i < bookings.size(); i++) {
      assertThat(theatre.confirmed(buyers.get(i % 4), bookings.get(i)).getSeatsList())
          .isEqualTo(bookings.get(i).getSeatsList());
    }
    String another = theatre.freshSeat();
    assertThat(buyers.getFirst().book(theatre.event(), another).getSeatsList())
        .containsExactly(another);
    assertThat(theatre.settledBooks().captures()).isEqualTo(captures + 21);
  }
}
