package dev.usher.chat.language;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the closed words of the value grammars. */
final class LexiconReader {
  private final YamlPlace values;

  LexiconReader(YamlPlace values) {
    this.values = values;
  }

  Lexicon lexicon() {
    return new Lexicon(
        numbered("numbers"),
        phrases("weak_numbers"),
        phrases("quantity_leads"),
        phrases("ticket_words"),
        numbered("ordinals"),
        phrases("last"),
        phrases("ordinal_tails"),
        phrases("row_words"),
        phrases("seat_words"),
        phrases("range_words"),
        phrases("joiners"),
        phrases("in_words"),
        named("months", 12),
        named("weekdays", 7),
        phrases("date_marks"),
        phrases("day_leads"),
        numbered("days"),
        numbered("ahead"),
        numbered("feasts"),
        numbered("parts"),
        phrases("weekends"),
        phrases("this_words"),
        phrases("next_words"),
        phrases("coming_words"),
        phrases("week_words"),
        phrases("month_words"),
        phrases("day_suffixes"),
        phrases("articles"),
        numbered("times"),
        named("half_days", 3),
        numbered("past_words"),
        numbered("to_words"),
        phrases("clock_words"),
        phrases("time_leads"),
        phrases("kinds"),
        phrases("money_words"));
  }

  private Map<String, Integer> numbered(String part) {
    var numbers = new HashMap<String, Integer>();
    values.get(part).map().forEach((phrase, place) -> numbers.put(spelled(phrase), place.number()));
    return Map.copyOf(numbers);
  }

  private Set<String> phrases(String part) {
    var phrases = new HashSet<String>();
    values.get(part).texts().forEach(phrase -> phrases.add(spelled(phrase)));
    return Set.copyOf(phrases);
  }

  private List<List<String>> named(String part, int count) {
    var place = values.get(part);
    var names =
        place.list().stream()
            .map(entry -> entry.texts().stream().map(LexiconReader::spelled).toList())
            .toList();
    if (names.size() != count) {
      place.fault("expected " + count + " lists of names");
    }
    return names;
  }

  /** A mark by itself stays as it is. */
  private static String spelled(String phrase) {
    var words = Tokenizer.words(phrase);
    return words.isEmpty() ? phrase : String.join(" ", words);
  }
}
