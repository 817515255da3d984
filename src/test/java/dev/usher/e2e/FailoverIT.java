package dev.usher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.api.booking.v1.Booking;
import dev.usher.api.booking.v1.Seat;
import dev.usher.api.cluster.v1.GroupStatus;
import dev.usher.cli.client.Buyer;
import dev.usher.cli.client.Leadership;
import dev.usher.cli.client.Poll;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The leader is killed with SIGKILL, as a power cut would. */
@ExtendWith(Theatre.Opened.class)
class FailoverIT {
  @Test
  void aBookingOutlivesTheLeaderAndTheNextOneIsMadeByAnother(Theatre theatre)
      throws InterruptedException, ExecutionException {
    List<Buyer> buyers = theatre.buyers(2);
    String first = theatre.freshSeat();
    String second = theatre.freshSeat();
    String meanwhile = theatre.freshSeat();
    Set<String> sold = theatre.bookedSeats();
    int captures = theatre.settledBooks().captures();
    Booking one = buyers.getFirst().book(theatre.event(), first);
    var old = theatre.leaderExcept(Set.of());
    // A client that talks to the very node that dies sees nothing of it but waiting.
    Buyer atTheLeader = buyers.getLast().startingAt(theatre.indexOf(old.id()));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var underWay = threads.submit(() -> atTheLeader.book(theatre.event(), meanwhile));
      theatre.cluster().kill(theatre.node(old.id()));
      assertThat(underWay.get().getSeatsList()).containsExactly(meanwhile);
    }
    var next = theatre.leaderExcept(Set.of(old.id()));
    assertThat(next.term()).isGreaterThan(old.term());
    Booking two =
        buyers.getLast().startingAt(theatre.indexOf(next.id())).book(theatre.event(), second);
    assertThat(two.getSeatsList()).containsExactly(second);
    assertThat(theatre.stateOf(first)).isEqualTo(Seat.State.STATE_BOOKED);
    assertThat(theatre.bookedSeats())
        .containsAll(sold)
        .contains(first, second, meanwhile)
        .hasSize(sold.size() + 3);
    theatre.confirmed(buyers.getFirst(), one);
    theatre.confirmed(buyers.getLast(), two);
    assertThat(theatre.settledBooks().captures()).isEqualTo(captures + 3);
  }

  @Test
  void theKilledLeaderComesBackAsAFollowerAndCatchesUp(Theatre theatre) {
    Buyer buyer = theatre.buyers(1).getFirst();
    buyer.book(theatre.event(), theatre.freshSeat());
    var old = theatre.leaderExcept(Set.of());
    theatre.cluster().kill(theatre.node(old.id()));
    var next = theatre.leaderExcept(Set.of(old.id()));
    buyer.book(theatre.event(), theatre.freshSeat());
    theatre.cluster().restart(theatre.node(old.id()), news -> {});
    long goal = theatre.leaderExcept(Set.of()).commitIndex();
    assertThat(
            Poll.until(
                Theatre.LIMIT,
                () ->
                    Leadership.part(theatre.status(), old.id(), Theatre.GROUP)
                        .filter(p -> p.getAppliedIndex() >= goal)
                        .filter(p -> p.getRole() == GroupStatus.Role.ROLE_FOLLOWER)))
        .hasValueSatisfying(part -> assertThat(part.getTerm()).isGreaterThanOrEqualTo(next.term()));
  }
}
