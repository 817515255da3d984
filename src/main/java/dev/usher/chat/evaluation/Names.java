package dev.usher.chat.evaluation;

import dev.usher.chat.language.Token;
import dev.usher.chat.language.Tokenizer;
import dev.usher.chat.understanding.Catalogue;
import dev.usher.seats.SeatView;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The names that a file's conversations are about, as the catalogue of their world. */
final class Names {
  private final Set<String> events = new LinkedHashSet<>();
  private final Set<String> venues = new LinkedHashSet<>();
  private final Set<String> cities = new LinkedHashSet<>();

  /** The words of a name, however it is written: "Portland, OR" is "portland or". */
  static String canonical(String name) {
    return Tokenizer.tokens(name).stream()
        .filter(token -> !token.isMark())
        .map(Token::text)
        .collect(Collectors.joining(" "));
  }

  /** Several values may be given with bars between. */
  void add(String slot, String values) {
    for (var value : values.split("\\|")) {
      switch (slot) {
        case "event" -> events.add(value);
        case "venue" -> venues.add(value);
        case "city" -> cities.add(value);
        default -> {}
      }
    }
  }

  Catalogue catalogue() {
    var names = List.copyOf(events);
    var places = List.copyOf(venues);
    var towns = List.copyOf(cities);
    int count = Math.max(names.size(), Math.max(places.size(), towns.size()));
    var all = new ArrayList<SeatView.Event>();
    for (int i = 0; i < count; i++) {
      all.add(event(at(names, i), at(places, i), at(towns, i)));
    }
    return new Catalogue(all, Map.of());
  }

  private static String at(List<String> names, int index) {
    return index < names.size() ? names.get(index) : "";
  }

  private static SeatView.Event event(String name, String venue, String city) {
    return new SeatView.Event(
        name, name, venue, venue, city, 0, "USD", List.of(), true, 6, 100, 100, 1);
  }
}
