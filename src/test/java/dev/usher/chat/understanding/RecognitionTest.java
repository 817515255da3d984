package dev.usher.chat.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.chat.language.LanguageReader;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecognitionTest {
  private static final Recognition RECOGNITION =
      new Recognition(List.of(LanguageReader.shipped("en"), LanguageReader.shipped("de")));

  private static Optional<String> heard(String message, String spoken) {
    return RECOGNITION.heard(message, CatalogueFixture.CATALOGUE, spoken);
  }

  @ParameterizedTest
  @CsvSource({
    "hello, en",
    "Hallo, de",
    "two tickets for Hamlet, en",
    "zwei Karten für Hamlet, de",
    "zwei Karten fuer The Tempest, de",
    "Was läuft?, de",
    "what's on?, en",
    "danke, de",
    "ja, de",
    "yes, en",
    "Ich will am Freitag in Hamlet, de",
  })
  void aFirstMessageTellsByItsWords(String message, String language) {
    assertThat(heard(message, "")).contains(language);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Hamlet", "The Tempest", "An Evening of Jazz", "ok", "2", "?!", ""})
  void namesAndWordsOfBothTellNothing(String message) {
    assertThat(heard(message, "")).isEmpty();
    assertThat(heard(message, "de")).isEmpty();
  }

  @Test
  void oneWordOfAnotherLanguageIsNotEnoughToGoOnInIt() {
    assertThat(heard("danke", "en")).isEmpty();
    assertThat(heard("was kostet das", "en")).contains("de");
    assertThat(heard("was kostet das", "de")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "auf Deutsch bitte, de",
    "Sprechen Sie auch Deutsch?, de",
    "in German please, de",
    "English please!, en",
    "auf Englisch bitte, en",
    "can we speak English, en",
  })
  void aLanguageMayBeAskedForInAnyOther(String message, String language) {
    assertThat(RECOGNITION.wished(message)).contains(language);
  }

  @Test
  void aSentenceThatOnlyNamesALanguageAsksForNone() {
    assertThat(RECOGNITION.wished("is there anything in German on Friday?")).isEmpty();
    assertThat(RECOGNITION.wished("")).isEmpty();
  }
}
