package dev.usher.cli.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;

/** Bookings on the replicated journal and on one in memory: what durable sagas cost. */
public record Comparison(BenchReport durable, BenchReport inMemory) {
  /** By how much fewer bookings a second there are, in percent. */
  double costPercent() {
    return 100 * (1 - durable.bookedPerSecond() / inMemory.bookedPerSecond());
  }

  public boolean failed() {
    return durable.failed() > 0
        || inMemory.failed() > 0
        || durable.booked() == 0
        || inMemory.booked() == 0;
  }

  /** For people. */
  public String text() {
    return "With the replicated journal\n"
        + durable.text()
        + "With a journal in memory\n"
        + inMemory.text()
        + String.format(
            Locale.ROOT,
            "Durable sagas cost %.1f %% of the bookings a second, %+.1f ms at p50, %+.1f ms at"
                + " p99%s%n",
            costPercent(),
            durable.p50() - inMemory.p50(),
            durable.p99() - inMemory.p99(),
            warmCpu());
  }

  /** What remains whatever else the machine does, and however cold it is. */
  private String warmCpu() {
    return durable.cpu().isPresent() && inMemory.cpu().isPresent()
        ? String.format(
            Locale.ROOT,
            ", %+.2f ms of CPU a booking without the compilers",
            durable.cpu().get().warm() - inMemory.cpu().get().warm())
        : "";
  }

  /** For programs. */
  public String json() {
    var mapper = new ObjectMapper();
    try {
      var root = mapper.createObjectNode().put("costPercent", costPercent());
      root.set("durable", mapper.readTree(durable.json()));
      root.set("inMemory", mapper.readTree(inMemory.json()));
      return root.toPrettyString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report's own JSON can't be read", e);
    }
  }
}
