package dev.usher.seats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.seats.SeatView.Seat;
import dev.usher.seats.proto.BestSeats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The choice against one that is made by looking at every place there is, in whatever hall. */
class SeatChooserProperties {
  private static final double ROUNDING = 1e-5;

  @Provide
  Arbitrary<String[]> halls() {
    return Arbitraries.strings()
        .withChars("sssSSbB ")
        .ofMinLength(1)
        .ofMaxLength(12)
        .filter(row -> !row.isBlank() && aislesAreRare(row))
        .array(String[].class)
        .ofMinSize(1)
        .ofMaxSize(5);
  }

  /** Else nobody could say which of two distances is the usual one. */
  private static boolean aislesAreRare(String row) {
    var parts = row.strip().split(" +");
    return row.replace(" ", "").length() - parts.length >= parts.length - 1;
  }

  @Provide
  Arbitrary<BestSeats> wishes() {
    var counts = Arbitraries.integers().between(1, 6);
    var sections = Arbitraries.of("", "", "Stalls");
    var categories = Arbitraries.of("", "", "Balcony");
    var splits = Arbitraries.of(true, false);
    return Combinators.combine(counts, sections, categories, splits)
        .as(
            (count, section, category, split) ->
                Hall.wish(count)
                    .setSection(section)
                    .setCategory(category)
                    .setAllowSplit(split)
                    .build());
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void noPlaceIsBetterThanTheOneChosen(
      @ForAll("halls") String[] rows, @ForAll("wishes") BestSeats wish) {
    var hall = Hall.of(rows);
    var before = hall.seats();
    var places = places(before, wish);

    var answer = hall.ask(wish.toBuilder());

    var hold = answer.getDone().getHold();
    var chosen =
        hold.getSeatIdsList().stream()
            .map(id -> before.stream().filter(s -> s.seatId().equals(id)).findFirst().orElseThrow())
            .toList();
    assertThat(chosen).allMatch(fits(wish)).doesNotHaveDuplicates();
    if (!places.isEmpty()) {
      assertThat(hold.getAdjacent()).isTrue();
      assertThat(places).contains(chosen);
      int flaw = flaw(before, chosen);
      double distance = distance(before, chosen);
      assertThat(places)
          .allSatisfy(place -> assertThat(flaw).isLessThanOrEqualTo(flaw(before, place)))
          .filteredOn(place -> flaw(before, place) == flaw)
          .allSatisfy(place -> assertThat(distance).isLessThan(distance(before, place) + ROUNDING));
    } else if (wish.getAllowSplit()
        && before.stream().filter(fits(wish)).count() >= wish.getCount()) {
      assertThat(chosen).hasSize(wish.getCount());
      assertThat(hold.getAdjacent()).isFalse();
      assertThat(parts(chosen)).isEqualTo(fewestParts(before, wish));
    } else {
      assertThat(answer.hasRefusal()).isTrue();
    }
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void aCopyFromASnapshotChoosesTheSame(
      @ForAll("halls") String[] rows, @ForAll("wishes") BestSeats wish) {
    var hall = Hall.of(rows);
    var twin = hall.box.twin(hall.box.model.snapshot());

    var asked = hall.asking(wish.toBuilder());

    assertThat(twin.propose(asked)).isEqualTo(hall.box.propose(asked));
    assertThat(twin.model.digest()).isEqualTo(hall.box.model.digest());
  }

  /**
   * Two seats for each of N couples in a hall of 2N: nobody is left over, whatever the rows are.
   */
  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void couplesFillAHallOfEvenRowsToTheLastSeat(
      @ForAll List<@IntRange(min = 1, max = 12) Integer> halves) {
    var rows = halves.stream().map(half -> "ss".repeat(half)).limit(8).toArray(String[]::new);
    if (rows.length == 0) {
      return;
    }
    var hall = Hall.of(rows);

    while (hall.box.free() > 0) {
      assertThat(hall.ask(Hall.wish(2)).getDone().getHold().getAdjacent()).isTrue();
    }
  }

  private static Predicate<Seat> fits(BestSeats wish) {
    return seat ->
        Hall.isFree(seat)
            && (wish.getSection().isEmpty() || wish.getSection().equals(seat.section()))
            && (wish.getCategory().isEmpty() || wish.getCategory().equals(seat.category()));
  }

  /** Every place where so many seats that fit are side by side. */
  private static List<List<Seat>> places(List<Seat> plan, BestSeats wish) {
    var places = new ArrayList<List<Seat>>();
    int count = wish.getCount();
    for (int from = 0; from + count <= plan.size(); from++) {
      var place = plan.subList(from, from + count);
      if (parts(place) == 1 && place.stream().allMatch(fits(wish))) {
        places.add(List.copyOf(place));
      }
    }
    return places;
  }

  private static boolean neighbours(Seat one, Seat next) {
    return one.section().equals(next.section())
        && one.row().equals(next.row())
        && next.x() - one.x() == Hall.SPACING;
  }

  /** 0: fine; 1: an even number leaves an odd one on either side; 2: a single seat is left. */
  private static int flaw(List<Seat> plan, List<Seat> place) {
    int left = freeBeside(plan, plan.indexOf(place.getFirst()), -1);
    int right = freeBeside(plan, plan.indexOf(place.getLast()), 1);
    if (left == 1 || right == 1) {
      return 2;
    }
    return place.size() % 2 == 0 && left % 2 == 1 && right % 2 == 1 ? 1 : 0;
  }

  private static int freeBeside(List<Seat> plan, int position, int step) {
    int free = 0;
    for (int i = position; i + step >= 0 && i + step < plan.size(); i += step) {
      var one = plan.get(Math.min(i, i + step));
      var next = plan.get(Math.max(i, i + step));
      if (!neighbours(one, next) || !Hall.isFree(plan.get(i + step))) {
        break;
      }
      free++;
    }
    return free;
  }

  /** From the middle of the plan's upper edge. */
  private static double distance(List<Seat> plan, List<Seat> place) {
    double left = plan.stream().mapToDouble(Seat::x).min().orElseThrow();
    double right = plan.stream().mapToDouble(Seat::x).max().orElseThrow();
    double top = plan.stream().mapToDouble(Seat::y).min().orElseThrow();
    return place.stream()
        .mapToDouble(seat -> Math.hypot(seat.x() - (left + right) / 2, seat.y() - top))
        .sum();
  }

  private static int fewestParts(List<Seat> plan, BestSeats wish) {
    var lengths = new ArrayList<Integer>();
    int length = 0;
    for (int i = 0; i < plan.size(); i++) {
      boolean goesOn = length > 0 && neighbours(plan.get(i - 1), plan.get(i));
      boolean fits = fits(wish).test(plan.get(i));
      if (length > 0 && !(goesOn && fits)) {
        lengths.add(length);
        length = 0;
      }
      length += fits ? 1 : 0;
    }
    lengths.add(length);
    lengths.sort(Comparator.reverseOrder());
    int parts = 0;
    for (int missing = wish.getCount(); missing > 0; missing -= lengths.get(parts++)) {}
    return parts;
  }

  private static int parts(List<Seat> seats) {
    int parts = 1;
    for (int i = 1; i < seats.size(); i++) {
      parts += neighbours(seats.get(i - 1), seats.get(i)) ? 0 : 1;
    }
    return parts;
  }
}
