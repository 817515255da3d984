package dev.usher.chat.understanding;

import dev.usher.chat.language.Lexicon;
import dev.usher.chat.language.SlotId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Days, by the calendar or as seen from today, and spans of days. */
final class DateGrammar {
  private final CalendarDays calendar;
  private final RelativeDays relative;

  DateGrammar(Lexicon lexicon) {
    this.calendar = new CalendarDays(lexicon);
    this.relative = new RelativeDays(lexicon);
  }

  /**
   * Some words read as a day or a span of days.
   *
   * @param value empty when there is no such day, "30 February": then none of its words is another
   * @param end the first token after them
   */
  record Reading(String value, int end) {
    static Reading of(Optional<LocalDate> day, int end) {
      return new Reading(day.map(LocalDate::toString).orElse(""), end);
    }

    /** Empty when the last day comes before the first. */
    static Reading of(LocalDate first, LocalDate last, int end) {
      String value = first.equals(last) ? first.toString() : first + "/" + last;
      return new Reading(first.isAfter(last) ? "" : value, end);
    }
  }

  List<Entity> dates(Words words, LocalDate today) {
    var found = new ArrayList<Entity>();
    int at = 0;
    while (at < words.size()) {
      var reading = reading(words, at, today);
      if (reading.isEmpty()) {
        at++;
        continue;
      }
      int end = reading.get().end();
      if (!reading.get().value().isEmpty()) {
        found.add(words.entity(SlotId.DATE, reading.get().value(), at, end - at));
      }
      at = end;
    }
    return found;
  }

  private Optional<Reading> reading(Words words, int at, LocalDate today) {
    return calendar.reading(words, at, today).or(() -> relative.reading(words, at, today));
  }
}
