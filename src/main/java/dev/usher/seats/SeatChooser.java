package dev.usher.seats;

import dev.usher.seats.SeatRows.Row;
import dev.usher.seats.proto.BestSeats;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Iterator;
import java.util.TreeSet;

/**
 * Chooses the best of the free seats (docs/booking.md §6): side by side in one row; of these places
 * one that leaves no orphan, a single free seat between others; of these the nearest to the focal
 * point, and of equals the first of the plan. An even number of people comes to an odd number of
 * seats on either side only when nothing else is left: couples who fill these up would leave two
 * orphans, while couples alone so fill rows of even length to the last seat. A pure function of the
 * plan, the free seats and the wish; its cost is bounded by one pass over the seats, and in a row
 * near the stage it ends there.
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

  /** Told of seats that fit the wish side by side, as many as there are: from rank to rank. */
  private interface Stretches {
    void add(int from, int to);
  }

  private final SeatRows rows;
  private final BitSet free;
  private final BestSeats wish;
  private final BitSet fitting;

  private SeatChooser(SeatRows rows, BitSet free, BestSeats wish) {
    this.rows = rows;
    this.free = free;
    this.wish = wish;
    this.fitting = wish.getCategory().isEmpty() ? free : rows.ofCategory(wish.getCategory(), free);
  }

  /**
   * Chooses.
   *
   * @param free the ranks of the free seats; is not changed
   * @param wish for one seat or more
   */
  static Choice choose(SeatRows rows, BitSet free, BestSeats wish) {
    var chooser = new SeatChooser(rows, free, wish);
    var place = chooser.best(wish.getCount());
    return place.found() ? new Chosen(place.add(new BitSet())) : chooser.apart();
  }

  /** True when the plan has a seat as wished for, free or not. */
  static boolean known(SeatRows rows, BestSeats wish) {
    return new SeatChooser(rows, rows.all(), wish).fittingRows().hasNext();
  }

  private Iterator<Row> fittingRows() {
    return rows.nearestFirst(fitting)
        .filter(row -> wish.getSection().isEmpty() || wish.getSection().equals(row.section()))
        .filter(row -> wish.getRow().isEmpty() || wish.getRow().equals(row.name()))
        .iterator();
  }

  private void each(Row row, Stretches stretches) {
    int from = fitting.nextSetBit(row.from());
    while (from >= 0 && from < row.to()) {
      int to = fitting.nextClearBit(from);
      stretches.add(from, to);
      from = fitting.nextSetBit(to);
    }
  }

  private Place best(int count) {
    var best = new Place(count);
    for (var left = fittingRows(); left.hasNext(); ) {
      var row = left.next();
      if (best.isBetterThanAllOf(row)) {
        break;
      }
      each(row, best);
    }
    return best;
  }

  /** The best place for so many that was seen so far. */
  private final class Place implements Stretches {
    private final int count;
    private int flaw = Integer.MAX_VALUE;
    private long distance = Long.MAX_VALUE;
    private int from = Integer.MAX_VALUE;

    Place(int count) {
      this.count = count;
    }

    boolean found() {
      return from < Integer.MAX_VALUE;
    }

    BitSet add(BitSet ranks) {
      ranks.set(from, from + count);
      return ranks;
    }

    boolean isBetterThanAllOf(Row row) {
      return flaw == FLAWLESS && distance < row.nearest() * count;
    }

    @Override
    public void add(int begin, int end) {
      // Free neighbours that do not fit the wish may be left alone, too.
      int left = free.previousClearBit(begin) + 1;
      int right = free.nextClearBit(begin);
      for (int at = begin; at + count <= end; at++) {
        offer(flaw(at - left, count, right - at - count), rows.distance(at, at + count), at);
      }
    }

    private void offer(int newFlaw, long newDistance, int at) {
      int order = Integer.compare(newFlaw, flaw);
      order = order == 0 ? Long.compare(newDistance, distance) : order;
      order = order == 0 ? Integer.compare(at, from) : order;
      if (order < 0) {
        flaw = newFlaw;
        distance = newDistance;
        from = at;
      }
    }
  }

  private static int flaw(int freeLeft, int count, int freeRight) {
    if (freeLeft == 1 || freeRight == 1) {
      return ORPHAN;
    }
    return count % 2 == 0 && freeLeft % 2 == 1 && freeRight % 2 == 1 ? ODD : FLAWLESS;
  }

  /**
   * In as few places as can be: the longest stretches whole, and of the next as much as is left.
   */
  private Choice apart() {
    int count = wish.getCount();
    var remains = new Remains(count);
    fittingRows().forEachRemaining(row -> each(row, remains));
    if (!wish.getAllowSplit() || remains.free < count) {
      return new Scarce(remains.free, remains.adjacent);
    }
    var taken = new BitSet();
    int missing = count;
    for (var stretch : remains.longest) {
      if (stretch.length() >= missing) {
        break;
      }
      taken.set(stretch.from(), stretch.to());
      missing -= stretch.length();
    }
    var left = (BitSet) free.clone();
    left.andNot(taken);
    return new Chosen(new SeatChooser(rows, left, wish).best(missing).add(taken));
  }

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

  /** What is free, when it is too little in any one place. */
  private final class Remains implements Stretches {
    private final int count;
    // So many stretches have so many seats, and more are not needed.
    private final TreeSet<Stretch> longest = new TreeSet<>(Stretch.LONGEST_FIRST);
    private int free;
    private int adjacent;

    Remains(int count) {
      this.count = count;
    }

    @Override
    public void add(int from, int to) {
      free += to - from;
      adjacent = Math.max(adjacent, to - from);
      if (wish.getAllowSplit()) {
        keep(new Stretch(from, to, rows.distance(from, to)));
      }
    }

    private void keep(Stretch stretch) {
      if (longest.size() < count) {
        longest.add(stretch);
      } else if (Stretch.LONGEST_FIRST.compare(stretch, longest.last()) < 0) {
        longest.add(stretch);
        longest.pollLast();
      }
    }
  }
}
