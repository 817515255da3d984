package dev.usher.chat.understanding;

import dev.usher.chat.language.Lexicon;
import dev.usher.chat.language.SlotId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Times of day: "19:30", "7:30 pm", "7pm", "seven in the evening", "half past 7", "quarter to nine
 * at night", "evening 7", "noon". A time without a half of the day is taken as written.
 */
final class TimeGrammar {
  private static final int HOUR = 60;
  private static final int HALF_DAY = 12 * HOUR;
  private static final int DAY = 2 * HALF_DAY;
  private static final int HALF_WORDS_MAX = 3;

  /** The hours after midnight that people still call night. */
  private static final int NIGHT_ENDS = 5 * HOUR;

  private enum Half {
    NONE,
    MORNING,
    AFTERNOON,
    NIGHT
  }

  private final Lexicon lexicon;
  private final Set<String> morning;
  private final Set<String> afternoon;
  private final Set<String> night;
  private final Set<String> halves;

  TimeGrammar(Lexicon lexicon) {
    this.lexicon = lexicon;
    this.morning = Set.copyOf(lexicon.halfDays().get(0));
    this.afternoon = Set.copyOf(lexicon.halfDays().get(1));
    this.night = Set.copyOf(lexicon.halfDays().get(2));
    this.halves =
        lexicon.halfDays().stream().flatMap(List::stream).collect(Collectors.toUnmodifiableSet());
  }

  /** A reading of some tokens: minutes since midnight, and the first token after them. */
  private record Reading(int minutes, int end, boolean sure) {}

  /**
   * @param requested true: a bare hour is a time
   */
  List<Entity> times(Words words, boolean requested) {
    var found = new ArrayList<Entity>();
    int at = 0;
    while (at < words.size()) {
      var reading = reading(words, at, requested);
      if (reading.isPresent()) {
        int minutes = reading.get().minutes();
        String value = String.format(Locale.ROOT, "%02d:%02d", minutes / HOUR, minutes % HOUR);
        found.add(words.entity(SlotId.TIME, value, at, reading.get().end() - at));
        at = reading.get().end();
      } else {
        at++;
      }
    }
    return found;
  }

  private Optional<Reading> reading(Words words, int at, boolean requested) {
    int named = words.longest(at, lexicon.times().keySet());
    if (named > 0) {
      int minutes = lexicon.times().getOrDefault(words.phrase(at, named), 0);
      return Optional.of(new Reading(minutes, at + named, true));
    }
    int before = words.longest(at, halves);
    if (before > 0 && !dated(words, at, before)) {
      var half = half(words.phrase(at, before));
      return clock(words, at + before).map(r -> inHalf(r, half, r.end()));
    }
    return clock(words, at)
        .map(reading -> withHalf(words, at, reading))
        .filter(r -> r.sure() || (requested && !words.in(r.end(), lexicon.ticketWords())))
        .or(() -> led(words, at));
  }

  /** "this evening", "tomorrow night": such a half belongs to the day. */
  private boolean dated(Words words, int at, int length) {
    for (int first = Math.max(0, at - 2); first <= at; first++) {
      if (lexicon.days().containsKey(words.phrase(first, at + length - first))) {
        return true;
      }
    }
    return false;
  }

  /** "at 7": the hour alone; the lead is not part of it. */
  private Optional<Reading> led(Words words, int at) {
    boolean plain = !words.in(at + 1, lexicon.ticketWords()) && !words.at(at + 1).equals("-");
    return words.in(at - 1, lexicon.timeLeads()) && plain ? clock(words, at) : Optional.empty();
  }

  /** The hour and minutes, without the half of the day. */
  private Optional<Reading> clock(Words words, int at) {
    int past = words.longest(at, lexicon.pastWords().keySet());
    int to = words.longest(at, lexicon.toWords().keySet());
    if (past > 0 || to > 0) {
      int skip = Math.max(past, to);
      var hour = hour(words, at + skip);
      int minutes =
          past >= to
              ? lexicon.pastWords().getOrDefault(words.phrase(at, skip), 0)
              : -lexicon.toWords().getOrDefault(words.phrase(at, skip), 0);
      return hour.isPresent()
          ? Optional.of(
              new Reading((hour.getAsInt() * HOUR + minutes + DAY) % DAY, at + skip + 1, true))
          : Optional.empty();
    }
    var hour = hour(words, at);
    if (hour.isEmpty()) {
      return fused(words.at(at)).map(r -> new Reading(r.minutes(), at + 1, true));
    }
    int hours = hour.getAsInt() * HOUR;
    String mark = words.at(at + 1);
    if (mark.equals(":") || mark.equals(".")) {
      return minutes(words, at + 2)
          .filter(r -> hours + r.minutes() <= DAY)
          .map(r -> new Reading((hours + r.minutes()) % DAY, at + 3, mark.equals(":")))
          .map(r -> glued(words, at + 2, r))
          .map(r -> clocked(words, r));
    }
    int clock = words.longest(at + 1, lexicon.clockWords());
    var said = clock > 0 ? spokenMinutes(words, at + 1 + clock) : OptionalInt.empty();
    int end = at + 1 + clock + (said.isPresent() ? 1 : 0);
    int minutes = hours + said.orElse(0);
    return minutes > DAY
        ? Optional.empty()
        : Optional.of(new Reading(minutes % DAY, end, clock > 0));
  }

  /** "19:30 Uhr". */
  private Reading clocked(Words words, Reading reading) {
    int clock = words.longest(reading.end(), lexicon.clockWords());
    return clock == 0 ? reading : new Reading(reading.minutes(), reading.end() + clock, true);
  }

  /** "19 Uhr 30": from ten on, or they would be tickets. */
  private OptionalInt spokenMinutes(Words words, int at) {
    var minutes = words.number(at, 1, lexicon.numbers());
    boolean right =
        minutes.isPresent()
            && minutes.getAsInt() >= 10
            && minutes.getAsInt() < HOUR
            && !words.mark(at + 1)
            && !words.in(at + 1, lexicon.ticketWords());
    return right ? minutes : OptionalInt.empty();
  }

  /** 0 to 24, and not what comes after the hours: "25:10" has none. */
  private OptionalInt hour(Words words, int at) {
    var hour = words.number(at, 1, lexicon.numbers());
    boolean right =
        (hour.isPresent() && hour.getAsInt() <= 24 && words.at(at).length() != 1)
            || (hour.isPresent() && words.number(at, 2).isPresent() && hour.getAsInt() <= 24);
    boolean after = words.mark(at - 1) && !words.at(at - 1).equals("-");
    return right && !after && (!words.in(at, lexicon.weakNumbers()) || followed(words, at))
        ? hour
        : OptionalInt.empty();
  }

  /** "one" is an hour only next to what makes it one. */
  private boolean followed(Words words, int at) {
    return words.longest(at + 1, halves) > 0 || words.longest(at + 1, lexicon.clockWords()) > 0;
  }

  private Optional<Reading> minutes(Words words, int at) {
    String figures = figures(words.at(at));
    return figures.length() == 2 && Integer.parseInt(figures) < HOUR
        ? Optional.of(new Reading(Integer.parseInt(figures), at + 1, true))
        : Optional.empty();
  }

  /** "7pm". */
  private Optional<Reading> fused(String text) {
    String figures = figures(text);
    var half = half(text.substring(figures.length()));
    boolean hour = !figures.isEmpty() && figures.length() <= 2 && half != Half.NONE;
    return hour && Integer.parseInt(figures) < 24
        ? Optional.of(inHalf(new Reading(Integer.parseInt(figures) * HOUR, 0, true), half, 0))
        : Optional.empty();
  }

  /** The digits that a word begins with. */
  private static String figures(String text) {
    int end = 0;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return text.substring(0, end);
  }

  /** "7:30pm": the half of the day is in the minutes' word. */
  private Reading glued(Words words, int at, Reading reading) {
    var half = half(words.at(at).substring(figures(words.at(at)).length()));
    return half == Half.NONE ? reading : inHalf(reading, half, reading.end());
  }

  /** The half of the day that is said after a time, or before it with a day: "tonight at 8". */
  private Reading withHalf(Words words, int at, Reading reading) {
    int length = words.longest(reading.end(), halves);
    if (length > 0) {
      return inHalf(reading, half(words.phrase(reading.end(), length)), reading.end() + length);
    }
    boolean led = words.in(at - 1, lexicon.timeLeads());
    if (!led && !reading.sure()) {
      return reading; // "tonight 4" may be people
    }
    int end = led ? at - 1 : at;
    for (int first = Math.max(0, end - HALF_WORDS_MAX); first < end; first++) {
      var half = half(words.phrase(first, end - first));
      if (half != Half.NONE) {
        return inHalf(reading, half, reading.end());
      }
    }
    return reading;
  }

  private static Reading inHalf(Reading reading, Half half, int end) {
    int minutes = reading.minutes() % HALF_DAY;
    int meant =
        switch (half) {
          case NONE -> reading.minutes();
          case MORNING -> minutes;
          case AFTERNOON -> minutes + HALF_DAY;
          case NIGHT -> minutes < NIGHT_ENDS ? minutes : minutes + HALF_DAY;
        };
    return new Reading(meant, end, true);
  }

  private Half half(String phrase) {
    if (morning.contains(phrase)) {
      return Half.MORNING;
    } else if (afternoon.contains(phrase)) {
      return Half.AFTERNOON;
    }
    return night.contains(phrase) ? Half.NIGHT : Half.NONE;
  }
}
