package dev.usher.node;

import dev.usher.raft.GroupId;
import dev.usher.raft.log.FileDisk;
import dev.usher.replica.GroupStatus;
import dev.usher.seats.SeatView;
import dev.usher.seats.SeatView.DebtKind;
import dev.usher.seats.SeatView.Debts;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * Figures for a dashboard in the Prometheus text format: role, term and indexes of each group, what
 * bookings owe and what the sagas' journal holds, and the age of the process in seconds.
 */
final class Metrics {
  private static final Duration STATUS_WITHIN = Duration.ofSeconds(1);

  private final Ground ground;
  private final LongSupplier uptimeSeconds;
  private final LongSupplier wallClock;

  /**
   * @param wallClock milliseconds since 1970
   */
  Metrics(Ground ground, LongSupplier uptimeSeconds, LongSupplier wallClock) {
    this.ground = ground;
    this.uptimeSeconds = uptimeSeconds;
    this.wallClock = wallClock;
  }

  /** The exposition as it is now. */
  String exposition() {
    var text = new StringBuilder();
    header(text, "usher_uptime_seconds", "Seconds since this process started.");
    text.append("usher_uptime_seconds ").append(uptimeSeconds.getAsLong()).append('\n');
    var groups = Node.await(ground.status(), STATUS_WITHIN, "this node's status").groups();
    gauge(
        text,
        groups,
        "usher_raft_leader",
        "1 while this node leads the group.",
        group -> group.leader().filter(ground.self()::equals).isPresent() ? 1 : 0);
    gauge(text, groups, "usher_raft_term", "Current term.", GroupStatus::term);
    gauge(text, groups, "usher_raft_last_index", "Last index of the log.", GroupStatus::lastIndex);
    gauge(text, groups, "usher_raft_commit_index", "Commit index.", GroupStatus::commitIndex);
    gauge(
        text,
        groups,
        "usher_raft_applied_index",
        "Index up to which the state machine has come.",
        GroupStatus::appliedIndex);
    debts(text);
    journal(text);
    disk(text, ground.diskUsage());
    return text.toString();
  }

  /** What the disk was asked, for this node's page and the bench node's. */
  static void disk(StringBuilder text, FileDisk.Usage usage) {
    counter(text, "usher_disk_written_bytes_total", "Bytes written.", usage.bytesWritten());
    counter(text, "usher_disk_forces_total", "Times that a write was forced.", usage.forces());
  }

  private static void counter(StringBuilder text, String name, String help, long value) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(" counter\n");
    text.append(name).append(' ').append(value).append('\n');
  }

  private void debts(StringBuilder text) {
    SortedMap<GroupId, Map<DebtKind, Debts>> groups = new TreeMap<>();
    for (var seats : ground.seats()) {
      var owed = Node.await(seats.readStale(SeatView::debtsByKind), STATUS_WITHIN, "the debts");
      groups.put(seats.group(), owed);
    }
    DebtMetrics.write(text, groups, wallClock.getAsLong());
  }

  private void journal(StringBuilder text) {
    header(text, "usher_journal_bytes", "Events and snapshots of persistent actors.");
    long bytes =
        Node.await(
            ground.directory().readStale(view -> view.journal().bytes()),
            STATUS_WITHIN,
            "the journal");
    text.append("usher_journal_bytes ").append(bytes).append('\n');
  }

  private static void gauge(
      StringBuilder text,
      Iterable<GroupStatus> groups,
      String name,
      String help,
      ToLongFunction<GroupStatus> value) {
    header(text, name, help);
    for (var group : groups) {
      text.append(name)
          .append("{group=\"")
          .append(group.group())
          .append("\"} ")
          .append(value.applyAsLong(group))
          .append('\n');
    }
  }

  static void header(StringBuilder text, String name, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(" gauge\n");
  }
}
