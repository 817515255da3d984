package dev.usher.chat.evaluation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A file of rows with tabs between the columns and the columns' names in the first row. */
final class Tsv {
  private Tsv() {}

  /** One row; every column asked for is there. */
  record Row(Map<String, String> cells) {
    String get(String column) {
      return cells.getOrDefault(column, "");
    }
  }

  /**
   * Reads a file.
   *
   * @throws EvaluationException when it is missing, lacks a column or has a row that is cut short
   */
  static List<Row> read(Path file, String... columns) {
    var lines = lines(file);
    if (lines.isEmpty()) {
      throw new EvaluationException(file + ": is empty; its first row must name the columns");
    }
    var names = List.of(lines.getFirst().split("\t", -1));
    for (var column : columns) {
      if (!names.contains(column)) {
        throw new EvaluationException(
            "%s: has no column '%s'; it has %s".formatted(file, column, String.join(", ", names)));
      }
    }
    var rows = new ArrayList<Row>(lines.size());
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isEmpty()) {
        rows.add(row(file, i + 1, names, lines.get(i)));
      }
    }
    return rows;
  }

  private static Row row(Path file, int line, List<String> names, String text) {
    var cells = text.split("\t", -1);
    if (cells.length != names.size()) {
      throw new EvaluationException(
          "%s:%d: has %d columns, the first row names %d"
              .formatted(file, line, cells.length, names.size()));
    }
    var row = new HashMap<String, String>();
    for (int i = 0; i < cells.length; i++) {
      row.put(names.get(i), cells[i]);
    }
    return new Row(row);
  }

  private static List<String> lines(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new EvaluationException(file + ": there is no such file");
    }
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new EvaluationException(file + ": cannot be read as UTF-8 (" + e + ")");
    }
  }
}
