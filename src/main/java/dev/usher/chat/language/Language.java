package dev.usher.chat.language;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One language, checked: everything that understanding and answering need to know of it. Immutable.
 *
 * @param intents in file order
 * @param templates every way to say each intent, in file order
 * @param weights how often an intent is meant at each moment, among all that are meant then
 * @param refusals a sentence for each reason of a refusal or an unavailability
 * @param declines a sentence for each decline code of a card
 * @param signs how it is known that this language is spoken
 * @param cards messages that name a card to pay with, word for word, {@code {card}} for the card
 */
public record Language(
    String id,
    Thresholds thresholds,
    List<IntentText> intents,
    Map<SlotId, String> questions,
    Normaliser normaliser,
    Lexicon lexicon,
    List<Template> templates,
    Map<IntentId, Map<Moment, Integer>> weights,
    Map<ReplyId, String> replies,
    Map<String, String> refusals,
    Map<String, String> declines,
    Map<ReplyId, List<String>> suggestions,
    Formats formats,
    Signs signs,
    Set<List<String>> cards) {

  /** The entry of {@link #refusals} and {@link #declines} for what has none of its own. */
  public static final String OTHER = "OTHER";

  /** Every word that it knows. */
  public Set<String> vocabulary() {
    var words = ordinary();
    words.addAll(lexicon.kinds());
    templates.forEach(template -> addWords(template.phrase(), words));
    return words;
  }

  /** The words of what it is for: by themselves they name no event. */
  public Set<String> ordinary() {
    var words = new TreeSet<>(normaliser.words());
    lexicon.addWords(words);
    for (var template : templates) {
      if (template.intent() != IntentId.OUT_OF_SCOPE) {
        addWords(template.phrase(), words);
      }
    }
    words.removeAll(lexicon.kinds());
    return words;
  }

  private static void addWords(Phrase phrase, Set<String> words) {
    switch (phrase) {
      case Phrase.Words said -> words.addAll(said.items());
      case Phrase.Choice choice -> choice.options().forEach(option -> addWords(option, words));
      case Phrase.Sequence sequence -> sequence.parts().forEach(part -> addWords(part, words));
    }
  }

  /**
   * How values are written.
   *
   * @param date with {@code {weekday} {day} {month} {year} {time}}
   * @param time with {@code {hour} {minute}}
   * @param decimalMark before the cents
   * @param groupMark between thousands
   * @param months their names, January first
   * @param weekdays their names, Monday first
   * @param money by currency; {@code {amount}} stands for the figures
   */
  public record Formats(
      String date,
      String time,
      String decimalMark,
      String groupMark,
      List<String> months,
      List<String> weekdays,
      Map<String, String> money) {}

  /**
   * What gives a language away.
   *
   * @param words that speak for it, even where another language has them too
   * @param wishes messages that ask for it, word for word, in whatever language
   */
  public record Signs(Set<String> words, Set<List<String>> wishes) {}

  /** An intent as people are told of it. */
  public record IntentText(IntentId id, String description, List<String> examples) {}

  /**
   * When to act on an understanding; all in thousandths.
   *
   * @param accept the least confidence that is acted upon
   * @param lead how far ahead of the next best it must be, or the assistant asks which is meant
   * @param doubt a message that is likelier than this to be none of our business is turned down
   * @param temperature by which scores are divided, so that they are as often right as they say
   */
  public record Thresholds(int accept, int lead, int doubt, int temperature) {}
}
