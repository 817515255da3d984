package dev.usher.cli.term;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Rows in aligned columns: headings in capitals, two spaces between, numbers to the right. */
public final class Table {
  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  private Table(List<String> headings) {
    this.headings = headings;
  }

  public static Table of(String... headings) {
    return new Table(List.of(headings));
  }

  /** Adds a row; one cell for each heading. */
  public Table row(Object... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(
          cells.length + " cells for " + headings.size() + " columns");
    }
    rows.add(Arrays.stream(cells).map(cell -> oneLine(String.valueOf(cell))).toList());
    return this;
  }

  /** A server's text can't break the table or send escape sequences to the terminal. */
  public static String oneLine(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** The lines, each ended by a line feed. */
  public String render() {
    int columns = headings.size();
    var width = new int[columns];
    var numeric = new boolean[columns];
    for (int c = 0; c < columns; c++) {
      final int column = c;
      width[c] =
          Math.max(
              length(headings.get(c)),
              rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0));
      numeric[c] =
          !rows.isEmpty()
              && rows.stream()
                  .allMatch(row -> row.get(column).matches("-|-?[0-9][0-9., ]*( [A-Z]{3})?"));
    }
    var text = new StringBuilder();
    line(text, headings, width, numeric);
    rows.forEach(row -> line(text, row, width, numeric));
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells, int[] width, boolean[] numeric) {
    var parts = new ArrayList<String>();
    for (int c = 0; c < cells.size(); c++) {
      String fill = " ".repeat(width[c] - length(cells.get(c)));
      parts.add(numeric[c] ? fill + cells.get(c) : cells.get(c) + fill);
    }
    text.append(parts.stream().collect(Collectors.joining("  ")).stripTrailing()).append('\n');
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
