package dev.usher.chat.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.chat.language.IntentId;
import dev.usher.chat.language.LanguageReader;
import dev.usher.chat.language.SlotId;
import dev.usher.chat.model.Model;
import java.time.LocalDate;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class UnderstandingTest {
  /** A Monday. */
  private static final LocalDate TODAY = LocalDate.parse("2026-01-05");

  private static final Understanding UNDERSTANDING =
      new Understanding(LanguageReader.shipped("en"), Model.shipped("en"));

  private Understood understand(String message) {
    return UNDERSTANDING.understand(message, CatalogueFixture.CATALOGUE, TODAY, Situation.UNKNOWN);
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

  @ParameterizedTest(name = "{0} is {1}")
  @CsvFileSource(resources = "/chat/times.csv", delimiter = '|')
  void datesAndTimesMeanWhatTheySay(String phrase, String value) {
    var found =
        understand("something " + phrase).entities().stream()
            .filter(entity -> entity.slot() == SlotId.DATE || entity.slot() == SlotId.TIME)
            .map(Entity::value)
            .toList();

    assertThat(String.join(" ", found)).isEqualTo(value == null ? "" : value);
  }

  @Test
  void slipsOfTheFingerArePutRight() {
    var expected = understand("I want to cancel my tickets").intent();
    for (var typo :
        new String[] {
          "I wnat to cancel my tickets",
          "I want to cancle my tickets",
          "I want tocancel my tickets",
          "I want to cancel my tickts",
          "I want to cancell my tickets"
        }) {
      assertThat(understand(typo).intent()).as(typo).isEqualTo(expected);
    }
  }

  @Test
  void anAnswerSaysWhyAndByWhichModel() {
    assertThat(understand("Show my bookings").why())
        .singleElement()
        .asString()
        .startsWith("template my_bookings.");
    var judged = understand("goodness, wherever did my booking with you end up");
    assertThat(judged.why()).isNotEmpty();
    assertThat(judged.model()).hasSize(64).isEqualTo(Model.shipped("en").hash());
  }

  @Test
  void whatWasAskedForClaimsFirst() {
    var free = understand("the second");
    var asked =
        UNDERSTANDING.understand(
            "the second", CatalogueFixture.CATALOGUE, TODAY, Situation.asked(SlotId.CHOICE));

    assertThat(free.entities()).isEmpty();
    assertThat(asked.intent()).isEqualTo(IntentId.INFORM);
    assertThat(asked.all(SlotId.CHOICE)).extracting(Entity::value).containsExactly("2");
  }

  @Test
  void anAnswerInOtherWordsIsStillAnAnswer() {
    var asked =
        UNDERSTANDING.understand(
            "well my grandmother and her sister join so four I guess",
            CatalogueFixture.CATALOGUE,
            TODAY,
            Situation.asked(SlotId.QUANTITY));

    assertThat(asked.intent()).isEqualTo(IntentId.INFORM);
    assertThat(asked.all(SlotId.QUANTITY)).extracting(Entity::value).contains("4");
  }

  @Test
  void aMessageThatATemplateAccountsForWhollyHasFullConfidence() {
    assertThat(understand("Two tickets for the Tempest, please!").confidence()).isGreaterThan(0.8);
    assertThat(understand("Show my bookings!").confidence()).isEqualTo(1.0);
    assertThat(understand("Show my bookings!").templateId()).startsWith("my_bookings.");
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
    var again = new Understanding(LanguageReader.shipped("en"), Model.shipped("en"));
    String message = "no, make it 3 for hamlett on saturday in the circle";

    assertThat(again.understand(message, CatalogueFixture.CATALOGUE, TODAY, Situation.UNKNOWN))
        .isEqualTo(understand(message));
  }
}
