package dev.usher.seats;

import static dev.usher.seats.Box.EVENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.raft.Bytes;
import dev.usher.replica.StateMachine;
import dev.usher.seats.SeatView.Seat;
import dev.usher.seats.proto.SeatCommand;
import dev.usher.seats.proto.SeatResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What a snapshot holds is the whole state: nothing that comes later can tell the difference. */
class SeatSnapshotProperties {
  private static final int TRIES = 100;

  @Provide
  Arbitrary<List<Step>> logs() {
    return Step.logs();
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void aRestoredModelIsTheSameAndStaysTheSame(@ForAll("logs") List<Step> log) {
    var box = Box.withEvent();
    box.done(Box.event("another"));
    int half = log.size() / 2;
    log.subList(0, half).forEach(step -> play(box, step));
    var digest = box.model.digest();
    // Taken now, made into bytes after everything else has been applied.
    var later = box.model.snapshot();
    var twin = box.twin(box.model.snapshot());
    assertThat(twin.model.digest()).isEqualTo(digest);

    for (var step : log.subList(half, log.size())) {
      assertThat(play(twin, step)).isEqualTo(play(box, step));
      assertThat(twin.model.digest()).isEqualTo(box.model.digest());
      assertThat(twin.model.nextDeadlineMs()).isEqualTo(box.model.nextDeadlineMs());
    }
    assertThat(twin.view().debts(100)).isEqualTo(box.view().debts(100));
    assertThat(twin.view().bookingsOf("user-1")).isEqualTo(box.view().bookingsOf("user-1"));
    assertThat(drain(twin.model.snapshot())).isEqualTo(drain(box.model.snapshot()));
    var third = new SeatModel();
    third.restore(later);
    assertThat(third.digest()).isEqualTo(digest);
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void aWatchGoesOnWhenASnapshotIsInstalledUnderIt(@ForAll("logs") List<Step> log) {
    var ahead = Box.withEvent();
    var behind = ahead.twin(ahead.model.snapshot());
    Map<String, Seat> known = new HashMap<>();
    behind.view().seats(EVENT).forEach(seat -> known.put(seat.seatId(), seat));
    var watch =
        behind
            .view()
            .watch(
                EVENT,
                behind.index(),
                changes -> changes.seats().forEach(seat -> known.put(seat.seatId(), seat)));
    assertThat(watch).isPresent();
    log.forEach(step -> play(ahead, step));

    behind.model.restore(ahead.model.snapshot());

    assertThat(known.values()).containsExactlyInAnyOrderElementsOf(ahead.view().seats(EVENT));
  }

  @Test
  void aHouseOfManySeatsComesInBoundedPieces() {
    var box = new Box();
    var plan = Box.plan().toBuilder();
    var template = plan.getSeats(0);
    for (int i = 0; i < 10_000; i++) {
      plan.addSeats(template.toBuilder().setSeatId("x-" + i));
    }
    box.done(SeatCommand.newBuilder().setCreateEvent(Box.eventOf("arena").setPlan(plan)));

    var pieces = drain(box.model.snapshot());

    assertThat(pieces).hasSizeGreaterThan(4);
    assertThat(pieces)
        .allSatisfy(
            piece -> assertThat(piece.size()).isLessThanOrEqualTo(StateMachine.PIECE_BYTES_MAX));
    assertThat(box.twin(pieces.iterator()).model.digest()).isEqualTo(box.model.digest());
  }

  @Test
  void whatIsNoPieceIsRefused() {
    var stranger = List.of(Bytes.wrap(new byte[] {(byte) 0xff, 1})).iterator();

    assertThatThrownBy(() -> new SeatModel().restore(stranger))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a piece");
  }

  private static List<Bytes> drain(Iterator<Bytes> pieces) {
    List<Bytes> drained = new ArrayList<>();
    pieces.forEachRemaining(drained::add);
    return drained;
  }

  private static SeatResult play(Box box, Step step) {
    return box.after(step.pass()).propose(step.command().toBuilder());
  }
}
