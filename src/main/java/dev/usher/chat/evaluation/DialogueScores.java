package dev.usher.chat.evaluation;

import dev.usher.chat.understanding.Understanding;
import java.nio.file.Path;

/**
 * Values found in conversations of many turns.
 *
 * @param spansRight spans found of those that are there, with kind, begin and end
 * @param goalsRight turns after which all that the person wants is known, of {@code turns}
 */
record DialogueScores(int spansThere, int spansFound, int spansRight, int turns, int goalsRight) {
  double spanF1() {
    return Scores.share(2 * spansRight, spansThere + spansFound);
  }

  double jointGoal() {
    return Scores.share(goalsRight, turns);
  }

  static DialogueScores of(Path file, Understanding understanding) {
    var turns = Turn.read(file);
    var reader = new DialogueReader(understanding, Turn.catalogue(turns), Turn.labelled(turns));
    turns.forEach(reader::turn);
    return reader.scores();
  }
}
