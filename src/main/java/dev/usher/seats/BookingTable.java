package dev.usher.seats;

import dev.usher.replica.StateDigest;
import dev.usher.replica.TimedQueue;
import dev.usher.seats.SeatView.DebtKind;
import dev.usher.seats.SeatView.Debts;
import dev.usher.seats.proto.BookingRecord;
import dev.usher.seats.proto.BookingRecord.State;
import dev.usher.seats.proto.BookingState;
import dev.usher.seats.proto.Refusal;
import dev.usher.seats.proto.SeatSnapshotPiece;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The bookings of the group, with an index of each user's and one of those that owe. A refused or
 * fenced booking is remembered until its debts are paid and nobody can come back with it.
 */
final class BookingTable {
  /**
   * @param refusal what a REJECTED booking was told, to tell it again
   * @param forgetMs log time of forgetting, {@link #NEVER} for most
   * @param soldAt the entry that made it the buyer's, 0 when it never was
   * @param owesSince the entry since which it owes, 0 when it does not
   * @param owesSinceMs log time since when it owes what it owes now, 0 when it owes nothing
   */
  private record Row(
      BookingRecord booking,
      Optional<Refusal> refusal,
      long forgetMs,
      long soldAt,
      long owesSince,
      long owesSinceMs) {}

  private static final long NEVER = Long.MAX_VALUE;

  private final TreeMap<Key, Row> rows = new TreeMap<>();
  private final Map<String, List<Key>> byUser = new HashMap<>();
  // In the order in which the debts arose.
  private final LinkedHashSet<Key> debts = new LinkedHashSet<>();
  private final TimedQueue<Key> forgets = new TimedQueue<>();

  static Key keyOf(BookingRecord booking) {
    return new Key(booking.getEventId(), booking.getBookingId());
  }

  static boolean owes(BookingRecord booking) {
    return booking.getCaptureOwed() || booking.getVoidOwed() || booking.getRefundOwed();
  }

  /** Whether the seats were the buyer's at some time: what they see in their list. */
  private static boolean sold(BookingRecord booking) {
    return switch (booking.getState()) {
      case STATE_COMMITTED, STATE_CONFIRMED, STATE_CANCELLED, STATE_RELEASED -> true;
      case STATE_FENCED, STATE_REJECTED -> false;
      case STATE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalStateException("a booking without a state: " + keyOf(booking));
    };
  }

  Optional<BookingRecord> find(Key key) {
    return Optional.ofNullable(rows.get(key)).map(Row::booking);
  }

  /**
   * The booking of that id whose seats were the buyer's at some time. Keys are ordered by their own
   * id first, so those of one id are neighbours, and neither the user's history nor the table's
   * size costs anything (a stream of a tail counts all of it).
   */
  Optional<BookingRecord> sold(String id) {
    for (var row : rows.tailMap(new Key("", id)).entrySet()) {
      if (!row.getKey().id().equals(id)) {
        break;
      }
      if (row.getValue().soldAt() > 0) {
        return Optional.of(row.getValue().booking());
      }
    }
    return Optional.empty();
  }

  Optional<Refusal> refusal(Key key) {
    return Optional.ofNullable(rows.get(key)).flatMap(Row::refusal);
  }

  /** Bookings of a user, oldest first. */
  List<BookingRecord> of(String userId) {
    return byUser.getOrDefault(userId, List.of()).stream().map(this::get).toList();
  }

  /** Bookings that owe, the oldest debt first; costs no more than what it gives. */
  List<BookingRecord> debts(int limit) {
    return debts.stream().limit(limit).map(this::get).toList();
  }

  /** Goes over all debts. */
  Map<DebtKind, Debts> debtsByKind() {
    Map<DebtKind, Debts> all = new EnumMap<>(DebtKind.class);
    for (var key : debts) {
      var row = row(key);
      var debt = new Debts(1, row.owesSinceMs());
      kinds(row.booking()).forEach(kind -> all.merge(kind, debt, Debts::plus));
    }
    return all;
  }

  private static Set<DebtKind> kinds(BookingRecord booking) {
    var kinds = EnumSet.noneOf(DebtKind.class);
    if (booking.getCaptureOwed()) {
      kinds.add(DebtKind.CAPTURE);
    }
    if (booking.getVoidOwed()) {
      kinds.add(DebtKind.VOID);
    }
    if (booking.getRefundOwed()) {
      kinds.add(DebtKind.REFUND);
    }
    return kinds;
  }

  /** In the order of their keys. By hand: a stream of a tail counts all of it first. */
  List<BookingRecord> after(Key key, int limit) {
    var page = new ArrayList<BookingRecord>();
    for (var row : rows.tailMap(key, false).values()) {
      if (page.size() == limit) {
        break;
      }
      page.add(row.booking());
    }
    return page;
  }

  BookingRecord get(Key key) {
    return row(key).booking();
  }

  private Row row(Key key) {
    var row = rows.get(key);
    if (row == null) {
      throw new IllegalStateException("there is no " + Names.booking(key));
    }
    return row;
  }

  /** Adds or replaces; log time is now {@code timeMs}. */
  void put(BookingRecord booking, long timeMs) {
    put(booking, refusal(keyOf(booking)), timeMs);
  }

  /** Adds a booking that was refused. */
  void putRejected(BookingRecord booking, Refusal refusal, long timeMs) {
    if (booking.getState() != State.STATE_REJECTED) {
      throw new IllegalStateException("not rejected: " + Names.booking(keyOf(booking)));
    }
    put(booking, Optional.of(refusal), timeMs);
  }

  private void put(BookingRecord booking, Optional<Refusal> refusal, long timeMs) {
    var key = keyOf(booking);
    long forgetMs =
        sold(booking) || owes(booking)
            ? NEVER
            : timeMs + SeatLimits.REFUSED_BOOKING_MEMORY.toMillis();
    var before = rows.get(key);
    long soldAt = before == null ? 0 : before.soldAt();
    long owesSince = before == null ? 0 : before.owesSince();
    boolean isNewlySold = soldAt == 0 && sold(booking);
    boolean isNewlyOwing = owesSince == 0 && owes(booking);
    rows.put(
        key,
        new Row(
            booking,
            refusal,
            forgetMs,
            isNewlySold ? booking.getRevision() : soldAt,
            isNewlyOwing ? booking.getRevision() : owes(booking) ? owesSince : 0,
            owesSinceMs(before, booking, timeMs)));
    if (before != null && before.forgetMs() != NEVER) {
      forgets.remove(before.forgetMs(), key);
    }
    if (forgetMs != NEVER) {
      forgets.add(forgetMs, key);
    }
    if (isNewlySold) {
      byUser.computeIfAbsent(booking.getUserId(), user -> new ArrayList<>()).add(key);
    }
    if (owes(booking)) {
      debts.add(key);
    } else {
      debts.remove(key);
    }
  }

  private static long owesSinceMs(@Nullable Row before, BookingRecord booking, long timeMs) {
    if (!owes(booking)) {
      return 0;
    }
    return before != null && kinds(before.booking()).equals(kinds(booking))
        ? before.owesSinceMs()
        : timeMs;
  }

  void forgetDue(long timeMs) {
    forgets.drainDue(timeMs, rows::remove);
  }

  int size() {
    return rows.size();
  }

  Stream<SeatSnapshotPiece> snapshot() {
    return List.copyOf(rows.values()).stream().map(BookingTable::piece);
  }

  private static SeatSnapshotPiece piece(Row row) {
    var state =
        BookingState.newBuilder()
            .setBooking(row.booking())
            .setSoldAt(row.soldAt())
            .setOwesSince(row.owesSince())
            .setOwesSinceMillis(row.owesSinceMs());
    row.refusal().ifPresent(state::setRefusal);
    if (row.forgetMs() != NEVER) {
      state.setForgetTimeMillis(row.forgetMs());
    }
    return SeatSnapshotPiece.newBuilder().setBooking(state).build();
  }

  /** The indexes follow in {@link #restored}. */
  void restore(BookingState state) {
    var key = keyOf(state.getBooking());
    long forgetMs = state.hasForgetTimeMillis() ? state.getForgetTimeMillis() : NEVER;
    rows.put(
        key,
        new Row(
            state.getBooking(),
            state.hasRefusal() ? Optional.of(state.getRefusal()) : Optional.empty(),
            forgetMs,
            state.getSoldAt(),
            state.getOwesSince(),
            state.getOwesSinceMillis()));
    if (forgetMs != NEVER) {
      forgets.add(forgetMs, key);
    }
  }

  /** All rows are there: an entry sells or owes for one booking only, so its index is an order. */
  void restored() {
    rows.values().stream()
        .filter(row -> row.soldAt() > 0)
        .sorted(Comparator.comparingLong(Row::soldAt))
        .map(Row::booking)
        .forEach(
            booking ->
                byUser
                    .computeIfAbsent(booking.getUserId(), user -> new ArrayList<>())
                    .add(keyOf(booking)));
    rows.values().stream()
        .filter(row -> row.owesSince() > 0)
        .sorted(Comparator.comparingLong(Row::owesSince))
        .forEach(row -> debts.add(keyOf(row.booking())));
  }

  void clear() {
    rows.clear();
    byUser.clear();
    debts.clear();
    forgets.clear();
  }

  void digest(StateDigest digest) {
    digest.add(rows.size());
    rows.forEach(
        (key, row) -> {
          digest.add(row.booking()).add(row.forgetMs()).add(row.owesSinceMs());
          row.refusal().ifPresent(digest::add);
        });
    digest.add(debts.size());
    debts.forEach(key -> add(digest, key));
    var users = new TreeMap<>(byUser);
    users.forEach(
        (user, keys) -> {
          digest.add(user).add(keys.size());
          keys.forEach(key -> add(digest, key));
        });
  }

  private static void add(StateDigest digest, Key key) {
    digest.add(key.eventId()).add(key.id());
  }
}
