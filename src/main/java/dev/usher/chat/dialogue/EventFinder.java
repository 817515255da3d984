package dev.usher.chat.dialogue;

import dev.usher.chat.understanding.Catalogue;
import dev.usher.seats.SeatView;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** Which events of the catalogue somebody means. */
final class EventFinder {
  private final ZoneId zone;

  EventFinder(ZoneId zone) {
    this.zone = zone;
  }

  /** In catalogue order; all when nothing narrows it down. */
  List<SeatView.Event> matching(Wants wants, Catalogue catalogue) {
    return catalogue.events().stream().filter(event -> fits(event, wants)).toList();
  }

  boolean fits(SeatView.Event event, Wants wants) {
    return (wants.eventIds().isEmpty() || wants.eventIds().contains(event.eventId()))
        && (wants.city().isEmpty() || wants.city().equals(event.city()))
        && (wants.venue().isEmpty() || wants.venue().equals(event.venueDisplayName()))
        && onDay(event, wants.date());
  }

  private boolean onDay(SeatView.Event event, String date) {
    if (date.isEmpty()) {
      return true;
    }
    var day = Instant.ofEpochMilli(event.startTimeMs()).atZone(zone).toLocalDate();
    int slash = date.indexOf('/');
    var first = LocalDate.parse(slash < 0 ? date : date.substring(0, slash));
    var last = LocalDate.parse(date.substring(slash + 1));
    return !day.isBefore(first) && !day.isAfter(last);
  }
}
