package dev.usher.chat.model;

import dev.usher.chat.language.IntentId;
import dev.usher.chat.language.Language;
import dev.usher.chat.language.Moment;
import dev.usher.chat.language.Phrase;
import dev.usher.chat.language.SlotId;
import dev.usher.chat.language.Template;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes sentences to learn from out of the templates: the same ones each time. A share of the
 * words is made unknown, because real messages have words that no template has.
 */
final class Examples {
  /** How many, by moment: more where more can be meant. */
  private static final Map<Moment, Integer> COUNTS =
      new TreeMap<>(
          Map.of(
              Moment.UNKNOWN, 32_000,
              Moment.OPENING, 6_000,
              Moment.QUESTION, 6_000,
              Moment.OFFER, 6_000,
              Moment.ANSWER, 5_000,
              Moment.READ_BACK, 3_000,
              Moment.INVITATION, 3_000,
              Moment.DONE, 3_000,
              Moment.FAILED, 1_000,
              Moment.ANYTHING_ELSE, 3_000));

  private static final int PERCENT = 100;
  private static final int FORGOTTEN_OUT_OF_SCOPE = 18;
  private static final int FORGOTTEN = 3;
  private static final int LEFT_OUT = 2;

  private static final int RECOGNISED_ELSEWHERE = 12;

  /** Names that are recognised only with a catalogue that has them. */
  private static final Map<String, Integer> RECOGNISED =
      Map.of("{event}", 40, "{venue}", 50, "{city}", 50, "{section}", 70);

  private final Language language;
  private final Random random = new Random(20_190_301);
  private final Map<IntentId, List<Template>> templates = new TreeMap<>();

  Examples(Language language) {
    this.language = language;
    for (var template : language.templates()) {
      templates.computeIfAbsent(template.intent(), i -> new ArrayList<>()).add(template);
    }
  }

  List<Example> all() {
    var all = new ArrayList<Example>();
    COUNTS.forEach(
        (moment, count) -> {
          long sum = 0;
          for (var intent : IntentId.values()) {
            sum += weight(intent, moment);
          }
          for (var intent : IntentId.values()) {
            long share = (long) count * weight(intent, moment) / Math.max(1, sum);
            some(intent, moment, share, all);
          }
        });
    return all;
  }

  private int weight(IntentId intent, Moment moment) {
    return language.weights().getOrDefault(intent, Map.of()).getOrDefault(moment, 0);
  }

  private void some(IntentId intent, Moment moment, long count, List<Example> all) {
    var fitting = new ArrayList<Template>();
    for (var template : templates.getOrDefault(intent, List.of())) {
      boolean meant = template.moments().isEmpty() || template.moments().contains(moment);
      // a template with more ways to say it is more often said, but not in proportion
      long ways = Math.min(template.phrase().ways(), 1L << 40);
      int copies = 1 + (Long.SIZE - Long.numberOfLeadingZeros(ways)) / 2;
      for (int i = 0; meant && i < copies; i++) {
        fitting.add(template);
      }
    }
    for (long i = 0; i < count && !fitting.isEmpty(); i++) {
      var template = fitting.get(random.nextInt(fitting.size()));
      all.add(example(template, moment));
    }
  }

  /** A sentence of the template, as a message would come out. */
  Example example(Template template, Moment moment) {
    boolean elsewhere = template.intent() == IntentId.OUT_OF_SCOPE;
    var items = new ArrayList<String>();
    int forgotten = elsewhere ? FORGOTTEN_OUT_OF_SCOPE : FORGOTTEN;
    for (var item : language.normaliser().items(template.sentence(random))) {
      if (item.equals(Phrase.ANYTHING)) {
        unknown(1 + random.nextInt(2), items);
      } else if (item.startsWith("{")) {
        int recognised = RECOGNISED.getOrDefault(item, PERCENT);
        // our own events and cities are seldom what other errands are about
        if (chance(elsewhere && recognised < PERCENT ? RECOGNISED_ELSEWHERE : recognised)) {
          items.add(item);
        } else {
          unknown(1 + random.nextInt(3), items);
        }
      } else if (!chance(LEFT_OUT)) {
        items.add(chance(forgotten) ? Features.UNKNOWN_WORD : item);
      }
    }
    return new Example(template.intent(), moment, requested(moment, items), List.copyOf(items));
  }

  /** The same with every word known and every value recognised. */
  Example plain(Template template, Moment moment) {
    var items = language.normaliser().items(template.sentence(random));
    return new Example(template.intent(), moment, requested(moment, items), List.copyOf(items));
  }

  /** After a question the answer is mostly what was asked for. */
  private Set<SlotId> requested(Moment moment, List<String> items) {
    if (moment != Moment.QUESTION) {
      return Set.of();
    }
    var requested = EnumSet.noneOf(SlotId.class);
    for (var slot : SlotId.values()) {
      if (items.contains(slot.item()) || chance(8)) {
        requested.add(slot);
      }
    }
    return requested;
  }

  private void unknown(int count, List<String> items) {
    for (int i = 0; i < count; i++) {
      items.add(Features.UNKNOWN_WORD);
    }
  }

  private boolean chance(int percent) {
    return random.nextInt(PERCENT) < percent;
  }
}
