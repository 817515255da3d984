package dev.usher.seats;

import dev.usher.seats.SeatView.Seat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where the seats of a plan are: which are neighbours, and how far each is from the focal point,
 * the middle of the plan's upper edge, where plans have the stage. Never changes.
 *
 * <p>Every seat has a rank: row by row, from one end of a row to the other, with a rank that is no
 * seat's behind each row. So seats are side by side exactly when their ranks follow each other.
 */
final class SeatRows {
  /** Seats of a row that are further apart than so many times its usual have an aisle between. */
  private static final double AISLE = 1.5;

  /** Distances are whole parts of the plan's size: sums are exact in whatever order. */
  private static final double PARTS = 1e9;

  /**
   * Seats side by side, with no aisle between: a row of the plan or a part of one.
   *
   * @param from the first rank
   * @param to behind the last rank
   * @param nearest the distance of the seat that is nearest to the focal point
   */
  record Row(String section, String name, int from, int to, long nearest) {}

  private record Label(String section, String row) {}

  private final int[] positions;
  private final int[] ranks;
  // By rank: the row's place in the list.
  private final int[] rowAt;
  // At r: what the seats of lower rank than r have together.
  private final long[] distances;
  private final List<Row> rows;
  private final BitSet seats = new BitSet();
  private final Map<String, BitSet> categories = new HashMap<>();

  /**
   * Reads a plan.
   *
   * @param plan its seats in plan order: those of a row from one end to the other
   */
  SeatRows(Seat[] plan) {
    var stretches = stretches(plan);
    int count = plan.length + stretches.size();
    positions = new int[count];
    ranks = new int[plan.length];
    rowAt = new int[count];
    distances = new long[count + 1];
    rows = new ArrayList<>(stretches.size());
    var focus = Focus.of(plan);
    int rank = 0;
    for (var stretch : stretches) {
      rows.add(add(rank, stretch, plan, focus));
      rank += stretch.length + 1;
      distances[rank] = distances[rank - 1];
    }
    rows.sort(Comparator.comparingLong(Row::nearest).thenComparingInt(Row::from));
    for (int i = 0; i < rows.size(); i++) {
      Arrays.fill(rowAt, rows.get(i).from(), rows.get(i).to(), i);
    }
  }

  private Row add(int from, int[] stretch, Seat[] plan, Focus focus) {
    long nearest = Long.MAX_VALUE;
    int rank = from;
    for (int position : stretch) {
      long distance = focus.distance(plan[position]);
      nearest = Math.min(nearest, distance);
      positions[rank] = position;
      ranks[position] = rank;
      distances[rank + 1] = distances[rank] + distance;
      seats.set(rank);
      categories.computeIfAbsent(plan[position].category(), c -> new BitSet()).set(rank);
      rank++;
    }
    var first = plan[stretch[0]];
    return new Row(first.section(), first.row(), from, rank, nearest);
  }

  /** The positions of seats side by side. */
  private static List<int[]> stretches(Seat[] plan) {
    var labelled = new LinkedHashMap<Label, List<Integer>>();
    for (int i = 0; i < plan.length; i++) {
      var label = new Label(plan[i].section(), plan[i].row());
      labelled.computeIfAbsent(label, l -> new ArrayList<>()).add(i);
    }
    var stretches = new ArrayList<int[]>();
    for (var row : labelled.values()) {
      stretches.addAll(cutAtAisles(plan, row.stream().mapToInt(i -> i).toArray()));
    }
    return stretches;
  }

  private static Collection<int[]> cutAtAisles(Seat[] plan, int[] row) {
    var steps = new double[row.length - 1];
    for (int i = 0; i < steps.length; i++) {
      var one = plan[row[i]];
      var next = plan[row[i + 1]];
      steps[i] = length(one.x() - next.x(), one.y() - next.y());
    }
    var sorted = steps.clone();
    Arrays.sort(sorted);
    double usual = steps.length == 0 ? 0 : sorted[(steps.length - 1) / 2];
    var parts = new ArrayList<int[]>();
    int from = 0;
    for (int i = 0; i < steps.length; i++) {
      if (usual > 0 && steps[i] > usual * AISLE) {
        parts.add(Arrays.copyOfRange(row, from, i + 1));
        from = i + 1;
      }
    }
    parts.add(Arrays.copyOfRange(row, from, row.length));
    return parts;
  }

  /**
   * The rows that have a seat among some, the row with the nearest seat first.
   *
   * @param some ranks of seats
   */
  Stream<Row> nearestFirst(BitSet some) {
    var found = new BitSet(rows.size());
    for (int rank = some.nextSetBit(0); rank >= 0; ) {
      found.set(rowAt[rank]);
      rank = some.nextSetBit(rows.get(rowAt[rank]).to());
    }
    return found.stream().mapToObj(rows::get);
  }

  /** The ranks that are seats. */
  BitSet all() {
    return (BitSet) seats.clone();
  }

  /** Those of these ranks that are seats of a category. */
  BitSet ofCategory(String category, BitSet some) {
    var both = (BitSet) some.clone();
    both.and(categories.getOrDefault(category, new BitSet()));
    return both;
  }

  /** The distances of the seats from one rank to another together. */
  long distance(int from, int to) {
    return distances[to] - distances[from];
  }

  int rank(int position) {
    return ranks[position];
  }

  int position(int rank) {
    return positions[rank];
  }

  /** {@code Math.hypot} may differ in its last bit from one machine to another; this may not. */
  private static double length(double x, double y) {
    return Math.sqrt(x * x + y * y);
  }

  private record Focus(double x, double y, double size) {
    static Focus of(Seat[] plan) {
      double left = Double.MAX_VALUE;
      double right = -Double.MAX_VALUE;
      double top = Double.MAX_VALUE;
      double bottom = -Double.MAX_VALUE;
      for (var seat : plan) {
        left = Math.min(left, seat.x());
        right = Math.max(right, seat.x());
        top = Math.min(top, seat.y());
        bottom = Math.max(bottom, seat.y());
      }
      return new Focus((left + right) / 2, top, length(right - left, bottom - top));
    }

    /** 0 for all seats of a plan without a size. */
    long distance(Seat seat) {
      return size > 0 ? (long) (length(seat.x() - x, seat.y() - y) / size * PARTS) : 0;
    }
  }
}
