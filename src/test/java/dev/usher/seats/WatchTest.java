package dev.usher.seats;

import static dev.usher.seats.Box.EVENT;
import static dev.usher.seats.Box.deleteHold;
import static dev.usher.seats.Box.hold;
import static dev.usher.seats.SeatView.SeatState.FREE;
import static dev.usher.seats.SeatView.SeatState.HELD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.seats.SeatView.Seat;
import dev.usher.seats.SeatView.SeatChanges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchTest {
  private final Box box = Box.withEvent();
  private final List<SeatChanges> seen = new ArrayList<>();

  @Test
  void everyEntryThatChangesSeatsIsToldOnceInLogOrder() {
    watchFromHere();

    box.done(hold("h1", "ann", "a-1", "a-2"));
    box.done(Box.publish(EVENT));
    box.done(deleteHold("h1", "ann"));

    assertThat(seen).hasSize(2);
    assertThat(seen.get(0).seats()).extracting(Seat::seatId).containsExactly("a-1", "a-2");
    assertThat(seen.get(0).seats()).extracting(Seat::state).containsOnly(HELD);
    assertThat(seen.get(0).revision()).isEqualTo(box.index() - 2);
    assertThat(seen.get(1).seats()).extracting(Seat::state).containsOnly(FREE);
    assertThat(seen.get(1).revision()).isEqualTo(box.index());
  }

  @Test
  void anExpiryAndACommandInOneEntryAreToldInOneCallEachSeatOnceAsItIsNow() {
    box.done(hold("h1", "ann", Duration.ofMinutes(1), "a-2", "a-1"));
    watchFromHere();

    box.after(Duration.ofMinutes(1)).done(hold("h2", "bob", "a-1", "a-3"));

    assertThat(seen).hasSize(1);
    assertThat(seen.getFirst().seats())
        .extracting(Seat::seatId)
        .containsExactly("a-1", "a-2", "a-3");
    assertThat(seen.getFirst().seats()).extracting(Seat::state).containsExactly(HELD, FREE, HELD);
  }

  @Test
  void anExpiryIsToldWithoutACommand() {
    box.done(hold("h1", "ann", Duration.ofMinutes(1), "a-1"));
    watchFromHere();

    box.pass(Duration.ofMinutes(1));

    assertThat(seen).extracting(SeatChanges::revision).containsExactly(box.index());
  }

  @Test
  void aWatchBeginsWithWhatWasMissedInOneCall() {
    long known = box.index();
    box.done(hold("h1", "ann", "a-3"));
    box.done(hold("h2", "ann", "a-1"));
    box.done(deleteHold("h1", "ann"));

    watch(known);

    assertThat(seen).hasSize(1);
    assertThat(seen.getFirst().revision()).isEqualTo(box.index());
    assertThat(seen.getFirst().seats()).extracting(Seat::seatId).containsExactly("a-1", "a-3");
    assertThat(seen.getFirst().seats()).extracting(Seat::state).containsExactly(HELD, FREE);
  }

  @Test
  void aWatchThatMissedNothingBeginsInSilence() {
    watchFromHere();

    assertThat(seen).isEmpty();
  }

  @Test
  void aWatchFromBeforeTheEventBeginsWithAllItsSeats() {
    watch(0);

    assertThat(seen.getFirst().seats()).hasSize(10);
  }

  @Test
  void changesAreNeverTooFarBack() {
    long known = box.index();
    box.done(hold("h0", "ann", "b-1"));
    for (int i = 0; i < 10_000; i++) {
      box.done(hold("h", "ann", "a-1"));
      box.done(deleteHold("h", "ann"));
    }

    watch(known);

    assertThat(seen.getFirst().seats()).extracting(Seat::seatId).containsExactly("a-1", "b-1");
  }

  @Test
  void aReaderThatIsAheadOfThisReplicaIsNotToldWhatItKnows() {
    watch(box.index() + 1);

    box.done(hold("h1", "ann", "a-1"));
    assertThat(seen).isEmpty();
    box.done(hold("h2", "ann", "a-2"));
    assertThat(seen).hasSize(1);
  }

  @Test
  void otherEventsAreNotTold() {
    box.done(Box.event("other"));
    box.done(Box.publish("other"));
    watchFromHere();

    var command = hold("h1", "ann", "a-1");
    command.getCreateHoldBuilder().setEventId("other");
    box.done(command);

    assertThat(seen).isEmpty();
  }

  @Test
  void aCancelledWatchIsSilent() {
    var subscription = box.view().watch(EVENT, box.index(), seen::add).orElseThrow();
    subscription.cancel();
    subscription.cancel();

    box.done(hold("h1", "ann", "a-1"));

    assertThat(seen).isEmpty();
  }

  @Test
  void aWatcherThatThrowsIsDroppedAndTheOthersAndTheLogGoOn() {
    box.view()
        .watch(
            EVENT,
            box.index(),
            changes -> {
              seen.add(changes);
              throw new IllegalStateException("the reader is broken");
            });
    var others = new ArrayList<SeatChanges>();
    box.view().watch(EVENT, box.index(), others::add);

    box.done(hold("h1", "ann", "a-1"));
    box.done(hold("h2", "ann", "a-2"));

    assertThat(seen).hasSize(1);
    assertThat(others).hasSize(2);
  }

  @Test
  void anUnknownEventCannotBeWatched() {
    assertThat(box.view().watch("nowhere", 0, seen::add)).isEmpty();
  }

  private void watchFromHere() {
    watch(box.index());
  }

  private void watch(long afterRevision) {
    assertThat(box.view().watch(EVENT, afterRevision, seen::add)).isPresent();
  }
}
