package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.seats.SeatView.Seat;
import dev.usher.seats.SeatView.SeatChanges;
import dev.usher.seats.SeatView.SeatState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeatBufferTest {
  private final SeatBuffer buffer = new SeatBuffer(3);

  @Test
  void aReaderWhoKeepsUpGetsEveryChangeInOrder() {
    var changes =
        List.of(
            change(5, seat("A-1", SeatState.HELD)),
            change(6, seat("A-1", SeatState.BOOKED)),
            change(9, seat("A-2", SeatState.HELD)));
    changes.forEach(buffer::add);
    assertThat(drain()).isEqualTo(changes);
  }

  @Test
  void aSlowReaderGetsTheLatestOfEachSeatAtOnce() {
    buffer.add(change(1, seat("A-1", SeatState.HELD)));
    buffer.add(change(2, seat("A-2", SeatState.HELD)));
    buffer.add(change(3, seat("A-1", SeatState.FREE)));
    buffer.add(change(4, seat("A-3", SeatState.BOOKED)));
    assertThat(drain())
        .containsExactly(
            change(
                4,
                seat("A-2", SeatState.HELD),
                seat("A-1", SeatState.FREE),
                seat("A-3", SeatState.BOOKED)));
  }

  @Test
  void aReaderWhoNeverReadsCostsNoMoreThanTheEvent() {
    for (int revision = 1; revision <= 10_000; revision++) {
      buffer.add(change(revision, seat("A-" + revision % 2, SeatState.HELD)));
    }
    var left = drain();
    assertThat(left).hasSizeLessThanOrEqualTo(3);
    assertThat(left.get(left.size() - 1).revision()).isEqualTo(10_000);
    assertThat(left.stream().mapToInt(changes -> changes.seats().size()).sum())
        .isLessThanOrEqualTo(4);
  }

  @Test
  void aKeepAliveBehindAChangeOnlyRaisesItsRevision() {
    buffer.add(change(1, seat("A-1", SeatState.HELD)));
    buffer.add(change(7));
    assertThat(drain()).containsExactly(change(7, seat("A-1", SeatState.HELD)));
  }

  @Test
  void aKeepAliveAloneIsAChangeOfNothing() {
    buffer.add(change(7));
    buffer.add(change(8));
    assertThat(drain()).containsExactly(change(8));
  }

  private List<SeatChanges> drain() {
    var all = new ArrayList<SeatChanges>();
    for (var next = buffer.next(); next.isPresent(); next = buffer.next()) {
      all.add(next.get());
    }
    return all;
  }

  private static SeatChanges change(long revision, Seat... seats) {
    return new SeatChanges(revision, Arrays.asList(seats));
  }

  private static Seat seat(String id, SeatState state) {
    return new Seat(id, state, "Stalls", "A", "1", "stalls", 1250, 0, 0);
  }
}
