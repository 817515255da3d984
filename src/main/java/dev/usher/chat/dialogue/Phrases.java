package dev.usher.chat.dialogue;

import dev.usher.chat.language.IntentId;
import dev.usher.chat.language.Language;
import dev.usher.chat.language.ReplyId;
import dev.usher.chat.language.SlotId;
import dev.usher.chat.language.Variables;
import dev.usher.seats.SeatView;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Puts things into the words of a language. Uses no formatter whose output depends on the JDK. */
final class Phrases {
  private static final int GROUP = 3;

  private final Language language;
  private final ZoneId zone;

  /**
   * @param zone of the house: event times are shown in it
   */
  Phrases(Language language, ZoneId zone) {
    this.language = language;
    this.zone = zone;
  }

  /** An answer of one sentence; variables come as name, value, name, value. */
  Answer answer(ReplyId reply, String... variables) {
    var suggestions =
        language.suggestions().getOrDefault(reply, List.of()).stream()
            .map(text -> Suggestion.saying(Variables.fill(text, map(variables))))
            .toList();
    return new Answer(reply, say(reply, variables), List.of(), suggestions, "");
  }

  String say(ReplyId reply, String... variables) {
    return Variables.fill(language.replies().getOrDefault(reply, ""), map(variables));
  }

  /** An intent as people are told of it. */
  Language.IntentText intent(IntentId intent) {
    return language.intents().stream()
        .filter(text -> text.id() == intent)
        .findFirst()
        .orElseThrow();
  }

  String question(SlotId slot) {
    return language.questions().getOrDefault(slot, "");
  }

  /** Why something was refused, with what to do next. */
  String refusal(String reason, String declineCode) {
    var sentences = language.refusals();
    String other = sentences.getOrDefault(Language.OTHER, "");
    return Variables.fill(
        sentences.getOrDefault(reason, other),
        map("reason", reason, "decline", decline(declineCode)));
  }

  private String decline(String code) {
    var sentences = language.declines();
    return sentences.getOrDefault(code, sentences.getOrDefault(Language.OTHER, ""));
  }

  private static Map<String, String> map(String... variables) {
    var values = new HashMap<String, String>();
    for (int i = 0; i + 1 < variables.length; i += 2) {
      values.put(variables[i], variables[i + 1]);
    }
    return values;
  }

  String money(long minor, String currency) {
    String figures = figures(BigDecimal.valueOf(minor, digits(currency)).toPlainString());
    var form = language.formats().money().get(currency);
    String amount =
        form == null ? figures + " " + currency : Variables.fill(form, Map.of("amount", figures));
    return minor == 0 ? say(ReplyId.FREE_OF_CHARGE, "amount", amount) : amount;
  }

  /** With the marks of the language: "1.234,50" for 1234.50. */
  private String figures(String plain) {
    var formats = language.formats();
    int point = plain.indexOf('.');
    int end = point < 0 ? plain.length() : point;
    var figures = new StringBuilder();
    for (int i = 0; i < end; i++) {
      boolean group = i > 0 && (end - i) % GROUP == 0 && Character.isDigit(plain.charAt(i - 1));
      figures.append(group ? formats.groupMark() : "").append(plain.charAt(i));
    }
    return point < 0
        ? figures.toString()
        : figures.append(formats.decimalMark()).append(plain, point + 1, plain.length()).toString();
  }

  private static int digits(String currency) {
    try {
      return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    } catch (IllegalArgumentException e) {
      return 2; // no such currency: nobody can be charged in it either
    }
  }

  /** For example "Friday 9 January 2026, 19:30". */
  String date(long timeMs) {
    var time = Instant.ofEpochMilli(timeMs).atZone(zone);
    var formats = language.formats();
    return Variables.fill(
        formats.date(),
        map(
            "weekday",
            formats.weekdays().get(time.getDayOfWeek().getValue() - 1),
            "day",
            Integer.toString(time.getDayOfMonth()),
            "month",
            formats.months().get(time.getMonthValue() - 1),
            "year",
            Integer.toString(time.getYear()),
            "time",
            time(timeMs)));
  }

  /** For example "19:30". */
  String time(long timeMs) {
    var time = Instant.ofEpochMilli(timeMs).atZone(zone);
    return Variables.fill(
        language.formats().time(),
        map("hour", twoDigits(time.getHour()), "minute", twoDigits(time.getMinute())));
  }

  private static String twoDigits(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }

  /** For example "Visa ending in 4242"; empty when there is none. */
  String card(Card card) {
    return card.given()
        ? say(ReplyId.CARD, "brand", brand(card.brand()), "digits", card.last4())
        : "";
  }

  /** The same where cards are listed. */
  String cardLine(Card card) {
    return say(ReplyId.CARD_LINE, "brand", brand(card.brand()), "digits", card.last4());
  }

  private static String brand(String name) {
    return name.equals("amex")
        ? "American Express"
        : name.isEmpty() ? name : Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  /** "A-1, A-2 and A-3". */
  String list(List<String> items) {
    if (items.size() < 2) {
      return String.join("", items);
    }
    String first = String.join(", ", items.subList(0, items.size() - 1));
    return say(ReplyId.LIST_AND, "first", first, "last", items.getLast());
  }

  String free(long count) {
    return count == 1
        ? say(ReplyId.ONE_FREE)
        : say(ReplyId.MANY_FREE, "count", Long.toString(count));
  }

  String tickets(long count) {
    return count == 1
        ? say(ReplyId.ONE_TICKET)
        : say(ReplyId.MANY_TICKETS, "count", Long.toString(count));
  }

  /** One line about an event, with what its cheapest ticket costs. */
  String line(SeatView.Event event) {
    long least = event.prices().stream().mapToLong(SeatView.Price::priceMinor).min().orElse(0);
    var line = event.city().isEmpty() ? ReplyId.EVENT_LINE : ReplyId.EVENT_LINE_CITY;
    return say(
        line,
        "event",
        event.displayName(),
        "date",
        date(event.startTimeMs()),
        "venue",
        event.venueDisplayName(),
        "city",
        event.city(),
        "price",
        money(least, event.currency()));
  }

  /** Lines with numbers to choose by. */
  String numbered(List<String> lines) {
    var numbered = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      numbered.append(i == 0 ? "" : "\n");
      numbered.append(
          say(ReplyId.CHOICE_LINE, "number", Integer.toString(i + 1), "line", lines.get(i)));
    }
    return numbered.toString();
  }

  /** The numbers of some lines, as messages. */
  List<Suggestion> choices(List<String> lines) {
    return IntStream.range(0, lines.size())
        .mapToObj(i -> Suggestion.saying(lines.get(i), Integer.toString(i + 1)))
        .toList();
  }
}
