package dev.usher.chat.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.seats.SeatView.Seat;
import dev.usher.seats.SeatView.SeatState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SeatChooserTest {
  private static List<Seat> hall(Set<String> taken) {
    var seats = new ArrayList<Seat>();
    for (int row = 0; row < 3; row++) {
      for (int n = 1; n <= 7; n++) {
        String name = "ABC".charAt(row) + "-" + n;
        var state = taken.contains(name) ? SeatState.BOOKED : SeatState.FREE;
        String rowName = "ABC".substring(row, row + 1);
        seats.add(new Seat(name, state, "", rowName, "" + n, "Any", 100, n * 10.0, row * 10.0));
      }
    }
    return seats;
  }

  private static List<String> best(Set<String> taken, int count) {
    var all = hall(taken);
    return Places.names(SeatChooser.best(all, all, count).seats());
  }

  @Test
  void theMiddleOfTheFrontIsBest() {
    assertThat(best(Set.of(), 1)).containsExactly("A-4");
    assertThat(best(Set.of(), 3)).containsExactly("A-3", "A-4", "A-5");
  }

  @Test
  void sideBySideFurtherBackIsBetterThanApartInFront() {
    assertThat(best(Set.of("A-2", "A-4", "A-6"), 2)).containsExactly("B-3", "B-4");
  }

  @Test
  void apartIsBetterThanNotAtAll() {
    var all = hall(Set.of("A-4", "B-4", "C-4"));
    var choice = SeatChooser.best(all, all, 5);

    assertThat(choice.together()).isFalse();
    assertThat(choice.seats()).hasSize(5).allMatch(SeatChooser::isFree);
  }

  @Test
  void tooFewIsNone() {
    assertThat(best(Set.of(), 22)).isEmpty();
    assertThat(best(Set.of(), 0)).isEmpty();
  }

  @Property(tries = 200)
  void onlyFreeSeatsEachOnceAndAsManyAsAsked(
      @ForAll Set<@IntRange(min = 0, max = 20) Integer> takenPlaces,
      @ForAll @IntRange(min = 1, max = 6) int count) {
    var names = Places.names(hall(Set.of()));
    var taken = new HashSet<String>();
    takenPlaces.forEach(place -> taken.add(names.get(place)));

    var chosen = best(taken, count);

    assertThat(chosen).doesNotHaveDuplicates().noneMatch(taken::contains);
    assertThat(chosen).hasSize(21 - taken.size() >= count ? count : 0);
  }
}
