package dev.usher.chat.evaluation;

import dev.usher.chat.language.SlotId;
import dev.usher.chat.understanding.Catalogue;
import dev.usher.chat.understanding.Situation;
import dev.usher.chat.understanding.Understanding;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A value in words by itself, for example "the 10th of March". */
final class Phrase {
  private static final Catalogue NOTHING = new Catalogue(List.of(), Map.of());

  private Phrase() {}

  /** In canonical form; the words themselves when nothing is recognised. */
  static String value(Understanding understanding, String words, SlotId slot, LocalDate today) {
    var found = understanding.understand(words, NOTHING, today, Situation.asked(slot)).all(slot);
    return found.isEmpty() ? words.toLowerCase(Locale.ROOT) : found.getFirst().value();
  }
}
