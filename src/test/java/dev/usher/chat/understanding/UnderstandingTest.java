package dev.usher.chat.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.chat.language.IntentId;
import dev.usher.chat.language.LanguageReader;
import dev.usher.chat.language.SlotId;
import java.time.LocalDate;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class UnderstandingTest {
  /** A Monday. */
  private static final LocalDate TODAY = LocalDate.parse("2026-01-05");

  private final Understanding understanding = new Understanding(LanguageReader.shipped("en"));

  private Understood understand(String message) {
    return understanding.understand(message, CatalogueFixture.CATALOGUE, TODAY, null);
  }

  @ParameterizedTest(name = "{1} is {0}")
  @CsvFileSource(resources = "/chat/utterances.csv", delimiter = '|')
  void whatPeopleSayIsUnderstood(String intent, String utterance) {
    var understood = understand(utterance.strip());

    assertThat(understood.intent().label()).as("%s", understood).isEqualTo(intent.strip());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvFileSource(resources = "/chat/values.csv", delimiter = '|')
  void valuesAreFoundWithTheirPlace(String utterance, String values) {
    var found = new ArrayList<String>();
    String message = utterance.strip();
    for (var entity : understand(message).entities()) {
      found.add(
          entity.slot().label()
              + "="
              + String.join(",", entity.values())
              + "<"
              + message.substring(entity.begin(), entity.end())
              + ">");
    }

    assertThat(String.join("; ", found)).isEqualTo(values == null ? "" : values.strip());
  }

  @Test
  void whatWasAskedForClaimsFirst() {
    var free = understand("the second");
    var asked =
        understanding.understand("the second", CatalogueFixture.CATALOGUE, TODAY, SlotId.CHOICE);

    assertThat(free.entities()).isEmpty();
    assertThat(asked.intent()).isEqualTo(IntentId.INFORM);
    assertThat(asked.all(SlotId.CHOICE)).extracting(Entity::value).containsExactly("2");
  }

  @Test
  void anAnswerInOtherWordsIsStillAnAnswer() {
    var asked =
        understanding.understand(
            "well my grandmother and her sister join so four I guess",
            CatalogueFixture.CATALOGUE,
            TODAY,
            SlotId.QUANTITY);

    assertThat(asked.intent()).isEqualTo(IntentId.INFORM);
    assertThat(asked.templateId()).isEqualTo("inform.quantity");
    assertThat(asked.confidence()).isBetween(0.01, 0.5);
  }

  @Test
  void aMessageThatATemplateAccountsForWhollyHasFullConfidence() {
    assertThat(understand("Two tickets for the Tempest, please!").confidence()).isEqualTo(1.0);
    assertThat(understand("Two green tickets for the Tempest").confidence()).isLessThan(1.0);
  }

  @Test
  void placesCountUtf16Units() {
    var understood = understand("\uD83C\uDFAD Two tickets for Hamlét");

    assertThat(understood.all(SlotId.QUANTITY)).extracting(Entity::begin).containsExactly(3);
    assertThat(understood.all(SlotId.EVENT)).extracting(Entity::end).containsExactly(25);
  }

  @Test
  void emptyAndStrangeMessagesMeanNothing() {
    for (var message : new String[] {"", "   ", "?!…", "\uD83D\uDE00", "-", "'", "\uD800"}) {
      assertThat(understand(message).intent()).as("<%s>", message).isEqualTo(IntentId.OUT_OF_SCOPE);
    }
  }

  @Test
  void theExamplesShownToPeopleAreUnderstood() {
    for (var intent : LanguageReader.shipped("en").intents()) {
      for (var example : intent.examples()) {
        assertThat(understand(example).intent()).as(example).isEqualTo(intent.id());
      }
    }
  }

  @Test
  void theSameMessageIsUnderstoodTheSameWayByEveryReading() {
    var again = new Understanding(LanguageReader.shipped("en"));
    String message = "no, make it 3 for hamlett on saturday in the circle";

    assertThat(again.understand(message, CatalogueFixture.CATALOGUE, TODAY, null))
        .isEqualTo(understand(message));
  }
}
