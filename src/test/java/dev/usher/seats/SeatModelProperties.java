package dev.usher.seats;

import static dev.usher.seats.Box.EVENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.seats.SeatView.Seat;
import dev.usher.seats.SeatView.SeatState;
import dev.usher.seats.proto.BookingRecord;
import dev.usher.seats.proto.BookingRecord.State;
import dev.usher.seats.proto.HoldRecord;
import dev.usher.seats.proto.SeatResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds after every entry of whatever log (docs/booking.md §1). */
class SeatModelProperties {
  private static final int TRIES = 250;

  @Provide
  Arbitrary<List<Step>> logs() {
    return Step.logs();
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void aSeatHasAtMostOneHoldOrBookingAndTheCountersAgree(@ForAll("logs") List<Step> log) {
    var box = Box.withEvent();
    for (var step : log) {
      play(box, step);
      assertSeatsMatchTheirHolders(box);
    }
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void moneyIsNeitherLostNorMade(@ForAll("logs") List<Step> log) {
    var box = Box.withEvent();
    for (var step : log) {
      play(box, step);
      bookings(box).forEach(SeatModelProperties::assertMoneyAddsUp);
      assertThat(box.view().debts(1000))
          .containsExactlyInAnyOrderElementsOf(
              bookings(box).stream().filter(BookingTable::owes).toList());
    }
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void aHoldIsThereBeforeItsTimeAndGoneAtIt(@ForAll("logs") List<Step> log) {
    var box = Box.withEvent();
    for (var step : log) {
      play(box, step);
      var ends = holds(box).stream().mapToLong(HoldRecord::getExpireTimeMillis).min();
      assertThat(box.model.nextDeadlineMs()).isEqualTo(ends);
      ends.ifPresent(end -> assertThat(end).isGreaterThan(box.timeMs()));
    }
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void replicasOfOneLogAgreeInEveryAnswerAndDigest(@ForAll("logs") List<Step> log) {
    var one = Box.withEvent();
    var two = Box.withEvent();
    two.view().watch(EVENT, 0, changes -> {});
    for (var step : log) {
      assertThat(play(one, step)).isEqualTo(play(two, step));
      assertThat(one.model.digest()).isEqualTo(two.model.digest());
    }
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void aCommandAppliedTwiceInARowIsAppliedOnce(@ForAll("logs") List<Step> log) {
    var box = Box.withEvent();
    for (var step : log) {
      var first = play(box, step);
      var before = state(box);
      var second = box.propose(step.command().toBuilder());
      assertThat(state(box)).isEqualTo(before);
      // A refused hold names the revision it was refused at: no promise is made for that one.
      boolean ofHold =
          switch (step.command().getCommandCase()) {
            case CREATE_HOLD, EXTEND_HOLD -> true;
            default -> false;
          };
      if (!ofHold || first.hasDone()) {
        assertThat(second).isEqualTo(first);
      }
    }
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void aWatchKnowsTheSeatsAsTheyAreWhereverItBegan(
      @ForAll("logs") List<Step> log, @ForAll int begin) {
    var box = Box.withEvent();
    int from = Math.floorMod(begin, log.size());
    log.subList(0, from).forEach(step -> play(box, step));
    Map<String, Seat> known = new TreeMap<>();
    box.view().seats(EVENT).forEach(seat -> known.put(seat.seatId(), seat));
    long revision = box.index();
    var rest = log.subList(from, log.size());
    rest.subList(0, rest.size() / 2).forEach(step -> play(box, step));

    var revisions = new ArrayList<Long>();
    box.view()
        .watch(
            EVENT,
            revision,
            changes -> {
              revisions.add(changes.revision());
              changes.seats().forEach(seat -> known.put(seat.seatId(), seat));
            });
    rest.subList(rest.size() / 2, rest.size()).forEach(step -> play(box, step));

    assertThat(known.values()).containsExactlyInAnyOrderElementsOf(box.view().seats(EVENT));
    assertThat(revisions).isSorted().doesNotHaveDuplicates();
  }

  private static SeatResult play(Box box, Step step) {
    return box.after(step.pass()).propose(step.command().toBuilder());
  }

  private static List<BookingRecord> bookings(Box box) {
    return IntStream.range(0, 5)
        .mapToObj(i -> box.view().booking(EVENT, "b" + i))
        .flatMap(Optional::stream)
        .toList();
  }

  private static List<HoldRecord> holds(Box box) {
    return IntStream.range(0, 4)
        .mapToObj(i -> box.view().hold(EVENT, "h" + i))
        .flatMap(Optional::stream)
        .toList();
  }

  private static List<Object> state(Box box) {
    return List.of(bookings(box), holds(box), box.view().seats(EVENT), box.view().debts(1000));
  }

  private static void assertSeatsMatchTheirHolders(Box box) {
    Map<String, SeatState> expected = new HashMap<>();
    for (var hold : holds(box)) {
      hold.getSeatIdsList().forEach(id -> claim(expected, id, SeatState.HELD));
    }
    for (var booking : bookings(box)) {
      if (booking.getState() == State.STATE_COMMITTED
          || booking.getState() == State.STATE_CONFIRMED) {
        booking.getSeatIdsList().forEach(id -> claim(expected, id, SeatState.BOOKED));
      }
    }
    for (var seat : box.view().seats(EVENT)) {
      assertThat(seat.state()).isEqualTo(expected.getOrDefault(seat.seatId(), SeatState.FREE));
    }
    assertThat(box.free()).isEqualTo(10 - expected.size());
  }

  private static void claim(Map<String, SeatState> claims, String seatId, SeatState state) {
    assertThat(claims.put(seatId, state)).as("claims on %s (G1)", seatId).isNull();
  }

  private static void assertMoneyAddsUp(BookingRecord booking) {
    long captured = booking.getCapturedMinor();
    long refunded = booking.getRefundedMinor();
    assertThat(captured).isIn(0L, booking.getTotalMinor());
    assertThat(refunded).isBetween(0L, captured);
    assertThat(booking.getCaptureOwed()).isEqualTo(booking.getState() == State.STATE_COMMITTED);
    boolean kept = booking.getState() == State.STATE_CONFIRMED;
    // G9: what was captured is the price of kept seats, was refunded, or is owed back.
    assertThat(booking.getRefundOwed()).isEqualTo(!kept && captured > refunded);
    if (booking.getVoidOwed()) {
      assertThat(captured).as("a void is owed only for what was not captured").isZero();
    }
    // G3: confirmed is captured in full, at the price of the seats.
    if (kept) {
      assertThat(captured).isEqualTo(booking.getSeatIdsCount() * Box.A);
      assertThat(refunded).isZero();
    }
  }
}
