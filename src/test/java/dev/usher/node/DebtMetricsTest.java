package dev.usher.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.raft.GroupId;
import dev.usher.seats.SeatView.DebtKind;
import dev.usher.seats.SeatView.Debts;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the alarm for debts rings by. */
class DebtMetricsTest {
  private static final long NOW_MS = 1_767_225_600_000L;

  @Test
  void countAndAgeOfTheOldestAreToldByGroupAndKind() {
    var text = write(Map.of(DebtKind.REFUND, new Debts(3, NOW_MS - 90_500)));

    assertThat(text)
        .contains("# TYPE usher_booking_debts gauge")
        .contains("# TYPE usher_booking_debt_age_seconds gauge")
        .contains("usher_booking_debts{group=\"seats-0\",kind=\"refund\"} 3\n")
        .contains("usher_booking_debt_age_seconds{group=\"seats-0\",kind=\"refund\"} 90\n");
  }

  @Test
  void whatNobodyOwesIsZeroAndNotMissing() {
    assertThat(write(Map.of()))
        .contains("usher_booking_debts{group=\"seats-0\",kind=\"capture\"} 0\n")
        .contains("usher_booking_debts{group=\"seats-0\",kind=\"void\"} 0\n")
        .contains("usher_booking_debt_age_seconds{group=\"seats-0\",kind=\"void\"} 0\n");
  }

  @Test
  void aDebtFromAClockThatIsAheadIsNew() {
    assertThat(write(Map.of(DebtKind.CAPTURE, new Debts(1, NOW_MS + 5_000))))
        .contains("usher_booking_debt_age_seconds{group=\"seats-0\",kind=\"capture\"} 0\n");
  }

  private static String write(Map<DebtKind, Debts> debts) {
    var groups = new TreeMap<GroupId, Map<DebtKind, Debts>>();
    groups.put(new GroupId("seats-0"), debts);
    var text = new StringBuilder();
    DebtMetrics.write(text, groups, NOW_MS);
    return text.toString();
  }
}
