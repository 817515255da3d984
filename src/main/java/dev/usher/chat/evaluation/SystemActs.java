package dev.usher.chat.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.chat.language.Moment;
import dev.usher.chat.language.SlotId;
import dev.usher.chat.understanding.Situation;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** What the other side said before, as the files write it: {@code [["REQUEST","city"]]}. */
final class SystemActs {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SystemActs() {}

  /**
   * @param acts {@code []} at the opening, empty when nothing is known
   * @param place for the message of an error
   */
  static Situation situation(String acts, String place) {
    return acts.isBlank() ? Situation.UNKNOWN : situation(json(acts, place));
  }

  static JsonNode json(String text, String place) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new EvaluationException(place + ": is no JSON: " + e.getOriginalMessage());
    }
  }

  static Situation situation(Iterable<JsonNode> acts) {
    var names = new HashSet<String>();
    var requested = EnumSet.noneOf(SlotId.class);
    for (var act : acts) {
      String name = act.path(0).asText();
      names.add(name);
      if (name.equals("REQUEST")) {
        SlotId.of(act.path(1).asText().toLowerCase(Locale.ROOT)).ifPresent(requested::add);
      }
    }
    return new Situation(moment(names), requested);
  }

  /** What weighs most of several acts comes first. */
  private static Moment moment(Set<String> acts) {
    if (acts.isEmpty()) {
      return Moment.OPENING;
    } else if (acts.contains("REQUEST")) {
      return Moment.QUESTION;
    } else if (acts.contains("CONFIRM")) {
      return Moment.READ_BACK;
    } else if (acts.contains("OFFER_INTENT")) {
      return Moment.INVITATION;
    } else if (acts.contains("NOTIFY_FAILURE")) {
      return Moment.FAILED;
    } else if (acts.contains("NOTIFY_SUCCESS")) {
      return Moment.DONE;
    } else if (acts.contains("REQ_MORE")) {
      return Moment.ANYTHING_ELSE;
    } else {
      return acts.contains("OFFER") ? Moment.OFFER : Moment.ANSWER;
    }
  }
}
