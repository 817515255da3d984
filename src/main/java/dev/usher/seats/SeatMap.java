package dev.usher.seats;

import dev.usher.replica.StateDigest;
import dev.usher.seats.SeatView.Seat;
import dev.usher.seats.SeatView.SeatState;
import dev.usher.seats.proto.BestSeats;
import dev.usher.seats.proto.Plan;
import dev.usher.seats.proto.SeatSnapshotPiece;
import dev.usher.seats.proto.SeatStates;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The seats of one event: who has each, and since which revision.
 *
 * <p>Legal transitions, G1 (at most one hold or booking a seat) by construction; any other stops
 * loudly, because a command that asked for it should have been refused:
 *
 * <pre>
 *   FREE → HELD → FREE | BOOKED
 *   FREE → BOOKED → FREE
 * </pre>
 */
final class SeatMap {
  private static final String NOBODY = "";
  private static final int SEATS_IN_A_PIECE = 4096;

  private final Seat[] seats;
  private final String[] holders;
  private final long[] changedAt;
  private final Map<String, Integer> positions;
  private final IntConsumer changed;
  private final SeatRows rows;
  // By rank.
  private final BitSet free;

  /**
   * @param revision of the entry that creates the event
   * @param changed told the position of every seat that changes
   */
  SeatMap(Plan plan, Map<String, Long> priceByCategory, long revision, IntConsumer changed) {
    int count = plan.getSeatsCount();
    this.seats = new Seat[count];
    this.holders = new String[count];
    this.changedAt = new long[count];
    this.positions = HashMap.newHashMap(count);
    this.changed = changed;
    Arrays.fill(holders, NOBODY);
    Arrays.fill(changedAt, revision);
    for (int i = 0; i < count; i++) {
      var seat = plan.getSeats(i);
      seats[i] =
          new Seat(
              seat.getSeatId(),
              SeatState.FREE,
              seat.getSection(),
              seat.getRow(),
              seat.getNumber(),
              seat.getCategory(),
              priceByCategory.getOrDefault(seat.getCategory(), 0L),
              seat.getX(),
              seat.getY());
      positions.put(seat.getSeatId(), i);
    }
    this.rows = new SeatRows(seats);
    this.free = rows.all();
  }

  int count() {
    return seats.length;
  }

  int freeCount() {
    return free.cardinality();
  }

  List<Seat> all() {
    return List.of(seats);
  }

  Seat at(int position) {
    return seats[position];
  }

  Optional<Seat> find(String seatId) {
    return Optional.ofNullable(positions.get(seatId)).map(i -> seats[i]);
  }

  /** Which of these ids name no seat. */
  List<String> unknown(List<String> seatIds) {
    return seatIds.stream().filter(id -> !positions.containsKey(id)).toList();
  }

  /** Which of these seats are not free; all must exist. */
  List<String> taken(List<String> seatIds) {
    return seatIds.stream().filter(id -> seats[position(id)].state() != SeatState.FREE).toList();
  }

  /** What the seats cost together, in minor units. */
  long total(List<String> seatIds) {
    return seatIds.stream().mapToLong(id -> seats[position(id)].priceMinor()).sum();
  }

  /** True when the plan has a seat as wished for, free or not. */
  boolean known(BestSeats wish) {
    return SeatChooser.known(rows, wish);
  }

  SeatChooser.Choice best(BestSeats wish) {
    return SeatChooser.choose(rows, free, wish);
  }

  /** The ids of seats of these ranks, row by row. */
  List<String> ids(BitSet ranks) {
    return ranks.stream().mapToObj(rank -> seats[rows.position(rank)].seatId()).toList();
  }

  /** True when the seats are side by side in one row. */
  boolean adjacent(List<String> seatIds) {
    var ranks = new BitSet();
    seatIds.forEach(id -> ranks.set(rows.rank(position(id))));
    return ranks.nextClearBit(ranks.nextSetBit(0)) == ranks.length();
  }

  /** The seats that changed after a revision, in plan order. */
  List<Seat> changedAfter(long revision) {
    return positionsChangedAfter(revision).mapToObj(i -> seats[i]).toList();
  }

  IntStream positionsChangedAfter(long revision) {
    return IntStream.range(0, seats.length).filter(i -> changedAt[i] > revision);
  }

  void hold(List<String> seatIds, String holdId, long revision) {
    seatIds.forEach(id -> move(id, NOBODY, SeatState.HELD, holdId, revision));
  }

  void book(List<String> seatIds, String bookingId, long revision) {
    seatIds.forEach(id -> move(id, NOBODY, SeatState.BOOKED, bookingId, revision));
  }

  void bookHeld(List<String> seatIds, String holdId, String bookingId, long revision) {
    seatIds.forEach(id -> move(id, holdId, SeatState.BOOKED, bookingId, revision));
  }

  /** Frees seats that a hold or booking has. */
  void free(List<String> seatIds, String holder, long revision) {
    seatIds.forEach(id -> move(id, holder, SeatState.FREE, NOBODY, revision));
  }

  private void move(String seatId, String from, SeatState to, String holder, long revision) {
    int i = position(seatId);
    if (!holders[i].equals(from)) {
      throw new IllegalStateException(
          "seat " + seatId + " belongs to '" + holders[i] + "', not to '" + from + "'");
    }
    set(i, to, holder, revision);
    changed.accept(i);
  }

  private void set(int i, SeatState to, String holder, long revision) {
    var seat = seats[i];
    free.set(rows.rank(i), to == SeatState.FREE);
    seats[i] =
        new Seat(
            seat.seatId(),
            to,
            seat.section(),
            seat.row(),
            seat.number(),
            seat.category(),
            seat.priceMinor(),
            seat.x(),
            seat.y());
    holders[i] = holder;
    changedAt[i] = revision;
  }

  /** Copies now what changes; the pieces are made as they are taken. */
  Stream<SeatSnapshotPiece> snapshot() {
    var states = seats.clone();
    var who = holders.clone();
    var when = changedAt.clone();
    int pieces = (seats.length + SEATS_IN_A_PIECE - 1) / SEATS_IN_A_PIECE;
    return IntStream.range(0, pieces).mapToObj(piece -> piece(piece, states, who, when));
  }

  private static SeatSnapshotPiece piece(int number, Seat[] seats, String[] who, long[] when) {
    var states = SeatStates.newBuilder();
    int from = number * SEATS_IN_A_PIECE;
    for (int i = from; i < Math.min(seats.length, from + SEATS_IN_A_PIECE); i++) {
      states.addStates(
          switch (seats[i].state()) {
            case FREE -> SeatStates.State.STATE_FREE;
            case HELD -> SeatStates.State.STATE_HELD;
            case BOOKED -> SeatStates.State.STATE_BOOKED;
          });
      states.addHolders(who[i]).addChangedAt(when[i]);
    }
    return SeatSnapshotPiece.newBuilder().setSeats(states).build();
  }

  /** Takes the states of the seats from a position on. */
  void restore(int from, SeatStates states) {
    int count = states.getStatesCount();
    if (count > seats.length - from
        || count != states.getHoldersCount()
        || count != states.getChangedAtCount()) {
      throw new IllegalArgumentException(count + " seat states do not fit from " + from);
    }
    for (int i = 0; i < count; i++) {
      var state =
          switch (states.getStates(i)) {
            case STATE_FREE -> SeatState.FREE;
            case STATE_HELD -> SeatState.HELD;
            case STATE_BOOKED -> SeatState.BOOKED;
            case STATE_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("a seat of unknown state");
          };
      set(from + i, state, states.getHolders(i), states.getChangedAt(i));
    }
  }

  private int position(String seatId) {
    Integer position = positions.get(seatId);
    if (position == null) {
      throw new IllegalStateException("no seat " + seatId);
    }
    return position;
  }

  void digest(StateDigest digest) {
    for (int i = 0; i < seats.length; i++) {
      digest.add(seats[i].state().name()).add(holders[i]).add(changedAt[i]);
    }
  }
}
