package dev.usher.chat.understanding;

import dev.usher.chat.language.Lexicon;
import dev.usher.chat.understanding.DateGrammar.Reading;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;

/** Days by their number: "15 March", "March 15th", "the 10th", 2026-03-15, 15/3/2026, "3.12.". */
final class CalendarDays {
  private static final int MONTHS = 12;
  private static final int YEARS_AHEAD = 8; // between two 29 Februaries at most
  private static final int HUNDRED = 100;

  private final Lexicon lexicon;

  CalendarDays(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  Optional<Reading> reading(Words words, int at, LocalDate today) {
    return figures(words, at, today)
        .or(() -> dayAndMonth(words, at, today))
        .or(() -> dayOfThisMonth(words, at, today))
        .or(() -> ledDay(words, at, today))
        .or(() -> feast(words, at, today));
  }

  private Optional<Reading> figures(Words words, int at, LocalDate today) {
    String mark = words.at(at + 1);
    var first = words.number(at, 4);
    var second = words.number(at + 2, 2);
    boolean iso = mark.equals("-");
    if (first.isEmpty() || second.isEmpty() || !(iso || lexicon.dateMarks().contains(mark))) {
      return Optional.empty();
    }
    var third = words.at(at + 3).equals(mark) ? words.number(at + 4, 4) : OptionalInt.empty();
    if (iso) {
      return third.isPresent() && words.at(at).length() == 4
          ? Optional.of(
              Reading.of(day(first.getAsInt(), second.getAsInt(), third.getAsInt()), at + 5))
          : Optional.empty();
    }
    // the day comes first, unless it can't be one
    boolean monthFirst = second.getAsInt() > MONTHS && mark.equals("/");
    int month = monthFirst ? first.getAsInt() : second.getAsInt();
    int day = monthFirst ? second.getAsInt() : first.getAsInt();
    if (third.isPresent()) {
      return Optional.of(Reading.of(day(century(third.getAsInt()), month, day), at + 5));
    }
    // "19.30" is no day, but may be a time
    var coming = coming(month, day, today);
    return coming.isEmpty() && !mark.equals("/")
        ? Optional.empty()
        : Optional.of(Reading.of(coming, at + 3));
  }

  private Optional<Reading> dayAndMonth(Words words, int at, LocalDate today) {
    int start = words.in(at, lexicon.articles()) ? at + 1 : at;
    int day = dayOfMonth(words.at(start));
    int month;
    int next;
    if (day > 0) {
      int name = words.in(start + 1, lexicon.inWords()) ? start + 2 : start + 1;
      month = Words.index(lexicon.months(), words.at(name));
      next = name + 1;
    } else {
      month = Words.index(lexicon.months(), words.at(start));
      int figure = words.in(start + 1, lexicon.articles()) ? start + 2 : start + 1;
      day = dayOfMonth(words.at(figure));
      next = figure + 1;
    }
    if (month == 0 || day == 0) {
      return Optional.empty();
    }
    var year = words.year(next);
    return Optional.of(
        year.isPresent()
            ? Reading.of(day(year.getAsInt(), month, day), next + 1)
            : Reading.of(coming(month, day, today), next));
  }

  /** "the 10th", "10th of this month", "the 10th of next month". */
  private Optional<Reading> dayOfThisMonth(Words words, int at, LocalDate today) {
    boolean article = words.in(at, lexicon.articles());
    int start = article ? at + 1 : at;
    int day = dayOfMonth(words.at(start));
    if (day == 0) {
      return Optional.empty();
    }
    int next = words.in(start + 1, lexicon.inWords()) ? start + 2 : start + 1;
    next = words.in(next, lexicon.articles()) ? next + 1 : next;
    boolean coming = words.in(next, lexicon.nextWords()) || words.in(next, lexicon.comingWords());
    if ((coming || words.in(next, lexicon.thisWords()))
        && words.in(next + 1, lexicon.monthWords())) {
      var month = coming ? today.withDayOfMonth(1).plusMonths(1) : today;
      return Optional.of(Reading.of(day(month.getYear(), month.getMonthValue(), day), next + 2));
    }
    boolean figure = words.at(start).length() > 2 && Character.isDigit(words.at(start).charAt(0));
    return article && figure
        ? Optional.of(Reading.of(nextWithDay(day, today), at + 2))
        : Optional.empty();
  }

  /** "am 3.": the lead is not part of it. */
  private Optional<Reading> ledDay(Words words, int at, LocalDate today) {
    int day = dayOfMonth(words.at(at));
    boolean led = words.in(at - 1, lexicon.dayLeads()) && words.number(at, 2).isPresent();
    return led && day > 0 && !words.in(at + 1, lexicon.ticketWords()) && !words.mark(at + 1)
        ? Optional.of(Reading.of(nextWithDay(day, today), at + 1))
        : Optional.empty();
  }

  private Optional<Reading> feast(Words words, int at, LocalDate today) {
    int length = words.longest(at, lexicon.feasts().keySet());
    if (length == 0) {
      return Optional.empty();
    }
    int feast = lexicon.feasts().getOrDefault(words.phrase(at, length), 0);
    return Optional.of(Reading.of(coming(feast / HUNDRED, feast % HUNDRED, today), at + length));
  }

  /** The next day with this number in its month, today included. */
  private static Optional<LocalDate> nextWithDay(int day, LocalDate today) {
    for (int months = 0; months <= MONTHS; months++) {
      var month = today.withDayOfMonth(1).plusMonths(months);
      var date = day(month.getYear(), month.getMonthValue(), day).filter(d -> !d.isBefore(today));
      if (date.isPresent()) {
        return date;
      }
    }
    return Optional.empty();
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
    return year < HUNDRED ? 2000 + year : year;
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
}
