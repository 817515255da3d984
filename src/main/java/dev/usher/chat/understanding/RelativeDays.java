package dev.usher.chat.understanding;

import dev.usher.chat.language.Lexicon;
import dev.usher.chat.understanding.DateGrammar.Reading;
import java.time.LocalDate;
import java.util.Optional;

/** Days as seen from today: tomorrow, in two weeks, next Friday, this weekend, late in March. */
final class RelativeDays {
  private static final int SATURDAY = 6;
  private static final int DAYS_OF_WEEK = 7;

  /** The first and last day of each part of a week, counted from its Monday. */
  private static final int[][] WEEK = {{0, 1}, {2, 3}, {4, 6}};

  private final Lexicon lexicon;

  RelativeDays(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  Optional<Reading> reading(Words words, int at, LocalDate today) {
    return named(words, at, today)
        .or(() -> weekend(words, at, today))
        .or(() -> ahead(words, at, today))
        .or(() -> weekday(words, at, today))
        .or(() -> span(words, at, today))
        .or(() -> part(words, at, today))
        .or(() -> month(words, at, today));
  }

  /** "tomorrow", "today in a week". */
  private Optional<Reading> named(Words words, int at, LocalDate today) {
    int length = words.longest(at, lexicon.days().keySet());
    if (length == 0) {
      return Optional.empty();
    }
    int ahead = lexicon.days().getOrDefault(words.phrase(at, length), 0);
    return Optional.of(later(words, today.plusDays(ahead), at + length));
  }

  /** A day that is already the coming one is not the next. */
  private Optional<Reading> weekend(Words words, int at, LocalDate today) {
    boolean next = words.in(at, lexicon.nextWords());
    int name = next || words.in(at, lexicon.comingWords()) ? at + 1 : at;
    int length = words.longest(name, lexicon.weekends());
    if (length == 0) {
      return Optional.empty();
    }
    int weeks = next ? DAYS_OF_WEEK : 0;
    int ahead = Math.max(0, SATURDAY - today.getDayOfWeek().getValue());
    return Optional.of(
        Reading.of(today.plusDays(ahead + weeks), sunday(today).plusDays(weeks), name + length));
  }

  /** "in two weeks", "in a month". */
  private Optional<Reading> ahead(Words words, int at, LocalDate today) {
    var count = words.number(at + 1, 1, lexicon.numbers());
    if (!words.in(at, lexicon.inWords()) || count.isEmpty()) {
      return Optional.empty();
    }
    if (words.in(at + 2, lexicon.monthWords())) {
      return Optional.of(Reading.of(Optional.of(today.plusMonths(count.getAsInt())), at + 3));
    }
    var later = later(words, today, at);
    return later.end() == at ? Optional.empty() : Optional.of(later);
  }

  /** This day, or as long after it as is said at {@code at}: "Friday in two weeks". */
  private Reading later(Words words, LocalDate day, int at) {
    var count = words.number(at + 1, 1, lexicon.numbers());
    var unit = lexicon.ahead().get(words.at(at + 2));
    boolean said = words.in(at, lexicon.inWords()) && count.isPresent() && unit != null;
    long days = said && unit != null ? (long) unit * count.getAsInt() : 0;
    return Reading.of(Optional.of(day.plusDays(days)), said ? at + 3 : at);
  }

  private static LocalDate monday(LocalDate day) {
    return day.minusDays(day.getDayOfWeek().getValue() - 1L);
  }

  private static LocalDate sunday(LocalDate day) {
    return monday(day).plusDays(DAYS_OF_WEEK - 1L);
  }

  private boolean isNext(Words words, int at) {
    return words.in(at, lexicon.nextWords()) || words.in(at, lexicon.comingWords());
  }

  /** "Friday", "this Friday", "next Friday", "Friday next week", "next week on Friday". */
  private Optional<Reading> weekday(Words words, int at, LocalDate today) {
    boolean weekFirst = isWeek(words, at);
    boolean before = words.in(at, lexicon.nextWords());
    boolean coming = words.in(at, lexicon.comingWords());
    int name = before || coming || words.in(at, lexicon.thisWords()) ? at + 1 : at;
    if (weekFirst) {
      name = words.in(at + 2, lexicon.inWords()) ? at + 3 : at + 2;
    }
    int weekday = Words.index(lexicon.weekdays(), words.at(name));
    if (weekday == 0) {
      return Optional.empty();
    }
    int tail = words.in(name + 1, lexicon.inWords()) ? name + 2 : name + 1;
    tail = words.in(tail, lexicon.articles()) ? tail + 1 : tail;
    boolean week = !weekFirst && isWeek(words, tail);
    int said = weekFirst ? at : tail;
    boolean after = (week || weekFirst) && isNext(words, said);
    var date = monday(today).plusDays(weekday - 1L);
    if (before || after || date.isBefore(today) || (coming && date.equals(today))) {
      date = date.plusDays(DAYS_OF_WEEK);
    }
    return Optional.of(
        week ? Reading.of(Optional.of(date), tail + 2) : later(words, date, name + 1));
  }

  private boolean isWeek(Words words, int at) {
    return (isNext(words, at) || words.in(at, lexicon.thisWords()))
        && words.in(at + 1, lexicon.weekWords());
  }

  /** "this week", "next month": from today at the earliest. */
  private Optional<Reading> span(Words words, int at, LocalDate today) {
    boolean next = isNext(words, at);
    if (!next && !words.in(at, lexicon.thisWords())) {
      return Optional.empty();
    }
    if (words.in(at + 1, lexicon.weekWords())) {
      var first = next ? sunday(today).plusDays(1) : today;
      return Optional.of(Reading.of(first, sunday(first), at + 2));
    }
    if (words.in(at + 1, lexicon.monthWords())) {
      var first = today.withDayOfMonth(1).plusMonths(next ? 1 : 0);
      return Optional.of(
          Reading.of(next ? first : today, first.plusMonths(1).minusDays(1), at + 2));
    }
    return Optional.empty();
  }

  /** "end of the month", "early next week", "late in March". */
  private Optional<Reading> part(Words words, int at, LocalDate today) {
    int length = words.longest(at, lexicon.parts().keySet());
    if (length == 0) {
      return Optional.empty();
    }
    int part = lexicon.parts().getOrDefault(words.phrase(at, length), 1);
    int of = at + length;
    while (words.in(of, lexicon.inWords()) || words.in(of, lexicon.articles()) || words.mark(of)) {
      of++;
    }
    boolean next = isNext(words, of);
    int unit = next || words.in(of, lexicon.thisWords()) ? of + 1 : of;
    if (words.in(unit, lexicon.weekWords())) {
      return Optional.of(
          notBefore(
              today, monday(today).plusDays(next ? DAYS_OF_WEEK : 0), WEEK[part - 1], unit + 1));
    }
    var thisMonth = today.withDayOfMonth(1);
    if (words.in(unit, lexicon.monthWords())) {
      return Optional.of(ofMonth(today, thisMonth.plusMonths(next ? 1 : 0), part, unit + 1));
    }
    int month = Words.index(lexicon.months(), words.at(of));
    if (month == 0) {
      return Optional.empty();
    }
    var year = words.year(of + 1);
    var first = thisMonth.withMonth(month);
    if (year.isPresent()) {
      return Optional.of(ofMonth(today, first.withYear(year.getAsInt()), part, of + 2));
    }
    boolean over = ofMonth(today, first, part, of + 1).value().isEmpty();
    return Optional.of(ofMonth(today, over ? first.plusYears(1) : first, part, of + 1));
  }

  private static Reading ofMonth(LocalDate today, LocalDate first, int part, int end) {
    int[][] parts = {{0, 9}, {10, 19}, {20, first.lengthOfMonth() - 1}};
    return notBefore(today, first, parts[part - 1], end);
  }

  private static Reading notBefore(LocalDate today, LocalDate begin, int[] part, int end) {
    var first = begin.plusDays(part[0]);
    return Reading.of(first.isBefore(today) ? today : first, begin.plusDays(part[1]), end);
  }

  /** "in March"; the bare name of a month is too often another word. */
  private Optional<Reading> month(Words words, int at, LocalDate today) {
    int month = Words.index(lexicon.months(), words.at(at));
    if (month == 0 || !words.in(at - 1, lexicon.inWords())) {
      return Optional.empty();
    }
    var said = words.year(at + 1);
    int year = month < today.getMonthValue() ? today.getYear() + 1 : today.getYear();
    var first = LocalDate.of(said.orElse(year), month, 1);
    var last = first.plusMonths(1).minusDays(1);
    int end = said.isPresent() ? at + 2 : at + 1;
    return Optional.of(Reading.of(first.isBefore(today) ? today : first, last, end));
  }
}
