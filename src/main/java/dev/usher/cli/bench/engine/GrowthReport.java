package dev.usher.cli.bench.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.cli.term.Table;
import java.util.List;
import java.util.Locale;

/**
 * What a command costs after ever more commands.
 *
 * @param commandBytes size of each command
 * @param inFlight commands in flight
 * @param rows in the order of time
 */
public record GrowthReport(int commandBytes, int inFlight, List<Row> rows) {
  private static final double MEBI = 1 << 20;

  /**
   * How it was between the row before and this one.
   *
   * @param commands in the log's whole life
   * @param cpuMicrosPerCommand CPU time of all three nodes
   * @param residentBytes memory of all three nodes, at the end
   * @param dataBytes files of all three nodes, at the end
   */
  record Row(
      long commands,
      double perSecond,
      double cpuMicrosPerCommand,
      long residentBytes,
      long dataBytes) {}

  public GrowthReport {
    rows = List.copyOf(rows);
  }

  /** For people. */
  public String text() {
    var table = Table.of("COMMANDS", "COMMANDS/S", "CPU S/1000", "MEMORY MIB", "FILES MIB");
    for (Row row : rows) {
      table.row(
          row.commands(),
          number(row.perSecond(), 0),
          number(row.cpuMicrosPerCommand() / 1e3, 3),
          number(row.residentBytes() / MEBI, 0),
          number(row.dataBytes() / MEBI, 0));
    }
    return table.render()
        + String.format(
            Locale.ROOT,
            "Commands of %d bytes, %d in flight; memory and files of three nodes.%n",
            commandBytes,
            inFlight);
  }

  /** For programs. */
  public String json() {
    var root = new ObjectMapper().createObjectNode();
    root.put("commandBytes", commandBytes).put("inFlight", inFlight);
    var levels = root.putArray("growth");
    for (Row row : rows) {
      levels
          .addObject()
          .put("commands", row.commands())
          .put("commandsPerSecond", row.perSecond())
          .put("cpuMicrosPerCommand", row.cpuMicrosPerCommand())
          .put("residentBytes", row.residentBytes())
          .put("dataBytes", row.dataBytes());
    }
    return root.toPrettyString();
  }

  private static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
