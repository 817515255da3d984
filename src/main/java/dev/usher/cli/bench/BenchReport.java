package dev.usher.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.cli.term.Table;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What was measured; latencies in milliseconds.
 *
 * @param mode {@code closed, 64 clients} or {@code open, 500/s}
 * @param seconds how long was counted
 * @param failures answers that were neither a booking nor a definite refusal, by reason
 * @param cpu of all nodes; empty for remote nodes
 * @param seatWaits how often a client waited for a new event; more than 0 makes figures too low
 */
public record BenchReport(
    String mode,
    double seconds,
    long booked,
    long refused,
    Map<String, Long> failures,
    double p50,
    double p99,
    double p999,
    double max,
    Optional<CpuTime.PerThousand> cpu,
    int seatWaits) {

  public double bookedPerSecond() {
    return booked / seconds;
  }

  public double refusedPerSecond() {
    return refused / seconds;
  }

  public long failed() {
    return failures.values().stream().mapToLong(Long::longValue).sum();
  }

  /** For people. */
  public String text() {
    var table =
        Table.of(
            "LOOP",
            "BOOKED/S",
            "REFUSED/S",
            "P50 MS",
            "P99 MS",
            "P99.9 MS",
            "MAX MS",
            "CPU S/1000",
            "COMPILERS",
            "FAILED");
    table.row(
        mode,
        number(bookedPerSecond(), 0),
        number(refusedPerSecond(), 0),
        number(p50, 2),
        number(p99, 2),
        number(p999, 2),
        number(max, 2),
        cpu.map(all -> number(all.all(), 2)).orElse("-"),
        cpu.map(all -> number(all.compilers(), 2)).orElse("-"),
        failed());
    String text = table.render();
    if (!failures.isEmpty()) {
      text +=
          "Failed: "
              + failures.entrySet().stream()
                  .map(e -> e.getValue() + " × " + e.getKey())
                  .collect(Collectors.joining(", "))
              + "\n";
    }
    if (seatWaits > 0) {
      text +=
          "Clients waited " + seatWaits + " times for seats to sell; the figures are too low.\n";
    }
    return text;
  }

  private static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** For programs. */
  public String json() {
    var root = new ObjectMapper().createObjectNode();
    root.put("mode", mode).put("seconds", seconds).put("booked", booked).put("refused", refused);
    root.put("bookedPerSecond", bookedPerSecond()).put("refusedPerSecond", refusedPerSecond());
    root.putObject("latencyMs").put("p50", p50).put("p99", p99).put("p99.9", p999).put("max", max);
    root.put("cpuSecondsPer1000Bookings", cpu.map(CpuTime.PerThousand::all).orElse(null));
    root.put(
        "compilerSecondsPer1000Bookings", cpu.map(CpuTime.PerThousand::compilers).orElse(null));
    root.put("failed", failed());
    var failed = root.putObject("failures");
    failures.forEach(failed::put);
    return root.put("seatWaits", seatWaits).toPrettyString();
  }
}
