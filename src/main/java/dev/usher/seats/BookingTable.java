package dev.usher.seats;

import dev.usher.replica.StateDigest;
import dev.usher.replica.TimedQueue;
import dev.usher.seats.proto.BookingRecord;
import dev.usher.seats.proto.BookingRecord.State;
import dev.usher.seats.proto.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The bookings of the group, with an index of each user's and one of those that owe. A refused or
 * fenced booking is remembered until its debts are paid and nobody can come back with it.
 */
final class BookingTable {
  /**
   * @param refusal what a REJECTED booking was told, to tell it again
   * @param forgetMs log time of forgetting, {@link #NEVER} for most
   */
  private record Row(BookingRecord booking, Optional<Refusal> refusal, long forgetMs) {}

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

  int debtCount() {
    return debts.size();
  }

  /** In the order of their keys. */
  List<BookingRecord> after(Key key, int limit) {
    return rows.tailMap(key, false).values().stream().limit(limit).map(Row::booking).toList();
  }

  BookingRecord get(Key key) {
    return find(key)
        .orElseThrow(() -> new IllegalStateException("there is no " + Names.booking(key)));
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
    var before = rows.put(key, new Row(booking, refusal, forgetMs));
    if (before != null && before.forgetMs() != NEVER) {
      forgets.remove(before.forgetMs(), key);
    }
    if (forgetMs != NEVER) {
      forgets.add(forgetMs, key);
    }
    if (sold(booking) && (before == null || !sold(before.booking()))) {
      byUser.computeIfAbsent(booking.getUserId(), user -> new ArrayList<>()).add(key);
    }
    if (owes(booking)) {
      debts.add(key);
    } else {
      debts.remove(key);
    }
  }

  void forgetDue(long timeMs) {
    forgets.drainDue(timeMs, rows::remove);
  }

  int size() {
    return rows.size();
  }

  void digest(StateDigest digest) {
    digest.add(rows.size());
    rows.forEach(
        (key, row) -> {
          digest.add(row.booking()).add(row.forgetMs());
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
