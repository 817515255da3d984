package dev.usher.chat.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.chat.language.LanguageReader;
import dev.usher.chat.language.SlotId;
import dev.usher.chat.model.Model;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** What is understood in German; the sentences were written apart from the templates. */
class GermanTest {
  /** A Monday. */
  private static final LocalDate TODAY = LocalDate.parse("2026-01-05");

  private static final double ACCURACY_MIN = 0.85;

  private static final Understanding UNDERSTANDING =
      new Understanding(LanguageReader.shipped("de"), Model.shipped("de"));

  private static Understood understand(String message) {
    return UNDERSTANDING.understand(message, CatalogueFixture.CATALOGUE, TODAY, Situation.UNKNOWN);
  }

  @Test
  void mostOfWhatPeopleSayInTheirOwnWordsIsUnderstood() throws IOException {
    int right = 0;
    var wrong = new ArrayList<String>();
    try (var file = GermanTest.class.getResourceAsStream("/chat/german/dev.csv")) {
      assertThat(file).isNotNull();
      var lines = new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      for (var line : lines) {
        int bar = line.indexOf('|');
        var heard = understand(line.substring(bar + 1)).intent().label();
        right += heard.equals(line.substring(0, bar)) ? 1 : 0;
        if (!heard.equals(line.substring(0, bar))) {
          wrong.add(line + " was taken for " + heard);
        }
      }
      assertThat((double) right / lines.size())
          .as("%d of %d; wrong: %s", right, lines.size(), String.join("\n", wrong))
          .isGreaterThanOrEqualTo(ACCURACY_MIN);
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvFileSource(resources = "/chat/german/values.csv", delimiter = '|')
  void valuesAreFoundWithTheirPlace(String utterance, String values) {
    var found = new ArrayList<String>();
    String message = utterance.strip();
    for (var entity : understand(message).entities()) {
      found.add(
          "%s=%s<%s>"
              .formatted(
                  entity.slot().label(),
                  String.join(",", entity.values()),
                  message.substring(entity.begin(), entity.end())));
    }

    assertThat(String.join("; ", found)).isEqualTo(values == null ? "" : values.strip());
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvFileSource(resources = "/chat/german/times.csv", delimiter = '|')
  void datesAndTimesMeanWhatTheySay(String phrase, String value) {
    var found =
        understand("etwas " + phrase).entities().stream()
            .filter(entity -> entity.slot() == SlotId.DATE || entity.slot() == SlotId.TIME)
            .map(Entity::value)
            .toList();

    assertThat(String.join(" ", found)).isEqualTo(value == null ? "" : value);
  }

  @Test
  void theKeyboardDoesNotMatter() {
    for (var message :
        new String[] {
          "Gibt es noch Plätze für Hamlet?",
          "Gibt es noch Plaetze fuer Hamlet?",
          "gibts noch platze fur hamlet",
          "GIBT ES NOCH PLÄTZE FÜR HAMLET"
        }) {
      assertThat(understand(message).intent().label()).as(message).isEqualTo("check_availability");
    }
  }

  @Test
  void theExamplesShownToPeopleAreUnderstood() {
    for (var intent : LanguageReader.shipped("de").intents()) {
      for (var example : intent.examples()) {
        assertThat(understand(example).intent()).as(example).isEqualTo(intent.id());
      }
    }
  }
}
