package dev.usher.cli.term;

import dev.usher.api.booking.v1.Seat;
import dev.usher.cli.term.Terminal.Style;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Seats as they lie: a block for each section, a line for each row, a mark for each seat, and a gap
 * where the plan has one. The marks differ in shape, so the map can be read without colours.
 */
public final class SeatMap {
  private static final String FREE = "○";
  private static final String HELD = "◐";
  private static final String BOOKED = "●";

  /** A wider gap is drawn no wider than this many seats. */
  private static final int GAP_SEATS_MAX = 4;

  private final Terminal terminal;

  public SeatMap(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The whole map with a legend; sections and rows in the order in which they come. */
  public String render(List<Seat> seats) {
    if (seats.isEmpty()) {
      return "This event has no seats.\n";
    }
    var text = new StringBuilder();
    for (var section : grouped(seats, Seat::getSection).entrySet()) {
      long free = count(section.getValue(), Seat.State.STATE_FREE);
      text.append(terminal.styled(Style.STRONG, heading(section.getKey())))
          .append("  ")
          .append(free)
          .append(" of ")
          .append(section.getValue().size())
          .append(" free\n");
      rows(text, section.getValue());
      text.append('\n');
    }
    legend(text, seats);
    return text.toString();
  }

  private static String heading(String section) {
    return section.isEmpty() ? "Seats" : Table.oneLine(section);
  }

  private static Map<String, List<Seat>> grouped(
      List<Seat> seats, java.util.function.Function<Seat, String> key) {
    return seats.stream()
        .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
  }

  private void rows(StringBuilder text, List<Seat> section) {
    double spacing = spacing(section);
    double left = section.stream().mapToDouble(Seat::getX).min().orElse(0);
    var rows = grouped(section, Seat::getRow);
    int labelWidth = rows.values().stream().mapToInt(row -> label(row).length()).max().orElse(0);
    for (var row : rows.values()) {
      text.append("  ").append(String.format("%" + Math.max(1, labelWidth) + "s", label(row)));
      text.append("  ").append(line(row, left, spacing)).append('\n');
    }
  }

  private static String label(List<Seat> row) {
    return Table.oneLine(row.getFirst().getRow());
  }

  private String line(List<Seat> row, double left, double spacing) {
    var ordered = new ArrayList<>(row);
    ordered.sort(Comparator.comparingDouble(Seat::getX));
    var line = new StringBuilder();
    double before = left - spacing;
    for (Seat seat : ordered) {
      long steps = spacing > 0 ? Math.round((seat.getX() - before) / spacing) - 1 : 0;
      boolean first = before == left - spacing;
      long gap = first ? Math.max(0, steps) : Math.clamp(steps, 0, GAP_SEATS_MAX);
      line.append("  ".repeat((int) Math.min(gap, 40))).append(mark(seat.getState())).append(' ');
      before = seat.getX();
    }
    String first = ordered.getFirst().getNumber();
    String last = ordered.getLast().getNumber();
    String range = first.equals(last) ? first : first + "–" + last;
    return line + terminal.styled(Style.FAINT, " " + Table.oneLine(range));
  }

  private String mark(Seat.State state) {
    return switch (state) {
      case STATE_FREE -> terminal.styled(Style.GOOD, FREE);
      case STATE_HELD -> terminal.styled(Style.WAIT, HELD);
      case STATE_BOOKED -> terminal.styled(Style.FAINT, BOOKED);
      case STATE_UNSPECIFIED, UNRECOGNIZED -> "?";
    };
  }

  /** The usual distance between neighbours: the median over all rows, 0 when there is none. */
  private static double spacing(List<Seat> section) {
    var distances = new ArrayList<Double>();
    for (var row : grouped(section, Seat::getRow).values()) {
      var xs = row.stream().map(Seat::getX).sorted().toList();
      for (int i = 1; i < xs.size(); i++) {
        double distance = xs.get(i) - xs.get(i - 1);
        if (distance > 0) {
          distances.add(distance);
        }
      }
    }
    distances.sort(Comparator.naturalOrder());
    return distances.isEmpty() ? 0 : distances.get(distances.size() / 2);
  }

  private void legend(StringBuilder text, List<Seat> seats) {
    text.append(mark(Seat.State.STATE_FREE))
        .append(" free ")
        .append(count(seats, Seat.State.STATE_FREE))
        .append("   ")
        .append(mark(Seat.State.STATE_HELD))
        .append(" held ")
        .append(count(seats, Seat.State.STATE_HELD))
        .append("   ")
        .append(mark(Seat.State.STATE_BOOKED))
        .append(" booked ")
        .append(count(seats, Seat.State.STATE_BOOKED))
        .append('\n');
    Set<String> prices = new TreeSet<>(Names.NATURAL);
    seats.forEach(
        seat ->
            prices.add(Table.oneLine(seat.getCategory()) + " " + Amounts.text(seat.getPrice())));
    text.append(String.join(" · ", prices)).append('\n');
    seats.stream()
        .filter(seat -> seat.getState() == Seat.State.STATE_FREE)
        .findFirst()
        .ifPresent(
            seat ->
                text.append("A seat is named as in: --seats ")
                    .append(Names.id(seat.getName()))
                    .append("  (row ")
                    .append(Table.oneLine(seat.getRow()))
                    .append(", seat ")
                    .append(Table.oneLine(seat.getNumber()))
                    .append("); --list names them all\n"));
  }

  private static long count(List<Seat> seats, Seat.State state) {
    return seats.stream().filter(seat -> seat.getState() == state).count();
  }
}
