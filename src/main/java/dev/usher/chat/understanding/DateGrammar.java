package dev.usher.chat.understanding;

import dev.usher.chat.language.Lexicon;
import dev.usher.chat.language.SlotId;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Days: today, tomorrow, weekdays, weekends, "15 March", "March 15th", 2026-03-15, 15/3/2026. */
final class DateGrammar {
  private static final int SATURDAY = 6;
  private static final int DAYS_OF_WEEK = 7;
  private static final int MONTHS = 12;
  private static final int YEARS_AHEAD = 8; // between two 29 Februaries at most

  private final Lexicon lexicon;

  DateGrammar(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  List<Entity> dates(Words words, LocalDate today) {
    var found = new ArrayList<Entity>();
    int at = 0;
    while (at < words.size()) {
      var date = dateAt(words, at, today);
      date.ifPresent(found::add);
      at = date.isPresent() ? date.get().endToken() : at + 1;
    }
    return found;
  }

  private Optional<Entity> dateAt(Words words, int at, LocalDate today) {
    return figures(words, at, today)
        .or(() -> dayAndMonth(words, at, today))
        .or(() -> dayOfThisMonth(words, at, today))
        .or(() -> relative(words, at, today))
        .or(() -> weekday(words, at, today))
        .or(() -> span(words, at, today))
        .or(() -> month(words, at, today));
  }

  private Optional<Entity> figures(Words words, int at, LocalDate today) {
    String mark = words.at(at + 1);
    var first = words.number(at, 4);
    var second = words.number(at + 2, 2);
    if (first.isEmpty() || second.isEmpty() || !(mark.equals("-") || mark.equals("/"))) {
      return Optional.empty();
    }
    var third = words.at(at + 3).equals(mark) ? words.number(at + 4, 4) : OptionalInt.empty();
    if (mark.equals("-")) {
      return third.isPresent() && words.at(at).length() == 4
          ? day(first.getAsInt(), second.getAsInt(), third.getAsInt())
              .map(date -> entity(words, date, at, 5))
          : Optional.empty();
    }
    // the day comes first, unless it can't be one
    boolean monthFirst = second.getAsInt() > MONTHS;
    int month = monthFirst ? first.getAsInt() : second.getAsInt();
    int day = monthFirst ? second.getAsInt() : first.getAsInt();
    return third.isPresent()
        ? day(century(third.getAsInt()), month, day).map(date -> entity(words, date, at, 5))
        : coming(month, day, today).map(date -> entity(words, date, at, 3));
  }

  private Optional<Entity> dayAndMonth(Words words, int at, LocalDate today) {
    int start = lexicon.articles().contains(words.at(at)) ? at + 1 : at;
    int day = dayOfMonth(words.at(start));
    int month;
    int next;
    if (day > 0) {
      int name = words.in(start + 1, lexicon.inWords()) ? start + 2 : start + 1;
      month = index(lexicon.months(), words.at(name));
      next = name + 1;
    } else {
      month = index(lexicon.months(), words.at(start));
      int figure = lexicon.articles().contains(words.at(start + 1)) ? start + 2 : start + 1;
      day = dayOfMonth(words.at(figure));
      next = figure + 1;
    }
    if (month == 0 || day == 0) {
      return Optional.empty();
    }
    int length = next - at;
    var year = words.at(next).length() == 4 ? words.number(next, 4) : OptionalInt.empty();
    return year.isPresent()
        ? day(year.getAsInt(), month, day).map(date -> entity(words, date, at, length + 1))
        : coming(month, day, today).map(date -> entity(words, date, at, length));
  }

  /** "the 10th", "10th of this month", "the 10th of next month". */
  private Optional<Entity> dayOfThisMonth(Words words, int at, LocalDate today) {
    boolean article = words.in(at, lexicon.articles());
    int start = article ? at + 1 : at;
    int day = dayOfMonth(words.at(start));
    if (day == 0) {
      return Optional.empty();
    }
    int next = words.in(start + 1, lexicon.inWords()) ? start + 2 : start + 1;
    next = words.in(next, lexicon.articles()) ? next + 1 : next;
    boolean coming = words.in(next, lexicon.nextWords());
    if ((coming || words.in(next, lexicon.thisWords()))
        && words.in(next + 1, lexicon.monthWords())) {
      var month = coming ? today.plusMonths(1) : today;
      int length = next + 2 - at;
      return day(month.getYear(), month.getMonthValue(), day)
          .map(date -> entity(words, date, at, length));
    }
    boolean figure = words.at(start).length() > 2 && Character.isDigit(words.at(start).charAt(0));
    return article && figure
        ? nextWithDay(day, today).map(date -> entity(words, date, at, 2))
        : Optional.empty();
  }

  /** The next day with this number in its month, today included. */
  private static Optional<LocalDate> nextWithDay(int day, LocalDate today) {
    for (int months = 0; months <= MONTHS; months++) {
      var month = today.plusMonths(months);
      var date = day(month.getYear(), month.getMonthValue(), day).filter(d -> !d.isBefore(today));
      if (date.isPresent()) {
        return date;
      }
    }
    return Optional.empty();
  }

  private Optional<Entity> relative(Words words, int at, LocalDate today) {
    int days = words.longest(at, lexicon.days().keySet());
    if (days > 0) {
      int ahead = lexicon.days().getOrDefault(words.phrase(at, days), 0);
      return Optional.of(entity(words, today.plusDays(ahead), at, days));
    }
    int weekend = words.longest(at, lexicon.weekends());
    if (weekend > 0) {
      boolean next = words.in(at - 1, lexicon.nextWords());
      int ahead = Math.max(0, SATURDAY - today.getDayOfWeek().getValue());
      var saturday = today.plusDays(ahead).plusDays(next ? DAYS_OF_WEEK : 0);
      var sunday = sunday(today).plusDays(next ? DAYS_OF_WEEK : 0);
      int first = next ? at - 1 : at;
      return Optional.of(range(words, saturday, sunday, first, at + weekend - first));
    }
    var count = words.number(at + 1, 1, lexicon.numbers());
    var unit = lexicon.ahead().get(words.at(at + 2));
    return words.in(at, lexicon.inWords()) && count.isPresent() && unit != null
        ? Optional.of(entity(words, today.plusDays((long) unit * count.getAsInt()), at, 3))
        : Optional.empty();
  }

  private static LocalDate sunday(LocalDate day) {
    return day.plusDays(DAYS_OF_WEEK - day.getDayOfWeek().getValue());
  }

  /** "Friday", "this Friday", "next Friday", "Friday next week". */
  private Optional<Entity> weekday(Words words, int at, LocalDate today) {
    boolean before = words.in(at, lexicon.nextWords());
    int name = before || words.in(at, lexicon.thisWords()) ? at + 1 : at;
    int weekday = index(lexicon.weekdays(), words.at(name));
    if (weekday == 0) {
      return Optional.empty();
    }
    int tail = words.in(name + 1, lexicon.inWords()) ? name + 2 : name + 1;
    boolean week = words.in(tail + 1, lexicon.weekWords());
    boolean after = week && words.in(tail, lexicon.nextWords());
    boolean tailed = after || (week && words.in(tail, lexicon.thisWords()));
    var monday = today.minusDays(today.getDayOfWeek().getValue() - 1L);
    var date = monday.plusDays(weekday - 1L);
    if (before || after || date.isBefore(today)) {
      date = date.plusDays(DAYS_OF_WEEK);
    }
    return Optional.of(entity(words, date, at, (tailed ? tail + 2 : name + 1) - at));
  }

  /** "this week", "next month": from today at the earliest. */
  private Optional<Entity> span(Words words, int at, LocalDate today) {
    boolean next = words.in(at, lexicon.nextWords());
    if (!next && !words.in(at, lexicon.thisWords())) {
      return Optional.empty();
    }
    if (words.in(at + 1, lexicon.weekWords())) {
      var sunday = sunday(today);
      return Optional.of(
          next
              ? range(words, sunday.plusDays(1), sunday.plusDays(DAYS_OF_WEEK), at, 2)
              : range(words, today, sunday, at, 2));
    }
    if (words.in(at + 1, lexicon.monthWords())) {
      var first = today.withDayOfMonth(1).plusMonths(next ? 1 : 0);
      return Optional.of(
          range(words, next ? first : today, first.plusMonths(1).minusDays(1), at, 2));
    }
    return Optional.empty();
  }

  /** "in March"; the bare name of a month is too often another word. */
  private Optional<Entity> month(Words words, int at, LocalDate today) {
    int month = index(lexicon.months(), words.at(at));
    if (month == 0 || !words.in(at - 1, lexicon.inWords())) {
      return Optional.empty();
    }
    int year = month < today.getMonthValue() ? today.getYear() + 1 : today.getYear();
    var first = LocalDate.of(year, month, 1);
    var last = first.plusMonths(1).minusDays(1);
    return Optional.of(range(words, first.isBefore(today) ? today : first, last, at, 1));
  }

  /** The day's next coming, today included. */
  private static Optional<LocalDate> coming(int month, int day, LocalDate today) {
    for (int ahead = 0; ahead <= YEARS_AHEAD; ahead++) {
      var date = day(today.getYear() + ahead, month, day).filter(d -> !d.isBefore(today));
      if (date.isPresent()) {
        return date;
      }
    }
    return Optional.empty();
  }

  private static Optional<LocalDate> day(int year, int month, int day) {
    try {
      return Optional.of(LocalDate.of(year, month, day));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int century(int year) {
    return year < 100 ? 2000 + year : year;
  }

  /** 15, 15th, "third"; 0 when it is something else. */
  private int dayOfMonth(String text) {
    int digits = 0;
    while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
      digits++;
    }
    String tail = text.substring(digits);
    if (digits == 0) {
      return lexicon.ordinals().getOrDefault(text, 0);
    }
    boolean number = digits <= 2 && (tail.isEmpty() || lexicon.daySuffixes().contains(tail));
    int day = number ? Integer.parseInt(text.substring(0, digits)) : 0;
    return day <= 31 ? day : 0;
  }

  /** From 1; 0 when the name is not there. */
  private static int index(List<List<String>> names, String name) {
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).contains(name)) {
        return i + 1;
      }
    }
    return 0;
  }

  private static Entity entity(Words words, LocalDate date, int at, int length) {
    return words.entity(SlotId.DATE, date.toString(), at, length);
  }

  private static Entity range(Words words, LocalDate from, LocalDate to, int at, int length) {
    String value = from.equals(to) ? from.toString() : from + "/" + to;
    return words.entity(SlotId.DATE, value, at, length);
  }
}
