package dev.usher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.cli.client.Buyer;
import dev.usher.cli.client.Poll;
import java.time.Duration;
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
    int open = theatre.office().books().openAuthorizations();
    long killedAt = System.nanoTime();
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
    tell(open, Duration.ofNanos(System.nanoTime() - killedAt));
  }

  /** A figure for the reader of the build's output: how long a machine takes is no promise. */
  private static void tell(int open, Duration took) {
    System.out.printf(
        "SagaIT: open-authorizations=%d at SIGKILL, the last of the node's sagas ended elsewhere"
            + " after-ms=%d%n",
        open, took.toMillis());
  }
}
