package dev.usher.chat.evaluation;

import dev.usher.chat.evaluation.Evaluation.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Puts what was measured into Markdown for people and CSV for programs. */
final class Report {
  private static final int ERRORS = 50;
  private static final double ALLOWED = 0.05;

  private final Results results;
  private final Scores scores;
  private final StringBuilder text = new StringBuilder();

  Report(Results results) {
    this.results = results;
    this.scores = Scores.of(results.inScope());
    headline();
    scope();
    intents();
    values();
    calibration();
    errors();
  }

  String text() {
    return text.toString();
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private void headline() {
    line("# What the assistant understands: %s", results.part());
    line("");
    line("Model %s.", results.modelHash());
    line("");
    line("| measure | value |");
    line("|---|---|");
    line("| in-scope accuracy (%d rows) | %.4f |", scores.rows(), scores.accuracy());
    line("| macro-F1 (%d intents) | %.4f |", scores.perIntent().size(), scores.macroF1());
    var allowed = ScopeScores.allowing(ALLOWED, results.inScope(), results.outOfScope());
    line("| out-of-scope recall at 5 %% rejected | %.4f |", allowed.recall());
    line("| span F1 | %.4f |", results.dialogue().spanF1());
    line("| joint goal accuracy | %.4f |", results.dialogue().jointGoal());
    line("| dates and times | %.4f |", results.phrases().accuracy());
    for (int percent : new int[] {50, 90, 99}) {
      line("| latency p%d | %.0f µs |", percent, results.speed().micros(percent));
    }
    line("| garbage | %d bytes a message |", results.speed().bytes());
  }

  private void scope() {
    line("");
    line("## Out of scope");
    line("");
    line("| threshold | in scope rejected | recall | by kind |");
    line("|---|---|---|---|");
    scope("the assistant's own", ScopeScores.decided(results.inScope(), results.outOfScope()));
    scope(
        "at 5 % in scope rejected",
        ScopeScores.allowing(ALLOWED, results.inScope(), results.outOfScope()));
  }

  private void scope(String name, ScopeScores scope) {
    var kinds = new ArrayList<String>();
    scope
        .perKind()
        .forEach((kind, recall) -> kinds.add(String.format(Locale.ROOT, "%s %.3f", kind, recall)));
    line(
        "| %s | %.4f | %.4f | %s |",
        name, scope.inScopeRejected(), scope.recall(), String.join(", ", kinds));
  }

  private void intents() {
    line("");
    line("## Intents");
    line("");
    line("| intent | rows | precision | recall | F1 |");
    line("|---|---|---|---|---|");
    for (var one : scores.perIntent()) {
      line(
          "| %s | %d | %.3f | %.3f | %.3f |",
          one.intent(), one.rows(), one.precision(), one.recall(), one.f1());
    }
  }

  private void values() {
    var dialogue = results.dialogue();
    line("");
    line("## Values");
    line("");
    line(
        "Spans of events, venues, cities and dates: %d there, %d found, %d right. Turns: %d, all"
            + " wishes known after %d.",
        dialogue.spansThere(),
        dialogue.spansFound(),
        dialogue.spansRight(),
        dialogue.turns(),
        dialogue.goalsRight());
    line("");
    results.phrases().wrong().forEach(wrong -> line("* %s", wrong));
    line("");
    line("| argument of a booking | there | found |");
    line("|---|---|---|");
    results
        .arguments()
        .perArgument()
        .forEach(
            (name, counts) ->
                line("| %s | %d | %.3f |", name, counts[0], Scores.share(counts[1], counts[0])));
  }

  private void calibration() {
    var accepted = results.inScope().stream().filter(one -> !one.rejected()).toList();
    var calibration = Calibration.of(accepted);
    line("");
    line("## Calibration: expected error %.4f", calibration.error());
    line("");
    line("| rows | confidence | accuracy |");
    line("|---|---|---|");
    for (var bin : calibration.bins()) {
      line("| %d | %.3f | %.3f |", bin.rows(), bin.confidence(), bin.accuracy());
    }
  }

  /** The surest first. */
  private List<Judged> worst() {
    return results.inScope().stream()
        .filter(one -> !one.right())
        .sorted(Comparator.comparingDouble(one -> -one.understood().confidence()))
        .limit(ERRORS)
        .toList();
  }

  private void errors() {
    line("");
    line("## The surest of what was wrong");
    line("");
    for (var one : worst()) {
      line(
          "* %s, taken for %s (%.2f) because of %s",
          one.utterance().intent(),
          one.intent(),
          one.understood().confidence(),
          String.join(", ", one.understood().why()));
    }
  }

  void write(Path out) throws IOException {
    Files.writeString(out.resolve("report.md"), text);
    var intents = new ArrayList<String>();
    intents.add("intent,rows,precision,recall,f1");
    for (var one : scores.perIntent()) {
      intents.add(
          String.format(
              Locale.ROOT,
              "%s,%d,%.4f,%.4f,%.4f",
              one.intent(),
              one.rows(),
              one.precision(),
              one.recall(),
              one.f1()));
    }
    Files.write(out.resolve("intents.csv"), intents);
    var confusion = new ArrayList<String>();
    confusion.add("intent,recognised,count");
    scores
        .confusion()
        .forEach(
            (intent, row) ->
                row.forEach((as, count) -> confusion.add(intent + "," + as + "," + count)));
    Files.write(out.resolve("confusion.csv"), confusion);
    var errors = new ArrayList<String>();
    errors.add("id,intent,recognised,confidence,utterance");
    for (var one : worst()) {
      errors.add(
          String.format(
              Locale.ROOT,
              "%s,%s,%s,%.3f,\"%s\"",
              one.utterance().id(),
              one.utterance().intent(),
              one.intent(),
              one.understood().confidence(),
              one.utterance().text().replace("\"", "\"\"")));
    }
    Files.write(out.resolve("errors.csv"), errors);
  }
}
