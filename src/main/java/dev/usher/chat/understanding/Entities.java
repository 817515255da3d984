package dev.usher.chat.understanding;

import dev.usher.chat.language.Lexicon;
import dev.usher.chat.language.SlotId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Finds the values of a message: every grammar claims spans, each span is used once. */
final class Entities {
  private final Lexicon lexicon;
  private final NameMatcher matcher;
  private final QuantityGrammar quantities;
  private final SeatGrammar seats;
  private final DateGrammar dates;
  private final TimeGrammar times;
  private final MoneyGrammar amounts;

  /**
   * @param ordinary words of what the assistant is for
   * @param known all words of the language
   */
  Entities(Lexicon lexicon, Set<String> ordinary, Set<String> known) {
    this.lexicon = lexicon;
    this.matcher = new NameMatcher(ordinary, known, lexicon.kinds());
    this.quantities = new QuantityGrammar(lexicon);
    this.seats = new SeatGrammar(lexicon);
    this.dates = new DateGrammar(lexicon);
    this.times = new TimeGrammar(lexicon);
    this.amounts = new MoneyGrammar(lexicon);
  }

  /** In the order of the message. */
  List<Entity> find(Words words, NameIndex names, LocalDate today, Set<SlotId> requested) {
    var claims = new ArrayList<>(names(words, names, requested));
    claims.addAll(dates.dates(words, today));
    claims.addAll(times.times(words, requested.contains(SlotId.TIME)));
    claims.addAll(amounts.amounts(words));
    claims.addAll(seats.seats(words));
    claims.addAll(quantities.choices(words, requested.contains(SlotId.CHOICE)));
    claims.addAll(quantities.quantities(words, requested.contains(SlotId.QUANTITY)));
    return settle(words, claims, requested);
  }

  private List<Entity> names(Words words, NameIndex names, Set<SlotId> requested) {
    var meant = EnumSet.of(SlotId.CITY, SlotId.VENUE);
    meant.addAll(requested);
    if (requested.contains(SlotId.CHOICE)) {
      meant.add(SlotId.EVENT);
    }
    var found = new ArrayList<>(matcher.whole(words, names, meant));
    if (found.stream().noneMatch(entity -> entity.slot() == SlotId.EVENT)) {
      var parts = matcher.parts(words, names, requested.contains(SlotId.EVENT));
      parts.stream().filter(part -> found.stream().noneMatch(part::overlaps)).forEach(found::add);
    }
    return found;
  }

  /**
   * A claim inside a longer one is none ("10" of "10 January"). Of the others, what was asked for
   * claims first, then the longest, then the leftmost, then slot order.
   */
  private List<Entity> settle(Words words, List<Entity> claims, Set<SlotId> requested) {
    var order =
        Comparator.<Entity, Boolean>comparing(entity -> !requested.contains(entity.slot()))
            .thenComparing(Entity::tokens, Comparator.reverseOrder())
            .thenComparingInt(Entity::firstToken)
            .thenComparing(Entity::slot);
    var kept = new ArrayList<Entity>();
    for (var claim : claims.stream().sorted(order).toList()) {
      if (claims.stream().noneMatch(claim::isInside) && kept.stream().noneMatch(claim::overlaps)) {
        kept.add(bare(words, claim));
      }
    }
    kept.sort(Comparator.comparingInt(Entity::firstToken));
    return kept;
  }

  /** The article of "the 10th of March" is no part of the day; that of "the 10th" makes it one. */
  private Entity bare(Words words, Entity claim) {
    boolean article = words.in(claim.firstToken(), lexicon.articles());
    return claim.slot() == SlotId.DATE && article && claim.tokens() > 2
        ? claim.from(words.tokens().get(claim.firstToken() + 1).begin())
        : claim;
  }
}
