package dev.usher.chat.language;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One language, checked: everything that understanding and answering need to know of it. Immutable.
 *
 * @param acceptThousandths the least score of an understanding that is acted upon
 * @param patterns every way to say each intent, in file order
 * @param refusals a sentence for each reason of a refusal or an unavailability
 * @param declines a sentence for each decline code of a card
 * @param money how an amount is written, by currency; {@code {amount}} stands for the figures
 */
public record Language(
    String id,
    int acceptThousandths,
    List<IntentText> intents,
    Map<SlotId, String> questions,
    Normaliser normaliser,
    Lexicon lexicon,
    List<Pattern> patterns,
    Map<ReplyId, String> replies,
    Map<String, String> refusals,
    Map<String, String> declines,
    Map<ReplyId, List<String>> suggestions,
    Map<String, String> money) {

  /** The entry of {@link #refusals} and {@link #declines} for what has none of its own. */
  public static final String OTHER = "OTHER";

  /** An intent as people are told of it. */
  public record IntentText(IntentId id, String description, List<String> examples) {}

  /**
   * One way to say an intent.
   *
   * @param templateId intent and number of the template, for example {@code book_tickets.3}
   * @param items words in normal form, and slots as {@code {slot}}
   */
  public record Pattern(IntentId intent, String templateId, int line, List<String> items) {}

  /**
   * The closed words that the grammars of values are made of. All in normal spelling; phrases are
   * words with single blanks between.
   */
  public record Lexicon(
      Map<String, Integer> numbers,
      Set<String> weakNumbers,
      Set<String> quantityLeads,
      Set<String> ticketWords,
      Map<String, Integer> ordinals,
      Set<String> last,
      Set<String> ordinalTails,
      Set<String> rowWords,
      Set<String> seatWords,
      Set<String> rangeWords,
      Set<String> joiners,
      Set<String> inWords,
      List<List<String>> months,
      List<List<String>> weekdays,
      Map<String, Integer> days,
      Set<String> weekends,
      Set<String> nextWords,
      Set<String> articles) {}
}
