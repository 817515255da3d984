package dev.usher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.cli.client.Buyer;
import dev.usher.cli.client.Poll;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows 5 to 10 of the crash matrix with real processes: the coordinator is killed with SIGKILL. */
@ExtendWith(Theatre.Opened.class)
class SagaIT {
  private static final int BUYERS = 12;

  @Test
  void whatADeadNodeBeganEndsElsewhereThoughItsClientsAreGone(Theatre theatre) {
    var leader = theatre.leaderExcept(Set.of());
    var home = (theatre.indexOf(leader.id()) + 1) % 3;
    var buyers = theatre.buyers(BUYERS).stream().map(buyer -> buyer.startingAt(home)).toList();
    Set<String> sold = theatre.bookedSeats();
    int captures = theatre.settledBooks().captures();
    var clients = Executors.newVirtualThreadPerTaskExecutor();
    for (Buyer buyer : buyers) {
      String seat = theatre.freshSeat();
      clients.execute(() -> buyer.book(theatre.event(), seat));
    }

    Poll.until(
        Theatre.LIMIT,
        () ->
            Optional.of(theatre.office().books())
                .filter(books -> books.openAuthorizations() + books.captures() > captures));
    clients.shutdownNow();
    theatre.cluster().kill(theatre.cluster().layout().nodes().get(home));

    assertThat(
            Poll.until(
                Theatre.LIMIT,
                () -> {
                  var books = theatre.office().books();
                  int booked = theatre.bookedSeats().size() - sold.size();
                  return Optional.of(books)
                      .filter(b -> b.openAuthorizations() == 0)
                      .filter(b -> b.captures() - captures == booked)
                      .filter(b -> booked > 0);
                }))
        .as("every authorization is captured for a booked seat, or given up")
        .isPresent();
  }
}
