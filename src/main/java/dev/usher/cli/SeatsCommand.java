package dev.usher.cli;

import dev.usher.api.booking.v1.Seat;
import dev.usher.cli.client.Seats;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.term.Amounts;
import dev.usher.cli.term.Names;
import dev.usher.cli.term.SeatMap;
import dev.usher.cli.term.Table;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "seats",
    header = "Show the seats of an event: a map, or a list with names and prices.",
    description = {
      "",
      "○ is free, ◐ is held by somebody, ● is booked. The answer is linearizable: it has every"
          + " booking that was confirmed before you asked; --stale asks one node's own copy.",
    },
    footer = {"", "Examples:", "  usher seats hamlet", "  usher seats hamlet --list --free"})
final class SeatsCommand extends ApiCommand {
  @Parameters(paramLabel = "EVENT", description = "The event, for example hamlet.")
  String event = "";

  @Option(names = "--list", description = "A table instead of the map.", order = 1)
  boolean list;

  @Option(names = "--free", description = "With --list: free seats only.", order = 2)
  boolean freeOnly;

  @Option(names = "--stale", description = "From the node's own copy, which may lag.", order = 3)
  boolean stale;

  SeatsCommand(Cli cli) {
    super(cli);
  }

  @Override
  int run(UsherClient client) {
    List<Seat> all = Seats.of(client, Names.of("events", event), stale);
    List<Seat> seats =
        freeOnly ? all.stream().filter(s -> s.getState() == Seat.State.STATE_FREE).toList() : all;
    return print(seats, () -> list ? table(seats) : new SeatMap(cli.terminal()).render(seats));
  }

  private static String table(List<Seat> seats) {
    var table = Table.of("SEAT", "SECTION", "ROW", "NUMBER", "CATEGORY", "PRICE", "STATE");
    for (Seat seat : seats) {
      table.row(
          Names.id(seat.getName()),
          seat.getSection(),
          seat.getRow(),
          seat.getNumber(),
          seat.getCategory(),
          Amounts.text(seat.getPrice()),
          Words.of(seat.getState()));
    }
    return table.render();
  }
}
