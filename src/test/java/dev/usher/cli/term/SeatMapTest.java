package dev.usher.cli.term;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.api.booking.v1.Seat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeatMapTest {
  private static Seat seat(String section, String row, int number, double x, Seat.State state) {
    return Seat.newBuilder()
        .setName("events/hamlet/seats/" + section + "-" + row + "-" + number)
        .setSection(section)
        .setRow(row)
        .setNumber(String.valueOf(number))
        .setCategory("Best")
        .setPrice(Amounts.parse("45", "EUR"))
        .setX(x)
        .setY(row.charAt(0))
        .setState(state)
        .build();
  }

  private static String render(Seat... seats) {
    return new SeatMap(Terminals.piped("").terminal()).render(List.of(seats));
  }

  @Test
  void everySeatHasAMarkOfItsState() {
    assertThat(
            render(
                seat("Stalls", "A", 1, 0, Seat.State.STATE_FREE),
                seat("Stalls", "A", 2, 25, Seat.State.STATE_HELD),
                seat("Stalls", "A", 3, 50, Seat.State.STATE_BOOKED)))
        .contains("Stalls  1 of 3 free\n")
        .contains("  A  ○ ◐ ●  1–3\n")
        .contains("○ free 1   ◐ held 1   ● booked 1");
  }

  @Test
  void anAisleIsAGap() {
    assertThat(
            render(
                seat("Stalls", "A", 1, 0, Seat.State.STATE_FREE),
                seat("Stalls", "A", 2, 25, Seat.State.STATE_FREE),
                seat("Stalls", "A", 3, 50, Seat.State.STATE_FREE),
                seat("Stalls", "A", 4, 100, Seat.State.STATE_FREE)))
        .contains("  A  ○ ○ ○   ○  1–4\n");
  }

  @Test
  void aRowThatBeginsFurtherRightIsIndented() {
    assertThat(
            render(
                seat("Stalls", "A", 1, 0, Seat.State.STATE_FREE),
                seat("Stalls", "A", 2, 25, Seat.State.STATE_FREE),
                seat("Stalls", "B", 1, 25, Seat.State.STATE_FREE),
                seat("Stalls", "B", 2, 50, Seat.State.STATE_FREE)))
        .contains("  A  ○ ○  1–2\n")
        .contains("  B    ○ ○  1–2\n");
  }

  @Test
  void aBowedRowIsOneLine() {
    var left = seat("Stalls", "A", 1, 0, Seat.State.STATE_FREE);
    var middle = seat("Stalls", "A", 2, 25, Seat.State.STATE_FREE).toBuilder().setY(70).build();
    var right = seat("Stalls", "A", 3, 50, Seat.State.STATE_FREE);
    assertThat(render(left, right, middle)).contains("  A  ○ ○ ○  1–3\n");
  }

  @Test
  void sectionsComeInTheirOwnBlocks() {
    assertThat(
            render(
                seat("Stalls", "A", 1, 0, Seat.State.STATE_FREE),
                seat("Balcony", "A", 1, 0, Seat.State.STATE_BOOKED)))
        .containsSubsequence("Stalls  1 of 1 free", "Balcony  0 of 1 free");
  }

  @Test
  void theMapSaysHowASeatIsNamed() {
    assertThat(
            render(
                seat("Stalls", "A", 1, 0, Seat.State.STATE_BOOKED),
                seat("Stalls", "A", 2, 25, Seat.State.STATE_FREE)))
        .contains("--seats Stalls-A-2  (row A, seat 2)");
  }

  @Test
  void coloursAreForTerminalsOnly() {
    var seat = seat("Stalls", "A", 1, 0, Seat.State.STATE_FREE);
    assertThat(render(seat)).doesNotContain("\u001b");
    assertThat(new SeatMap(Terminals.watched().terminal()).render(List.of(seat)))
        .contains("\u001b[32m○");
  }

  @Test
  void anEventWithoutSeatsSaysSo() {
    assertThat(render()).isEqualTo("This event has no seats.\n");
  }
}
