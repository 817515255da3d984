package dev.usher.chat.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.chat.language.IntentId;
import dev.usher.chat.language.SlotId;
import dev.usher.chat.understanding.Catalogue;
import dev.usher.chat.understanding.Entity;
import dev.usher.chat.understanding.Understanding;
import dev.usher.chat.understanding.Understood;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Follows what is wanted through conversations, and counts how much of it is understood. */
final class DialogueReader {
  private static final List<SlotId> MARKED =
      List.of(SlotId.EVENT, SlotId.VENUE, SlotId.CITY, SlotId.DATE);
  private static final List<SlotId> WANTED =
      List.of(SlotId.EVENT, SlotId.VENUE, SlotId.CITY, SlotId.DATE, SlotId.QUANTITY);
  private static final LocalDate TODAY = LocalDate.of(2019, 3, 1);

  /** What the labels say where any value is as good as another: nothing is wanted. */
  private static final String ANY = "dontcare";

  private final Understanding understanding;
  private final Catalogue catalogue;
  private final Map<String, Set<SlotId>> labelled;
  private final Map<SlotId, Set<String>> wanted = new HashMap<>();
  private final Map<SlotId, String> known = new HashMap<>();
  private final Map<SlotId, String> offered = new HashMap<>();
  private String place = "";
  private int there;
  private int found;
  private int right;
  private int turns;
  private int goals;

  /**
   * @param labelled the slots that the labels of each service speak of; only they are counted
   */
  DialogueReader(
      Understanding understanding, Catalogue catalogue, Map<String, Set<SlotId>> labelled) {
    this.understanding = understanding;
    this.catalogue = catalogue;
    this.labelled = labelled;
  }

  DialogueScores scores() {
    return new DialogueScores(there, found, right, turns, goals);
  }

  void turn(Turn turn) {
    begin(turn.dialogue() + " " + turn.service());
    var counted = labelled.getOrDefault(turn.service(), Set.of());
    var situation = SystemActs.situation(turn.acts());
    var heard = understanding.understand(turn.message(), catalogue, TODAY, situation);
    spans(turn.slots(), heard, counted);
    for (var delta : turn.deltas()) {
      SlotId.of(delta.getKey()).ifPresent(slot -> wanted.put(slot, values(slot, delta.getValue())));
    }
    follow(turn.acts(), heard);
    turns++;
    goals += WANTED.stream().filter(counted::contains).allMatch(this::isKnown) ? 1 : 0;
  }

  /** What is wanted of one service is not wanted of the next. */
  private void begin(String now) {
    if (!now.equals(place)) {
      place = now;
      wanted.clear();
      known.clear();
      offered.clear();
    }
  }

  private boolean isKnown(SlotId slot) {
    var values = wanted.getOrDefault(slot, Set.of(ANY));
    String value = known.get(slot);
    return value == null ? values.contains(ANY) : values.contains(value);
  }

  private void spans(List<JsonNode> slots, Understood heard, Set<SlotId> counted) {
    var gold = new HashSet<String>();
    for (var slot : slots) {
      SlotId.of(slot.path("s").asText())
          .filter(id -> MARKED.contains(id) && slot.has("b"))
          .ifPresent(id -> gold.add(id + ":" + slot.path("b") + ":" + slot.path("e")));
    }
    there += gold.size();
    for (var entity : heard.entities()) {
      if (MARKED.contains(entity.slot()) && counted.contains(entity.slot())) {
        found++;
        right += gold.contains(entity.slot() + ":" + entity.begin() + ":" + entity.end()) ? 1 : 0;
      }
    }
  }

  /** What is said counts; what was proposed counts when it is taken up. */
  private void follow(List<JsonNode> acts, Understood heard) {
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
    if (heard.likeliest() == IntentId.AFFIRM || heard.likeliest() == IntentId.BOOK_TICKETS) {
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

  private Set<String> values(SlotId slot, JsonNode value) {
    var values = new HashSet<String>();
    for (var one : value.asText().split("\\|")) {
      values.add(canonical(slot, one));
    }
    return values;
  }

  private static String canonical(Entity entity) {
    return entity.slot() == SlotId.DATE ? entity.value() : Names.canonical(entity.value());
  }

  private String canonical(SlotId slot, String value) {
    return slot == SlotId.DATE
        ? Phrase.value(understanding, value, SlotId.DATE, TODAY)
        : Names.canonical(value);
  }
}
