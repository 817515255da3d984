package dev.usher.chat.evaluation;

import dev.usher.chat.language.SlotId;
import dev.usher.chat.understanding.Catalogue;
import dev.usher.chat.understanding.Situation;
import dev.usher.chat.understanding.Understanding;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Arguments of bookings in free conversations: how many were found in what either side had said.
 *
 * @param perArgument there and found
 */
record ArgumentScores(Map<String, int[]> perArgument) {
  private static final LocalDate TODAY = LocalDate.of(2020, 1, 17);
  private static final Set<String> CALLS = Set.of("book_tickets", "check_tickets");
  private static final Map<String, SlotId> SLOTS =
      Map.of(
          "num.tickets", SlotId.QUANTITY,
          "date.showing", SlotId.DATE,
          "time.showing", SlotId.TIME,
          "name.movie", SlotId.EVENT,
          "name.theater", SlotId.VENUE);

  static ArgumentScores of(Path file, Understanding understanding) {
    var rows = Tsv.read(file, "api", "args", "history");
    var names = new Names();
    for (var row : rows) {
      var args = SystemActs.json(row.get("args"), file + ": args");
      names.add("event", args.path("name.movie").asText());
      names.add("venue", args.path("name.theater").asText());
    }
    var catalogue = names.catalogue();
    var scores = new TreeMap<String, int[]>();
    for (var row : rows) {
      if (CALLS.contains(row.get("api"))) {
        var heard = heard(row, file, understanding, catalogue);
        SystemActs.json(row.get("args"), file + ": args")
            .properties()
            .forEach(
                argument -> {
                  var slot = SLOTS.get(argument.getKey());
                  if (slot != null) {
                    String value = argument.getValue().asText();
                    int[] counts = scores.computeIfAbsent(argument.getKey(), k -> new int[2]);
                    counts[0]++;
                    counts[1] += heard.contains(key(slot, value, understanding)) ? 1 : 0;
                  }
                });
      }
    }
    return new ArgumentScores(scores);
  }

  private static Set<String> heard(
      Tsv.Row row, Path file, Understanding understanding, Catalogue catalogue) {
    var heard = new HashSet<String>();
    for (var turn : SystemActs.json(row.get("history"), file + ": history")) {
      var understood =
          understanding.understand(turn.path(1).asText(), catalogue, TODAY, Situation.UNKNOWN);
      understood
          .entities()
          .forEach(e -> heard.add(e.slot() + ":" + e.value().toLowerCase(Locale.ROOT)));
    }
    return heard;
  }

  private static String key(SlotId slot, String value, Understanding understanding) {
    boolean name = slot == SlotId.EVENT || slot == SlotId.VENUE;
    String canonical = name ? value : Phrase.value(understanding, value, slot, TODAY);
    return slot + ":" + canonical.toLowerCase(Locale.ROOT);
  }
}
