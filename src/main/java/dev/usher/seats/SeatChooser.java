package dev.usher.seats;

import dev.usher.seats.SeatRows.Row;
import dev.usher.seats.proto.BestSeats;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the best of the free seats (docs/booking.md §3): side by side in one row; of these places
 * one that leaves no orphan, a single free seat between others; of these the nearest to the focal
 * point, and of equals the first of the plan. An even number of people comes to an odd number of seats
 * on either side only when nothing else is left: couples who fill these up would leave two orphans,
 * while couples alone so fill rows of even length to the last seat. A pure function of the plan, the free seats and the wish; its cost is bounded by one pass over the
 * seats, and in a row near the stage it ends there.
 */
final class SeatChooser {
  private static final int FLAWLESS = 0;
  private static final int ODD = 1;
  private static final int ORPHAN = 2;

  /** What a wish comes to. */
  sealed interface Choice {}

  /**
   * As many seats as wished for.
   *
   * @param ranks as in {@link SeatRows}
   */
  record Chosen(BitSet ranks) implements Choice {}

  /**
   * Not enough.
   *
   * @param free how many free seats fit the wish
   * @param adjacent how many of these are side by side at most
   */
  record Scarce(int free, int adjacent) implements Choice {}

  /** Free seats that fit the wish, side by side: as many as there are. */
  private record Stretch(int from, int to, long distance) {
    static final Comparator<Stretch> LONGEST_FIRST =
        Comparator.comparingInt(Stretch::length)
            .reversed()
            .thenComparingLong(Stretch::distance)
            .thenComparingInt(Stretch::from);

    int length() {
      return to - from;
    }
  }

  /** So many seats side by side; the least is the best. */
  private record Place(int flaw, long distance, int from) implements Comparable<Place> {
    private static final Comparator<Place> BEST_FIRST =
        Comparator.comparingInt(Place::flaw)
            .thenComparingLong(Place::distance)
            .thenComparingInt(Place::from);

    @Override
    public int compareTo(Place other) {
      return BEST_FIRST.compare(this, other);
    }
  }

  private final SeatRows rows;
  private final BitSet free;
  private final BestSeats wish;
  private final BitSet fitting;

  private SeatChooser(SeatRows rows, BitSet free, BestSeats wish) {
    this.rows = rows;
    this.free = free;
    this.wish = wish;
    this.fitting =
        wish.getCategory().isEmpty() ? free : rows.ofCategory(wish.getCategory(), free);
  }

  /**
   * Chooses.
   *
   * @param free the ranks of the free seats; is not changed
   * @param wish for one seat or more
   */
  static Choice choose(SeatRows rows, BitSet free, BestSeats wish) {
    var chooser = new SeatChooser(rows, free, wish);
    return chooser
        .best(wish.getCount())
        .<Choice>map(place -> new Chosen(ranks(place.from(), place.from() + wish.getCount())))
        .orElseGet(chooser::apart);
  }

  /** True when the plan has a seat as wished for, free or not. */
  static boolean known(SeatRows rows, BestSeats wish) {
    return !new SeatChooser(rows, rows.all(), wish).stretches().isEmpty();
  }

  private static BitSet ranks(int from, int to) {
    var ranks = new BitSet();
    ranks.set(from, to);
    return ranks;
  }

  private Optional<Place> best(int count) {
    Place best = null;
    for (var row : rows.nearestFirst()) {
      if (best != null && best.flaw() == FLAWLESS && row.nearest() * count > best.distance()) {
        break; // no later row has a nearer seat
      }
      for (var stretch : stretches(row)) {
        best = better(best, stretch, count);
      }
    }
    return Optional.ofNullable(best);
  }

  private @Nullable Place better(@Nullable Place before, Stretch stretch, int count) {
    // Neighbours that do not fit the wish may be left alone, too.
    int left = free.previousClearBit(stretch.from()) + 1;
    int right = free.nextClearBit(stretch.from());
    var best = before;
    for (int from = stretch.from(); from + count <= stretch.to(); from++) {
      int flaw = flaw(from - left, count, right - from - count);
      var place = new Place(flaw, rows.distance(from, from + count), from);
      best = best == null || place.compareTo(best) < 0 ? place : best;
    }
    return best;
  }

  private static int flaw(int freeLeft, int count, int freeRight) {
    if (freeLeft == 1 || freeRight == 1) {
      return ORPHAN;
    }
    return count % 2 == 0 && freeLeft % 2 == 1 && freeRight % 2 == 1 ? ODD : FLAWLESS;
  }

  /** In as few places as can be: the longest stretches whole, and of the next as much as is left. */
  private Choice apart() {
    int count = wish.getCount();
    var longest = longest(count);
    int enough = longest.stream().mapToInt(Stretch::length).sum();
    if (!wish.getAllowSplit() || enough < count) {
      return scarce();
    }
    var taken = new BitSet();
    int missing = count;
    for (var stretch : longest) {
      if (stretch.length() >= missing) {
        break;
      }
      taken.set(stretch.from(), stretch.to());
      missing -= stretch.length();
    }
    var left = (BitSet) free.clone();
    left.andNot(taken);
    int from = new SeatChooser(rows, left, wish).best(missing).orElseThrow().from();
    taken.set(from, from + missing);
    return new Chosen(taken);
  }

  private Choice scarce() {
    var all = stretches();
    return new Scarce(
        all.stream().mapToInt(Stretch::length).sum(),
        all.stream().mapToInt(Stretch::length).max().orElse(0));
  }

  /** So many seats are in these, if there are so many. */
  private Collection<Stretch> longest(int count) {
    var longest = new TreeSet<>(Stretch.LONGEST_FIRST);
    for (var stretch : stretches()) {
      longest.add(stretch);
      if (longest.size() > count) {
        longest.pollLast();
      }
    }
    return longest;
  }

  private List<Stretch> stretches() {
    return rows.nearestFirst().stream().flatMap(row -> stretches(row).stream()).toList();
  }

  private List<Stretch> stretches(Row row) {
    if (!isOrEmpty(wish.getSection(), row.section()) || !isOrEmpty(wish.getRow(), row.name())) {
      return List.of();
    }
    var stretches = new ArrayList<Stretch>();
    int from = fitting.nextSetBit(row.from());
    while (from >= 0 && from < row.to()) {
      int to = fitting.nextClearBit(from);
      stretches.add(new Stretch(from, to, rows.distance(from, to)));
      from = fitting.nextSetBit(to);
    }
    return stretches;
  }

  private static boolean isOrEmpty(String wished, String name) {
    return wished.isEmpty() || wished.equals(name);
  }
}
