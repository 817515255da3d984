package dev.usher.chat.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.usher.chat.language.LanguageReader;
import dev.usher.chat.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
  private static final Evaluation EVALUATION =
      new Evaluation(LanguageReader.shipped("en"), Model.shipped("en"));

  /** Labelled utterances that nobody of the project wrote; not part of it. */
  private static final Path DATA = Path.of("..", "shared", "chat");

  @TempDir Path folder;

  @Test
  void itIsAsGoodAsItWasOnUtterancesThatNobodyHereWrote() {
    assumeTrue(Files.isDirectory(DATA), DATA + " is not there: nothing to measure on");

    var results = EVALUATION.measure(DATA, "dev");
    var scores = Scores.of(results.inScope());
    var scope = ScopeScores.allowing(0.05, results.inScope(), results.outOfScope());

    assertThat(scores.accuracy()).isGreaterThan(0.90);
    assertThat(scores.macroF1()).isGreaterThan(0.90);
    assertThat(scope.recall()).isGreaterThan(0.94);
    assertThat(scope.perKind().values()).allMatch(recall -> recall > 0.85);
    assertThat(results.phrases().wrong()).isEmpty();
    assertThat(results.dialogue().spanF1()).isGreaterThan(0.96);
    assertThat(results.dialogue().jointGoal()).isGreaterThan(0.92);
  }

  @Test
  void predictionsHaveARowForEachUtterance() throws IOException {
    var in = folder.resolve("in.tsv");
    var out = folder.resolve("out.tsv");
    Files.write(
        in,
        List.of(
            "id\tutterance\tcontext",
            "1\tI want my money back\t",
            "2\thow hot will it be outside tomorrow\t",
            "3\tyes please\t[[\"CONFIRM\",\"quantity\",\"2\"]]"));

    assertThat(EVALUATION.predict(in, out)).isEqualTo(3);
    assertThat(Files.readAllLines(out))
        .satisfiesExactly(
            head -> assertThat(head).isEqualTo("id\tintent\tconfidence\trejected"),
            one -> assertThat(one).matches("1\trefund_request\t[01]\\.\\d{3}\t0"),
            two -> assertThat(two).matches("2\t[a-z_]+\t[01]\\.\\d{3}\t1"),
            three -> assertThat(three).matches("3\taffirm\t[01]\\.\\d{3}\t0"));
  }

  @Test
  void whatIsWrongWithAFileIsSaid() throws IOException {
    var out = folder.resolve("out.tsv");
    var missing = folder.resolve("missing.tsv");
    assertThatThrownBy(() -> EVALUATION.predict(missing, out))
        .isInstanceOf(EvaluationException.class)
        .hasMessage(missing + ": there is no such file");

    var poor = folder.resolve("poor.tsv");
    Files.write(poor, List.of("id\tutterance", "1\thello"));
    assertThatThrownBy(() -> EVALUATION.predict(poor, out))
        .hasMessage(poor + ": has no column 'context'; it has id, utterance");

    var cut = folder.resolve("cut.tsv");
    Files.write(cut, List.of("id\tutterance\tcontext", "1\thello"));
    assertThatThrownBy(() -> EVALUATION.predict(cut, out))
        .hasMessage(cut + ":2: has 2 columns, the first row names 3");

    var strange = folder.resolve("strange.tsv");
    Files.write(strange, List.of("id\tutterance\tcontext", "1\thello\t[[oops"));
    assertThatThrownBy(() -> EVALUATION.predict(strange, out))
        .hasMessageStartingWith(strange + ": 1: is no JSON");
  }

  @Test
  void aReportHasItsFiles() throws IOException {
    write("intent_dev.tsv", "a\tx\tshow my bookings\tmy_bookings\tl\t[]\t");
    write("oos_dev.tsv", "b\tx\twill it rain tomorrow\tout_of_scope\tl\t\tweather");
    Files.writeString(
        folder.resolve("sgd_tickets_dev.tsv"),
        "dialog\tturn\tservice\tsys_acts\tutt\tslots\tdelta\n"
            + "1\t0\tFilms\t[]\tgreat. events in Leeds\t[]\t{}\n"
            + "1\t0\tEvents\t[]\tgreat. events in Leeds"
            + "\t[{\"s\":\"city\",\"v\":\"Leeds\",\"b\":17,\"e\":22}]\t{\"city\":\"Leeds\"}\n");
    Files.writeString(
        folder.resolve("sgd_datetime_dev.tsv"),
        "phrase\tcanonical\tkind\nthe 10th\t2019-03-10\tdate\nnoon\t11:00\ttime\n");
    Files.writeString(
        folder.resolve("tm3_api_dev.tsv"),
        "api\targs\thistory\nbook_tickets\t{\"num.tickets\":\"two\"}\t[[\"u\",\"2 tickets\"]]\n");

    var text = EVALUATION.report(folder, "dev", folder.resolve("out"));

    assertThat(text)
        .contains("| in-scope accuracy (1 rows) | 1.0000 |")
        .contains("| span F1 | 1.0000 |", "| joint goal accuracy | 1.0000 |")
        .contains("* noon is 11:00, not 12:00", "| num.tickets | 1 | 1.000 |")
        .contains(Model.shipped("en").hash());
    assertThat(folder.resolve("out"))
        .isDirectoryContaining("glob:**report.md")
        .isDirectoryContaining("glob:**intents.csv")
        .isDirectoryContaining("glob:**confusion.csv")
        .isDirectoryContaining("glob:**errors.csv");
  }

  private void write(String file, String row) throws IOException {
    Files.writeString(
        folder.resolve(file),
        "id\tsource\tutterance\tintent\tsource_label\tcontext\tnote\n" + row + "\n");
  }
}
