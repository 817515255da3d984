package dev.usher.chat.understanding;

import dev.usher.seats.SeatView;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is on sale, as read for one turn.
 *
 * @param events published and not begun, by start and then id
 * @param sections of each event's plan, by event id, in plan order
 */
public record Catalogue(List<SeatView.Event> events, Map<String, List<String>> sections) {
  public Catalogue {
    events = List.copyOf(events);
    sections = Map.copyOf(sections);
  }

  public Optional<SeatView.Event> event(String eventId) {
    return events.stream().filter(event -> event.eventId().equals(eventId)).findFirst();
  }
}
