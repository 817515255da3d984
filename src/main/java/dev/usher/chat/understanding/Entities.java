package dev.usher.chat.understanding;

import dev.usher.chat.language.Language.Lexicon;
import dev.usher.chat.language.SlotId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds the values of a message: every grammar claims spans, each span is used once. */
final class Entities {
  private final Lexicon lexicon;
  private final Predicate<String> ordinary;
  private final QuantityGrammar quantities;
  private final SeatGrammar seats;
  private final DateGrammar dates;

  /**
   * @param ordinary words of the language
   */
  Entities(Lexicon lexicon, Predicate<String> ordinary) {
    this.lexicon = lexicon;
    this.ordinary = ordinary;
    this.quantities = new QuantityGrammar(lexicon);
    this.seats = new SeatGrammar(lexicon);
    this.dates = new DateGrammar(lexicon);
  }

  /** In the order of the message. */
  List<Entity> find(Words words, Catalogue catalogue, LocalDate today, @Nullable SlotId requested) {
    var claims = new ArrayList<Entity>();
    claims.addAll(names(words, catalogue, requested));
    claims.addAll(dates.dates(words, today));
    claims.addAll(seats.seats(words));
    claims.addAll(quantities.choices(words, requested == SlotId.CHOICE));
    claims.addAll(quantities.quantities(words, requested == SlotId.QUANTITY));
    return settle(claims, requested);
  }

  private List<Entity> names(Words words, Catalogue catalogue, @Nullable SlotId requested) {
    var events = new NameMatcher(SlotId.EVENT, lexicon.articles(), ordinary);
    var venues = new NameMatcher(SlotId.VENUE, lexicon.articles(), ordinary);
    var cities = new NameMatcher(SlotId.CITY, lexicon.articles(), ordinary);
    var sections = new NameMatcher(SlotId.SECTION, lexicon.articles(), ordinary);
    for (var event : catalogue.events()) {
      events.add(event.displayName(), event.eventId());
      venues.add(event.venueDisplayName(), event.venueDisplayName());
      cities.add(event.city(), event.city());
      event.prices().forEach(price -> sections.add(price.category(), price.category()));
      catalogue
          .sections()
          .getOrDefault(event.eventId(), List.of())
          .forEach(section -> sections.add(section, section));
    }
    var found = new ArrayList<Entity>();
    boolean asked = requested == SlotId.EVENT || requested == SlotId.CHOICE;
    found.addAll(events.find(words, asked));
    found.addAll(sections.find(words, requested == SlotId.SECTION));
    found.addAll(venues.find(words, requested == SlotId.VENUE));
    found.addAll(cities.find(words, requested == SlotId.CITY));
    if (found.stream().noneMatch(entity -> entity.slot() == SlotId.EVENT)) {
      found.addAll(events.findParts(words));
    }
    return found;
  }

  /** What was asked for claims first, then the longest, then the leftmost, then slot order. */
  private static List<Entity> settle(List<Entity> claims, @Nullable SlotId requested) {
    var order =
        Comparator.<Entity, Boolean>comparing(entity -> entity.slot() != requested)
            .thenComparing(Entity::tokens, Comparator.reverseOrder())
            .thenComparingInt(Entity::firstToken)
            .thenComparing(Entity::slot);
    var kept = new ArrayList<Entity>();
    for (var claim : claims.stream().sorted(order).toList()) {
      if (kept.stream().noneMatch(claim::overlaps)) {
        kept.add(claim);
      }
    }
    kept.sort(Comparator.comparingInt(Entity::firstToken));
    return kept;
  }
}
