package dev.usher.chat.evaluation;

import dev.usher.chat.language.SlotId;
import dev.usher.chat.understanding.Understanding;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Dates and times by themselves.
 *
 * @param wrong phrase, what it means and what it was taken for
 */
record PhraseScores(int rows, List<String> wrong) {
  private static final LocalDate TODAY = LocalDate.of(2019, 3, 1);

  double accuracy() {
    return Scores.share(rows - wrong.size(), rows);
  }

  static PhraseScores of(Path file, Understanding understanding) {
    var rows = Tsv.read(file, "phrase", "canonical", "kind");
    var wrong = new ArrayList<String>();
    for (var row : rows) {
      var slot = row.get("kind").equals("date") ? SlotId.DATE : SlotId.TIME;
      String value = Phrase.value(understanding, row.get("phrase"), slot, TODAY);
      if (!value.equals(row.get("canonical"))) {
        wrong.add(row.get("phrase") + " is " + row.get("canonical") + ", not " + value);
      }
    }
    return new PhraseScores(rows.size(), wrong);
  }
}
