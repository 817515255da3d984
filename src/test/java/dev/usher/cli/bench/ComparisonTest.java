package dev.usher.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static BenchReport report(long booked, double p50, Map<String, Long> failures) {
    return report(booked, p50, failures, Optional.empty());
  }

  private static BenchReport report(
      long booked, double p50, Map<String, Long> failures, Optional<CpuTime.PerThousand> cpu) {
    return new BenchReport("closed, 32 clients", 10, booked, 0, failures, p50, 60, 70, 80, cpu, 0);
  }

  private static final Comparison COMPARISON =
      new Comparison(report(750, 40, Map.of()), report(1000, 25, Map.of()));

  @Test
  void theCostIsTheShareOfBookingsThatAreMissing() {
    assertThat(COMPARISON.text())
        .containsSubsequence("replicated", "75", "in memory", "100")
        .contains("cost 25.0 % of the bookings a second, +15.0 ms at p50, +0.0 ms at p99");
  }

  @Test
  void whatACompilerTakesIsNoCostOfTheJournal() {
    var durable = report(750, 40, Map.of(), Optional.of(new CpuTime.PerThousand(12, 5)));
    var inMemory = report(1000, 25, Map.of(), Optional.of(new CpuTime.PerThousand(9, 4)));

    assertThat(new Comparison(durable, inMemory).text())
        .contains("+2.00 ms of CPU a booking without the compilers");
  }

  @Test
  void theJsonHasBothReports() throws IOException {
    var json = new ObjectMapper().readTree(COMPARISON.json());
    assertThat(json.at("/costPercent").asDouble()).isEqualTo(25);
    assertThat(json.at("/durable/booked").asLong()).isEqualTo(750);
    assertThat(json.at("/inMemory/booked").asLong()).isEqualTo(1000);
  }

  @Test
  void aComparisonWithAFailureOrWithoutBookingsFailed() {
    assertThat(COMPARISON.failed()).isFalse();
    assertThat(new Comparison(report(1, 1, Map.of("X", 1L)), report(1, 1, Map.of())).failed())
        .isTrue();
    assertThat(new Comparison(report(0, 1, Map.of()), report(1, 1, Map.of())).failed()).isTrue();
  }
}
