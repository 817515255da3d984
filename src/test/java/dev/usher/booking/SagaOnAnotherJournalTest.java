package dev.usher.booking;

import static dev.usher.booking.BookingSagaTest.stateOf;
import static dev.usher.booking.House.order;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.usher.booking.Bank.Verb;
import dev.usher.seats.proto.BookingRecord.State;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The same sagas on Pekko's journal in memory: one line of configuration. */
class SagaOnAnotherJournalTest {
  private static final ActorTestKit kit = ActorTestKit.create();
  private static final House house =
      new House(
              kit,
              House.QUICK,
              Optional.empty(),
              ConfigFactory.parseString(
                  "pekko.persistence.journal.plugin = pekko.persistence.journal.inmem"))
          .buyer("ann");

  @AfterAll
  static void shutdown() {
    house.close();
    kit.shutdownTestKit();
  }

  @Test
  void aBookingIsMade() {
    assertThat(stateOf(house.node().book(order("ann", "r1", "a-1"))))
        .isEqualTo(State.STATE_CONFIRMED);
    assertThat(house.open()).isEmpty();
  }

  @Test
  void aSagaThatDiedGoesOn() {
    house.bank.next(Verb.AUTHORIZE, Bank.Fault.DONE_BUT_UNANSWERED);
    house.bank.holdBackLookups(true);
    var node = house.node();
    int before = house.bank.count(Verb.AUTHORIZE);
    node.book(order("ann", "r2", "a-2"), House.PATIENCE);
    kit.createTestProbe()
        .awaitAssert(
            House.PATIENCE,
            () -> {
              assertThat(house.bank.count(Verb.AUTHORIZE)).isEqualTo(before + 1);
              return true;
            });
    node.die();
    house.bank.holdBackLookups(false);

    house.node().wake(Ids.bookingId("ann", "r2"));

    house.awaitRecord("ann", "r2", booking -> booking.getState() == State.STATE_CONFIRMED);
  }
}
