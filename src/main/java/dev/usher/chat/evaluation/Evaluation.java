package dev.usher.chat.evaluation;

import dev.usher.chat.language.Language;
import dev.usher.chat.model.Model;
import dev.usher.chat.understanding.Catalogue;
import dev.usher.chat.understanding.Situation;
import dev.usher.chat.understanding.Understanding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs the understanding over a folder of labelled files, or predicts for one without labels. */
public final class Evaluation {
  /** A Friday; what the files call today. */
  private static final LocalDate TODAY = LocalDate.of(2019, 3, 1);

  private static final Catalogue NOTHING = new Catalogue(List.of(), Map.of());

  private final Understanding understanding;
  private final String modelHash;

  public Evaluation(Language language, Model model) {
    this.understanding = new Understanding(language, model);
    this.modelHash = model.hash();
  }

  /** All that was measured. */
  record Results(
      String part,
      String modelHash,
      List<Judged> inScope,
      List<Judged> outOfScope,
      DialogueScores dialogue,
      PhraseScores phrases,
      ArgumentScores arguments,
      Speed speed) {}

  /**
   * Measures and writes {@code report.md} and CSV files.
   *
   * @param data the folder with the files
   * @param part {@code dev} or {@code train}
   * @return the report's text
   * @throws EvaluationException when a file or column is missing or can't be read
   */
  public String report(Path data, String part, Path out) throws IOException {
    var report = new Report(measure(data, part));
    Files.createDirectories(out);
    report.write(out);
    return report.text();
  }

  Results measure(Path data, String part) {
    return new Results(
        part,
        modelHash,
        judged(data.resolve("intent_" + part + ".tsv")),
        judged(data.resolve("oos_" + part + ".tsv")),
        DialogueScores.of(data.resolve("sgd_tickets_" + part + ".tsv"), understanding),
        PhraseScores.of(data.resolve("sgd_datetime_" + part + ".tsv"), understanding),
        ArgumentScores.of(data.resolve("tm3_api_dev.tsv"), understanding),
        Speed.of(
            Utterance.read(data.resolve("intent_" + part + ".tsv")),
            understanding,
            NOTHING,
            TODAY));
  }

  private List<Judged> judged(Path file) {
    return Utterance.read(file).stream()
        .map(
            one ->
                new Judged(
                    one, understanding.understand(one.text(), NOTHING, TODAY, one.situation())))
        .toList();
  }

  /**
   * Predicts for a file with the columns id, utterance, context.
   *
   * @param out gets id, the likeliest intent in scope, its confidence and whether it is rejected
   * @return how many rows
   */
  public int predict(Path in, Path out) throws IOException {
    var lines = new ArrayList<String>();
    lines.add("id\tintent\tconfidence\trejected");
    for (var row : Tsv.read(in, "id", "utterance", "context")) {
      Situation situation = SystemActs.situation(row.get("context"), in + ": " + row.get("id"));
      var judged =
          new Judged(
              new Utterance(row.get("id"), "", row.get("utterance"), "", situation, ""),
              understanding.understand(row.get("utterance"), NOTHING, TODAY, situation));
      lines.add(
          String.format(
              Locale.ROOT,
              "%s\t%s\t%.3f\t%d",
              row.get("id"),
              judged.intent(),
              judged.understood().confidence(),
              judged.rejected() ? 1 : 0));
    }
    Files.write(out, lines);
    return lines.size() - 1;
  }
}
