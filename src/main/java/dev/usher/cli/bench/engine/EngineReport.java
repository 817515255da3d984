package dev.usher.cli.bench.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.cli.term.Table;
import java.util.List;
import java.util.Locale;

/**
 * What was measured.
 *
 * @param commandBytes size of each command
 * @param floor what the machine needs at least, measured in the same run
 * @param rows one for each number of commands in flight
 */
public record EngineReport(int commandBytes, Floor floor, List<Row> rows) {
  /**
   * One level of load.
   *
   * @param cpuMicrosPerCommand CPU time of all three nodes
   * @param bytesPerCommand written to disk by all three nodes, preallocated zeros among them
   * @param forcesPerCommand of all three nodes' disks
   */
  record Row(
      int inFlight,
      double perSecond,
      long p50Nanos,
      long p99Nanos,
      double cpuMicrosPerCommand,
      double bytesPerCommand,
      double forcesPerCommand) {}

  public EngineReport {
    rows = List.copyOf(rows);
  }

  /** For people. */
  public String text() {
    var table =
        Table.of(
            "IN FLIGHT",
            "COMMANDS/S",
            "P50 MS",
            "P99 MS",
            "CPU S/1000",
            "BYTES/COMMAND",
            "FSYNCS/COMMAND");
    for (Row row : rows) {
      table.row(
          row.inFlight(),
          number(row.perSecond(), 0),
          millis(row.p50Nanos()),
          millis(row.p99Nanos()),
          number(row.cpuMicrosPerCommand() / 1e3, 3),
          number(row.bytesPerCommand(), 0),
          number(row.forcesPerCommand(), 3));
    }
    return table.render()
        + String.format(
            Locale.ROOT,
            "Commands of %d bytes. This machine's floor: %s ms for appending and forcing 4 KiB (p99"
                + " %s), %s ms for a loopback round trip%s.%n",
            commandBytes,
            millis(floor.forceP50Nanos()),
            millis(floor.forceP99Nanos()),
            millis(floor.roundTripP50Nanos()),
            halting());
  }

  /** Messages that wake a processor of a virtual machine cost three times as much. */
  private String halting() {
    var nanos = floor.haltPollNanos();
    if (nanos.isEmpty()) {
      return "";
    }
    return nanos.getAsLong() == 0
        ? "; idle processors sleep at once (guest_halt_poll_ns is 0: see docs/operations.md)"
        : "; idle processors stay awake for " + nanos.getAsLong() / 1000 + " us";
  }

  /** For programs. */
  public String json() {
    var root = new ObjectMapper().createObjectNode();
    root.put("commandBytes", commandBytes);
    root.putObject("floorMs")
        .put("force4KiB", floor.forceP50Nanos() / 1e6)
        .put("force4KiBP99", floor.forceP99Nanos() / 1e6)
        .put("loopbackRoundTrip", floor.roundTripP50Nanos() / 1e6);
    floor.haltPollNanos().ifPresent(nanos -> root.put("guestHaltPollNs", nanos));
    var levels = root.putArray("levels");
    for (Row row : rows) {
      levels
          .addObject()
          .put("inFlight", row.inFlight())
          .put("commandsPerSecond", row.perSecond())
          .put("p50Ms", row.p50Nanos() / 1e6)
          .put("p99Ms", row.p99Nanos() / 1e6)
          .put("cpuMicrosPerCommand", row.cpuMicrosPerCommand())
          .put("diskBytesPerCommand", row.bytesPerCommand())
          .put("fsyncsPerCommand", row.forcesPerCommand());
    }
    return root.toPrettyString();
  }

  private static String millis(long nanos) {
    return number(nanos / 1e6, 3);
  }

  private static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
