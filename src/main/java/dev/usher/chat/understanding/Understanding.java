package dev.usher.chat.understanding;

import dev.usher.chat.language.IntentId;
import dev.usher.chat.language.Language;
import dev.usher.chat.language.Moment;
import dev.usher.chat.language.Normaliser;
import dev.usher.chat.language.SlotId;
import dev.usher.chat.language.Tokenizer;
import dev.usher.chat.model.Features;
import dev.usher.chat.model.Model;
import dev.usher.chat.understanding.Understood.Decision;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Understands messages of one language. Pure: the same message, catalogue, day and situation give
 * the same answer on every JDK. Safe for any thread.
 */
public final class Understanding {
  /** Nobody says these in a farewell by the way. */
  private static final Set<SlotId> CHOICES =
      Set.of(SlotId.EVENT, SlotId.SEAT, SlotId.SECTION, SlotId.MONEY);

  private final Language language;
  private final Model model;
  private final Normaliser normaliser;
  private final Spelling spelling;
  private final Entities entities;
  private final Classifier classifier;
  private volatile @Nullable Indexed indexed;

  private record Indexed(Catalogue catalogue, NameIndex names) {}

  public Understanding(Language language, Model model) {
    this.language = language;
    this.model = model;
    this.normaliser = language.normaliser();
    var vocabulary = language.vocabulary();
    this.spelling = new Spelling(vocabulary);
    this.entities =
        new Entities(language.lexicon(), Set.copyOf(language.ordinary()), Set.copyOf(vocabulary));
    this.classifier = new Classifier(model, language.thresholds().temperature());
  }

  /**
   * Finds the values and the meaning of a message.
   *
   * @param message at most 1000 characters
   * @param today the day in the house's zone
   */
  public Understood understand(
      String message, Catalogue catalogue, LocalDate today, Situation situation) {
    var names = names(catalogue);
    var words = new Words(message, spelling.mended(Tokenizer.tokens(message), names::has));
    var found = entities.find(words, names, today, situation.requested());
    var items = items(words, found);
    int template = template(items, situation.moment());
    return template >= 0 ? exact(template, found) : judged(items, found, situation);
  }

  /** The card that a message names to pay with and says nothing else, or empty. */
  public Optional<CardWish> card(String message) {
    return CardWish.in(message, language.cards());
  }

  /** The template that says just this and is said at this moment, or -1. */
  private int template(List<String> items, Moment moment) {
    int now = model.template(Features.sentence(items, moment));
    int ever = now < 0 ? model.template(Features.sentence(items)) : now;
    boolean meant =
        ever >= 0
            && language
                .weights()
                .getOrDefault(language.templates().get(ever).intent(), Map.of())
                .containsKey(moment);
    return meant ? ever : -1;
  }

  /** The same catalogue is asked for again and again; only the last is kept. */
  private NameIndex names(Catalogue catalogue) {
    var last = indexed;
    if (last == null || !last.catalogue().equals(catalogue)) {
      last = new Indexed(catalogue, new NameIndex(catalogue, language.lexicon().articles()));
      indexed = last;
    }
    return last.names();
  }

  private Understood exact(int number, List<Entity> found) {
    var template = language.templates().get(number);
    boolean no = template.intent() == IntentId.OUT_OF_SCOPE;
    return new Understood(
        template.intent(),
        no ? IntentId.HELP : template.intent(),
        no ? IntentId.HUMAN_AGENT : template.intent(),
        no ? Decision.FALL_BACK : Decision.ACCEPT,
        template.id(),
        1,
        no ? 1 : 0,
        wanted(found, template.intent()),
        List.of("template " + template.id()),
        model.hash());
  }

  private Understood judged(List<String> items, List<Entity> found, Situation situation) {
    var verdict = classifier.judge(items, situation);
    var likeliest = verdict.likeliest(IntentId.OUT_OF_SCOPE);
    var second = verdict.likeliest(likeliest);
    var decision = decide(verdict, likeliest, second);
    boolean answer =
        decision != Decision.ACCEPT
            && found.stream().anyMatch(entity -> situation.requested().contains(entity.slot()));
    if (answer || items.isEmpty()) {
      likeliest = answer ? IntentId.INFORM : likeliest;
      decision = answer ? Decision.ACCEPT : Decision.FALL_BACK;
    }
    var meant = decision == Decision.FALL_BACK ? IntentId.OUT_OF_SCOPE : likeliest;
    return new Understood(
        meant,
        likeliest,
        second,
        decision,
        "",
        meant == IntentId.OUT_OF_SCOPE && strange(items) ? 0 : thousandths(verdict.share(meant)),
        thousandths(verdict.share(IntentId.OUT_OF_SCOPE)),
        decision == Decision.ACCEPT ? wanted(found, likeliest) : found,
        verdict.reasons(meant, meant == likeliest ? second : likeliest),
        model.hash());
  }

  /** Who takes leave wants nothing more: "that is all for today". A choice may still be one. */
  private static List<Entity> wanted(List<Entity> found, IntentId intent) {
    return intent == IntentId.THANK || intent == IntentId.GOODBYE
        ? found.stream().filter(entity -> CHOICES.contains(entity.slot())).toList()
        : found;
  }

  private Decision decide(Classifier.Verdict verdict, IntentId likeliest, IntentId second) {
    var limits = language.thresholds();
    if (verdict.share(IntentId.OUT_OF_SCOPE) * 1000 > limits.doubt()) {
      return Decision.FALL_BACK;
    }
    double lead = verdict.share(likeliest) - verdict.share(second);
    if (verdict.share(likeliest) * 1000 >= limits.accept() || lead * 1000 >= limits.lead()) {
      return Decision.ACCEPT;
    }
    return Decision.ASK_WHICH;
  }

  /** Mostly words that nobody knows: not out of scope, just not understood. */
  private static boolean strange(List<String> items) {
    return items.stream().filter(Features.UNKNOWN_WORD::equals).count() * 2 > items.size();
  }

  /** Rounded, so that it is written the same everywhere. */
  private static double thousandths(double share) {
    return Math.round(share * 1000) / 1000.0;
  }

  /** The message as the model sees it: words in normal form, a value as its slot. */
  private List<String> items(Words words, List<Entity> found) {
    var items = new ArrayList<String>();
    int at = 0;
    for (var entity : found) {
      // several seats, with or without "and" between, are one value to a template
      boolean more = at > 0 && items.getLast().equals(entity.slot().item());
      if (!more || !joins(words, at, entity.firstToken())) {
        addRun(words, at, entity.firstToken(), items);
        items.add(entity.slot().item());
      }
      at = entity.endToken();
    }
    addRun(words, at, words.size(), items);
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

  private void addRun(Words words, int from, int to, List<String> items) {
    var run = new ArrayList<String>();
    for (int i = from; i < to; i++) {
      if (!words.tokens().get(i).isMark()) {
        run.add(spelling.knows(words.at(i)) ? words.at(i) : Features.UNKNOWN_WORD);
      }
    }
    items.addAll(normaliser.normalise(run));
  }
}
