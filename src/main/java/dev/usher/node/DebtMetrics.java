package dev.usher.node;

import dev.usher.raft.GroupId;
import dev.usher.seats.SeatView.DebtKind;
import dev.usher.seats.SeatView.Debts;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.ToLongFunction;

/**
 * What is owed to buyers and provider: a debt is paid within seconds, so an alarm is to ring when
 * one gets old. Every group and kind has its line, 0 when nobody owes.
 */
final class DebtMetrics {
  private DebtMetrics() {}

  /**
   * Writes the figures.
   *
   * @param nowMs of this node's clock, milliseconds since 1970; debts are dated by log time, which
   *     is another node's, so an age may be off by what the clocks differ
   */
  static void write(
      StringBuilder text, SortedMap<GroupId, Map<DebtKind, Debts>> groups, long nowMs) {
    lines(
        text,
        "usher_booking_debts",
        "Bookings that owe a capture, a void or a refund.",
        groups,
        Debts::count);
    lines(
        text,
        "usher_booking_debt_age_seconds",
        "Age of the oldest debt that is not paid.",
        groups,
        debts -> Math.max(0, nowMs - debts.sinceMs()) / 1000);
  }

  private static void lines(
      StringBuilder text,
      String name,
      String help,
      SortedMap<GroupId, Map<DebtKind, Debts>> groups,
      ToLongFunction<Debts> value) {
    Metrics.header(text, name, help);
    groups.forEach(
        (group, byKind) -> {
          for (var kind : DebtKind.values()) {
            var debts = byKind.get(kind);
            text.append(name)
                .append("{group=\"")
                .append(group)
                .append("\",kind=\"")
                .append(kind.name().toLowerCase(Locale.ROOT))
                .append("\"} ")
                .append(debts == null ? 0 : value.applyAsLong(debts))
                .append('\n');
          }
        });
  }
}
