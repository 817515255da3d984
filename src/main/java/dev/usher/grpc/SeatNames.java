package dev.usher.grpc;

import java.util.LinkedHashSet;
import java.util.List;

/** Names of seats in requests. */
final class SeatNames {
  /** More than any event allows; the event's own limit is the state machine's to say. */
  static final int MOST = 1000;

  private SeatNames() {}

  /** The ids of seats of one event, each once. */
  static List<String> parse(
      List<String> names, String eventId, String field, Violations violations) {
    if (names.isEmpty() || names.size() > MOST) {
      violations.add(field, "must be 1 to " + MOST + " seats");
      return List.of();
    }
    var ids = new LinkedHashSet<String>();
    for (int i = 0; i < names.size(); i++) {
      var at = field + "[" + i + "]";
      var name = ResourceNames.parseInEvent(names.get(i), "seats", at, violations);
      if (!name.eventId().isEmpty() && !name.eventId().equals(eventId)) {
        violations.add(at, "must be a seat of " + ResourceNames.event(eventId));
      } else if (!name.id().isEmpty() && !ids.add(name.id())) {
        violations.add(at, "comes twice");
      }
    }
    return List.copyOf(ids);
  }
}
