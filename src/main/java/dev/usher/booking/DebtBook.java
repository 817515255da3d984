package dev.usher.booking;

import dev.usher.seats.proto.BookingRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * When which debt is to be paid next. A new debt gets a grace, so that a living saga pays it first;
 * one that could not be paid gets a pause that doubles. Times are milliseconds of a monotonic
 * clock.
 */
final class DebtBook {
  private record Debt(long dueMs, long backoffMs, boolean inFlight) {}

  private final ReconcilerSettings settings;
  private final Map<String, Debt> debts = new HashMap<>();

  DebtBook(ReconcilerSettings settings) {
    this.settings = settings;
  }

  /** Learns what is owed now, and gives what is to be paid now; that counts as in flight. */
  List<BookingRecord> due(List<BookingRecord> owed, long nowMs) {
    Set<String> keys = owed.stream().map(DebtBook::keyOf).collect(Collectors.toSet());
    debts.entrySet().removeIf(debt -> !debt.getValue().inFlight() && !keys.contains(debt.getKey()));
    List<BookingRecord> due = new ArrayList<>();
    long free = settings.inFlight() - debts.values().stream().filter(Debt::inFlight).count();
    for (var booking : owed) {
      var debt = debts.computeIfAbsent(keyOf(booking), key -> fresh(nowMs));
      if (due.size() < free && !debt.inFlight() && debt.dueMs() <= nowMs) {
        due.add(booking);
        debts.put(keyOf(booking), new Debt(debt.dueMs(), debt.backoffMs(), true));
      }
    }
    return due;
  }

  private Debt fresh(long nowMs) {
    return new Debt(nowMs + settings.grace().toMillis(), settings.firstBackoff().toMillis(), false);
  }

  void paid(BookingRecord booking) {
    debts.remove(keyOf(booking));
  }

  /**
   * Notes a try that failed.
   *
   * @return the pause until it is tried again, in milliseconds
   */
  long stillOwed(BookingRecord booking, long nowMs) {
    var debt = debts.getOrDefault(keyOf(booking), fresh(nowMs));
    long doubled = Math.min(debt.backoffMs() * 2, settings.maxBackoff().toMillis());
    debts.put(keyOf(booking), new Debt(nowMs + debt.backoffMs(), doubled, false));
    return debt.backoffMs();
  }

  /** Another node leads: it is that node's business now. */
  void forgetIdle() {
    debts.values().removeIf(debt -> !debt.inFlight());
  }

  /** A change of the record makes another debt of it: a cancelled booking first owes a refund. */
  private static String keyOf(BookingRecord booking) {
    return booking.getEventId() + '/' + booking.getBookingId() + '/' + booking.getRevision();
  }
}
