package dev.usher.chat.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.chat.language.SlotId;
import dev.usher.chat.understanding.Catalogue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A message of a conversation with its labels. The files have a row for each service that a message
 * is labelled for; rows of one message are one turn here, of the service that comes last.
 *
 * @param acts of the other side, before the message
 * @param slots the values in the message
 * @param deltas what is wanted from this message on
 */
record Turn(
    String dialogue,
    String number,
    String service,
    String message,
    List<JsonNode> acts,
    List<JsonNode> slots,
    List<Map.Entry<String, JsonNode>> deltas) {

  static List<Turn> read(Path file) {
    var turns = new ArrayList<Turn>();
    for (var row :
        Tsv.read(file, "dialog", "turn", "service", "sys_acts", "utt", "slots", "delta")) {
      var turn = turn(row, file);
      boolean same = !turns.isEmpty() && turns.getLast().isSameAs(turn);
      turns.add(same ? turns.removeLast().with(turn) : turn);
    }
    return turns;
  }

  private static Turn turn(Tsv.Row row, Path file) {
    return new Turn(
        row.get("dialog"),
        row.get("turn"),
        row.get("service"),
        row.get("utt"),
        elements(SystemActs.json(row.get("sys_acts"), file + ": sys_acts")),
        elements(SystemActs.json(row.get("slots"), file + ": slots")),
        List.copyOf(SystemActs.json(row.get("delta"), file + ": delta").properties()));
  }

  private static List<JsonNode> elements(JsonNode list) {
    var elements = new ArrayList<JsonNode>();
    list.forEach(elements::add);
    return elements;
  }

  private boolean isSameAs(Turn other) {
    return dialogue.equals(other.dialogue) && number.equals(other.number);
  }

  private Turn with(Turn next) {
    return new Turn(
        dialogue,
        number,
        next.service,
        message,
        both(acts, next.acts),
        both(slots, next.slots),
        both(deltas, next.deltas));
  }

  private static <T> List<T> both(List<T> first, List<T> second) {
    var both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }

  /** The names that the conversations are about, as the catalogue of their world. */
  static Catalogue catalogue(List<Turn> turns) {
    var names = new Names();
    for (var turn : turns) {
      turn.slots.forEach(slot -> names.add(slot.path("s").asText(), slot.path("v").asText()));
      turn.deltas.forEach(delta -> names.add(delta.getKey(), delta.getValue().asText()));
      turn.acts.forEach(act -> names.add(act.path(1).asText(), act.path(2).asText()));
    }
    return names.catalogue();
  }

  /** What the labels of each service ever speak of; of the rest they say nothing. */
  static Map<String, Set<SlotId>> labelled(List<Turn> turns) {
    var labelled = new HashMap<String, Set<SlotId>>();
    for (var turn : turns) {
      var slots = labelled.computeIfAbsent(turn.service, s -> EnumSet.noneOf(SlotId.class));
      turn.deltas.forEach(delta -> SlotId.of(delta.getKey()).ifPresent(slots::add));
    }
    return labelled;
  }
}
