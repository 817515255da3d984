package dev.usher.chat.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is wrong in a language file is named with its line. */
class LanguageReaderTest {
  private static String english() {
    try (var stream = LanguageReaderTest.class.getResourceAsStream("/chat/en.yaml")) {
      assertThat(stream).isNotNull();
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Puts {@code line} before the first line that begins with {@code marker}. */
  private static List<String> faultsWith(String marker, String line) {
    return faults(english().replaceFirst("(?m)^" + marker, line + "\n" + marker));
  }

  private static List<String> faults(String text) {
    var thrown =
        catchThrowableOfType(LanguageException.class, () -> LanguageReader.read("en.yaml", text));
    return thrown == null ? List.of() : thrown.faults();
  }

  private static int lineOf(String text, String part) {
    return (int) text.substring(0, text.indexOf(part)).lines().count();
  }

  @Test
  void theShippedLanguageIsRight() {
    assertThat(faults(english())).isEmpty();
  }

  @Test
  void anUnknownSlot() {
    String text = english().replace("\"book [{event}]\"", "\"book [{evnt}]\"");

    assertThat(faults(text))
        .containsExactly(
            "en.yaml:%d: unknown slot {evnt} in template 'book [{evnt}]'"
                .formatted(lineOf(text, "{evnt}")));
  }

  @Test
  void aTemplateClaimedByTwoIntents() {
    String text = english().replace("\"price list\"", "\"price list\"\n      - \"my ticket\"");

    assertThat(faults(text))
        .singleElement()
        .asString()
        .startsWith("en.yaml:")
        .contains("'my ticket' is claimed by my_bookings", "by ask_price")
        .contains("in line " + (lineOf(text, "\"price list\"") + 1));
  }

  @Test
  void aMissingReply() {
    String text = english().replaceFirst("(?m)^  goodbye: \"Good.*\n", "");

    assertThat(faults(text))
        .singleElement()
        .asString()
        .matches("en.yaml:\\d+: missing reply 'goodbye'");
  }

  @Test
  void aMissingSentenceForARefusal() {
    String text = english().replaceFirst("(?m)^  SOLD_OUT: .*\n", "");

    assertThat(faults(text))
        .singleElement()
        .asString()
        .endsWith("missing reply 'SOLD_OUT' in refusals");
  }

  @Test
  void anUnknownVariable() {
    String text = english().replace("{event} is sold out", "{evnt} is sold out");

    assertThat(faults(text))
        .containsExactly("en.yaml:%d: unknown variable '{evnt}'".formatted(lineOf(text, "{evnt}")));
  }

  @Test
  void unknownNames() {
    assertThat(faultsWith("fillers:", "filers: [please]"))
        .singleElement()
        .asString()
        .endsWith("'filers' is not something that can be said here");
    assertThat(
            faultsWith(
                "  find_events:", "  dance:\n    description: Dance\n    templates: [dance]"))
        .singleElement()
        .asString()
        .endsWith("unknown intent 'dance'");
    assertThat(faultsWith("  no_events: ", "  no_idea: \"Hm.\""))
        .singleElement()
        .asString()
        .endsWith("'no_idea' is not something that can be said here");
  }

  @Test
  void aWordWithTwoMeanings() {
    assertThat(faultsWith("  refundable:", "  hop: [refunds]"))
        .singleElement()
        .asString()
        .endsWith("'refunds' has two meanings among synonyms and fillers");
  }

  @Test
  void aTemplateThatIsNotClosedOrMatchesEverything() {
    assertThat(faultsWith("      - \"price list\"", "      - \"(price of\""))
        .singleElement()
        .asString()
        .endsWith("template '(price of': ')' is missing");
    assertThat(faultsWith("      - \"price list\"", "      - \"[price] [list]\""))
        .anyMatch(fault -> fault.endsWith("could match a message without a word"));
  }

  @Test
  void allFaultsAtOnce() {
    String text =
        english()
            .replace("{event} is sold out", "{evnt} is sold out")
            .replace("\"book [{event}]\"", "\"book [{evnt}]\"");

    assertThat(faults(text)).hasSize(2);
  }

  @Test
  void brokenYaml() {
    assertThatThrownBy(() -> LanguageReader.read("en.yaml", "language: en\nslots: [a\n"))
        .isInstanceOf(LanguageException.class)
        .hasMessageMatching("en\\.yaml:\\d+: .+");
  }

  @Test
  void aLanguageThatIsNotThere() {
    assertThatThrownBy(() -> LanguageReader.shipped("tlh"))
        .hasMessage("chat/tlh.yaml: there is no such language");
  }
}
