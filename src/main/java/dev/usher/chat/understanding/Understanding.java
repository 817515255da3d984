package dev.usher.chat.understanding;

import dev.usher.chat.language.IntentId;
import dev.usher.chat.language.Language;
import dev.usher.chat.language.Language.Pattern;
import dev.usher.chat.language.Normaliser;
import dev.usher.chat.language.SlotId;
import dev.usher.chat.language.Tokenizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Understands messages of one language. Pure: the same message, catalogue, day and question give
 * the same answer on every JDK. Safe for any thread.
 */
public final class Understanding {
  private final Language language;
  private final Normaliser normaliser;
  private final Entities entities;

  public Understanding(Language language) {
    this.language = language;
    this.normaliser = language.normaliser();
    var vocabulary = new HashSet<String>();
    language.patterns().forEach(pattern -> vocabulary.addAll(pattern.items()));
    this.entities =
        new Entities(language.lexicon(), word -> isOrdinary(normaliser, vocabulary, word));
  }

  private static boolean isOrdinary(Normaliser normaliser, Set<String> vocabulary, String word) {
    var normal = normaliser.normalise(List.of(word));
    return normal.isEmpty() || !normal.equals(List.of(word)) || vocabulary.contains(word);
  }

  /**
   * Finds the values and the best template of a message.
   *
   * @param message at most 1000 characters
   * @param today the day in the house's zone
   * @param requested what the assistant asked for just before
   */
  public Understood understand(
      String message, Catalogue catalogue, LocalDate today, @Nullable SlotId requested) {
    var words = new Words(Tokenizer.tokens(message));
    var found = entities.find(words, catalogue, today, requested);
    var items = items(words, found);
    var best = best(items);
    if (best != null && best.thousandths() >= language.acceptThousandths()) {
      return new Understood(
          best.pattern().intent(), best.pattern().templateId(), best.confidence(), found);
    }
    if (requested != null && found.stream().anyMatch(entity -> entity.slot() == requested)) {
      // the answer to our question, in words of their own
      return new Understood(IntentId.INFORM, "inform." + requested.label(), share(items), found);
    }
    return best == null
        ? new Understood(IntentId.OUT_OF_SCOPE, "", 0, found)
        : new Understood(
            IntentId.OUT_OF_SCOPE, best.pattern().templateId(), best.confidence(), found);
  }

  /** The message as patterns see it: words in normal form, a value as its slot. */
  private List<String> items(Words words, List<Entity> found) {
    var items = new ArrayList<String>();
    var run = new ArrayList<String>();
    int at = 0;
    for (var entity : found) {
      // several seats, with or without "and" between, are one value to a template
      boolean more = at > 0 && items.getLast().equals(entity.slot().item());
      if (!more || !joins(words, at, entity.firstToken())) {
        addRun(words, at, entity.firstToken(), run, items);
        items.add(entity.slot().item());
      }
      at = entity.endToken();
    }
    addRun(words, at, words.size(), run, items);
    return items;
  }

  private boolean joins(Words words, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!words.in(i, language.lexicon().joiners())) {
        return false;
      }
    }
    return true;
  }

  private void addRun(Words words, int from, int to, List<String> run, List<String> items) {
    run.clear();
    for (int i = from; i < to; i++) {
      if (!words.tokens().get(i).isMark()) {
        run.add(words.at(i));
      }
    }
    items.addAll(normaliser.normalise(run));
  }

  /** Sums in thousandths, so that no rounding decides between two patterns. */
  private record Match(Pattern pattern, int matched, int missed) {
    /** A fraction is better when it is greater; of equals, the pattern that explains more. */
    boolean betterThan(Match other) {
      long mine = (long) matched * (other.matched + other.missed);
      long theirs = (long) other.matched * (matched + missed);
      return mine != theirs ? mine > theirs : matched > other.matched;
    }

    long thousandths() {
      return 1000L * matched / (matched + missed);
    }

    double confidence() {
      return thousandths() / 1000.0;
    }
  }

  private @Nullable Match best(List<String> items) {
    if (items.isEmpty()) {
      return null;
    }
    int[] gains = new int[items.size()];
    int[] costs = new int[items.size()];
    for (int i = 0; i < gains.length; i++) {
      boolean value = items.get(i).startsWith("{");
      int weight = normaliser.weight(items.get(i));
      gains[i] = value ? Normaliser.MATCHED_SLOT : weight;
      costs[i] = value ? Normaliser.UNMATCHED_SLOT : weight;
    }
    Match best = null;
    for (var pattern : language.patterns()) {
      var match = match(pattern, items, gains, costs);
      if (match != null && (best == null || match.betterThan(best))) {
        best = match;
      }
    }
    return best;
  }

  /** All of the pattern's items in this order, anything between; what is between costs. */
  private static @Nullable Match match(
      Pattern pattern, List<String> items, int[] gains, int[] costs) {
    var wanted = pattern.items();
    int matched = 0;
    int missed = 0;
    int next = 0;
    for (int i = 0; i < gains.length; i++) {
      if (wanted.size() - next > gains.length - i) {
        return null; // more is wanted than is left
      }
      if (next < wanted.size() && wanted.get(next).equals(items.get(i))) {
        matched += gains[i];
        next++;
      } else {
        missed += costs[i];
      }
    }
    return next == wanted.size() ? new Match(pattern, matched, missed) : null;
  }

  /** The share of values in the message. */
  private double share(List<String> items) {
    int all = 0;
    int values = 0;
    for (var item : items) {
      boolean value = item.startsWith("{");
      all += value ? Normaliser.MATCHED_SLOT : normaliser.weight(item);
      values += value ? Normaliser.MATCHED_SLOT : 0;
    }
    long thousandths = 1000L * values / all;
    return thousandths / 1000.0;
  }
}
