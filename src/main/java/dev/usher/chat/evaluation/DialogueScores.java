package dev.usher.chat.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.chat.language.IntentId;
import dev.usher.chat.language.SlotId;
import dev.usher.chat.understanding.Catalogue;
import dev.usher.chat.understanding.Entity;
import dev.usher.chat.understanding.Understanding;
import dev.usher.chat.understanding.Understood;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Values found in conversations of many turns.
 *
 * @param spansRight spans found of those that are there, with kind, begin and end
 * @param goalsRight turns after which all that the person wants is known, of {@code turns}
 */
record DialogueScores(int spansThere, int spansFound, int spansRight, int turns, int goalsRight) {
  private static final List<SlotId> MARKED =
      List.of(SlotId.EVENT, SlotId.VENUE, SlotId.CITY, SlotId.DATE);
  private static final List<SlotId> WANTED =
      List.of(SlotId.EVENT, SlotId.VENUE, SlotId.CITY, SlotId.DATE, SlotId.QUANTITY);
  private static final LocalDate TODAY = LocalDate.of(2019, 3, 1);

  double spanF1() {
    return Scores.share(2 * spansRight, spansThere + spansFound);
  }

  double jointGoal() {
    return Scores.share(goalsRight, turns);
  }

  static DialogueScores of(Path file, Understanding understanding) {
    var rows = Tsv.read(file, "dialog", "sys_acts", "utt", "slots", "delta");
    return new Reader(file, rows, understanding).scores();
  }

  /** Follows what is wanted through the conversations. */
  private static final class Reader {
    private final Path file;
    private final List<Tsv.Row> rows;
    private final Understanding understanding;
    private final Catalogue catalogue;
    private final Map<SlotId, Set<String>> wanted = new HashMap<>();
    private final Map<SlotId, String> known = new HashMap<>();
    private final Map<SlotId, String> offered = new HashMap<>();
    private int there;
    private int found;
    private int right;
    private int goals;

    Reader(Path file, List<Tsv.Row> rows, Understanding understanding) {
      this.file = file;
      this.rows = rows;
      this.understanding = understanding;
      var names = new Names();
      for (var row : rows) {
        json(row, "slots").forEach(s -> names.add(s.path("s").asText(), s.path("v").asText()));
        json(row, "delta").properties().forEach(e -> names.add(e.getKey(), e.getValue().asText()));
        json(row, "sys_acts").forEach(act -> names.add(act.path(1).asText(), act.path(2).asText()));
      }
      this.catalogue = names.catalogue();
    }

    private JsonNode json(Tsv.Row row, String column) {
      return SystemActs.json(row.get(column), file + ": " + column);
    }

    DialogueScores scores() {
      String dialogue = "";
      for (var row : rows) {
        if (!row.get("dialog").equals(dialogue)) {
          dialogue = row.get("dialog");
          wanted.clear();
          known.clear();
          offered.clear();
        }
        turn(row);
      }
      return new DialogueScores(there, found, right, rows.size(), goals);
    }

    private void turn(Tsv.Row row) {
      var acts = json(row, "sys_acts");
      var heard =
          understanding.understand(row.get("utt"), catalogue, TODAY, SystemActs.situation(acts));
      spans(json(row, "slots"), heard);
      json(row, "delta")
          .properties()
          .forEach(
              entry ->
                  SlotId.of(entry.getKey())
                      .ifPresent(slot -> wanted.put(slot, values(slot, entry.getValue()))));
      follow(acts, heard);
      boolean all = true;
      for (var slot : WANTED) {
        var values = wanted.get(slot);
        String value = known.get(slot);
        all &= values == null ? value == null : value != null && values.contains(value);
      }
      goals += all ? 1 : 0;
    }

    private void spans(JsonNode slots, Understood heard) {
      var gold = new HashSet<String>();
      for (var slot : slots) {
        SlotId.of(slot.path("s").asText())
            .filter(id -> MARKED.contains(id) && slot.has("b"))
            .ifPresent(id -> gold.add(id + ":" + slot.path("b") + ":" + slot.path("e")));
      }
      there += gold.size();
      for (var entity : heard.entities()) {
        if (MARKED.contains(entity.slot())) {
          found++;
          right += gold.contains(entity.slot() + ":" + entity.begin() + ":" + entity.end()) ? 1 : 0;
        }
      }
    }

    /** What is said counts; what was proposed counts when it is taken up. */
    private void follow(JsonNode acts, Understood heard) {
      var confirmed = new HashMap<SlotId, String>();
      for (var act : acts) {
        var slot = SlotId.of(act.path(1).asText());
        String value = act.path(2).asText();
        if (slot.isPresent() && !value.contains("|")) {
          switch (act.path(0).asText()) {
            case "OFFER" -> offered.put(slot.get(), canonical(slot.get(), value));
            case "CONFIRM" -> confirmed.put(slot.get(), canonical(slot.get(), value));
            default -> {}
          }
        }
      }
      boolean taken =
          heard.likeliest() == IntentId.AFFIRM || heard.likeliest() == IntentId.BOOK_TICKETS;
      if (taken) {
        for (var slot : List.of(SlotId.EVENT, SlotId.DATE)) {
          if (offered.containsKey(slot)) {
            known.put(slot, offered.get(slot));
          }
        }
        offered.clear();
      }
      confirmed.forEach(known::putIfAbsent);
      for (var entity : heard.entities()) {
        if (WANTED.contains(entity.slot())) {
          known.put(entity.slot(), canonical(entity));
        }
      }
    }

    private static String canonical(Entity entity) {
      return entity.value().toLowerCase(Locale.ROOT);
    }

    private Set<String> values(SlotId slot, JsonNode value) {
      var values = new HashSet<String>();
      for (var one : value.asText().split("\\|")) {
        values.add(canonical(slot, one));
      }
      return values;
    }

    private String canonical(SlotId slot, String value) {
      if (slot != SlotId.DATE) {
        return value.toLowerCase(Locale.ROOT);
      }
      return Phrase.value(understanding, value, SlotId.DATE, TODAY);
    }
  }
}
