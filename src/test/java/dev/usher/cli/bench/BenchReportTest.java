package dev.usher.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BenchReportTest {
  private static BenchReport report(Map<String, Long> failures, Optional<CpuTime.PerThousand> cpu) {
    return new BenchReport(
        "closed, 64 clients", 20, 10_000, 400, failures, 12.5, 40, 80.25, 99, cpu, 0);
  }

  @Test
  void figuresAreASecond() {
    assertThat(report(Map.of(), Optional.of(new CpuTime.PerThousand(8.75, 2.5))).text())
        .contains("LOOP")
        .containsSubsequence(
            "closed, 64 clients", "500", "20", "12.50", "40.00", "80.25", "8.75", "2.50");
  }

  @Test
  void failuresAreNamed() {
    assertThat(report(Map.of("NO_LEADER", 3L), Optional.empty()).text())
        .contains("Failed: 3 × NO_LEADER");
  }

  @Test
  void theJsonHasTheSameFigures() throws IOException {
    var json = new ObjectMapper().readTree(report(Map.of("X", 2L), Optional.empty()).json());
    assertThat(json.at("/bookedPerSecond").asDouble()).isEqualTo(500);
    assertThat(json.at("/latencyMs/p99.9").asDouble()).isEqualTo(80.25);
    assertThat(json.at("/cpuSecondsPer1000Bookings").isNull()).isTrue();
    assertThat(json.at("/failed").asLong()).isEqualTo(2);
  }

  @Test
  void percentilesAreInMilliseconds() {
    var tally = new Tally();
    for (int ms = 1; ms <= 100; ms++) {
      tally.booked(TimeUnit.MILLISECONDS.toNanos(ms));
    }
    tally.refused(TimeUnit.MILLISECONDS.toNanos(500));
    tally.failed("NO_LEADER");
    assertThat(tally.percentileMs(50)).isBetween(50.0, 52.0);
    assertThat(tally.maxMs()).isBetween(499.0, 501.0);
    assertThat(tally.bookedCount()).isEqualTo(100);
    assertThat(tally.refusedCount()).isEqualTo(1);
    assertThat(tally.failureCounts()).containsEntry("NO_LEADER", 1L);
  }

  @Test
  void aGeneratedPlanHasDistinctSeats() throws IOException {
    var plan = new ObjectMapper().readTree(Plan.of(3, 4));
    assertThat(plan.findValues("seat_guid").stream().map(n -> n.asText()))
        .hasSize(12)
        .doesNotHaveDuplicates();
    assertThat(plan.at("/zones/0/rows/2/row_number").asText()).isEqualTo("3");
    assertThat(Plan.of(100, 50).length).isLessThan(4 * 1024 * 1024);
  }

  @Test
  void cpuTimeIsCountedWithAndWithoutTheCompilers() {
    var begin = new CpuTime(Duration.ofSeconds(50), Duration.ofSeconds(30));
    var end = new CpuTime(Duration.ofSeconds(61), Duration.ofSeconds(36));

    var each = CpuTime.NONE.plus(end.minus(begin)).perThousand(1000);

    assertThat(each).isEqualTo(new CpuTime.PerThousand(11, 6));
    assertThat(each.warm()).isEqualTo(5);
  }

  @Test
  void settingsOutOfBoundsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new BenchSettings(
                    64, OptionalInt.of(0), Duration.ofSeconds(1), Duration.ZERO, 0, 16, 0))
        .withMessageContaining("--rate");
  }
}
