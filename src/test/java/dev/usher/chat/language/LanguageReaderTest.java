package dev.usher.chat.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is wrong in a language file is named with its line. */
class LanguageReaderTest {
  private static final String MAIN = "chat/en.yaml";
  private static final String WORDS = "chat/en/words.yaml";
  private static final String FINDING = "chat/en/finding.yaml";
  private static final String REPLIES = "chat/en/replies.yaml";

  private static String text(String file) {
    try (var stream = LanguageReaderTest.class.getResourceAsStream("/" + file)) {
      assertThat(stream).isNotNull();
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Puts {@code line} before the first line of a file that begins with {@code marker}. */
  private static List<String> faultsWith(String file, String marker, String line) {
    return faults(Map.of(file, text(file).replaceFirst("(?m)^" + marker, line + "\n" + marker)));
  }

  /** The faults of the language with some of its files changed. */
  private static List<String> faults(Map<String, String> changed) {
    var thrown =
        catchThrowableOfType(
            LanguageException.class,
            () ->
                LanguageReader.read(
                    MAIN, file -> Optional.of(changed.getOrDefault(file, textOrEmpty(file)))));
    return thrown == null ? List.of() : thrown.faults();
  }

  private static String textOrEmpty(String file) {
    return LanguageReaderTest.class.getResource("/" + file) == null ? "" : text(file);
  }

  private static int lineOf(String text, String part) {
    return (int) text.substring(0, text.indexOf(part)).lines().count();
  }

  @Test
  void theShippedLanguageIsRight() {
    assertThat(faults(Map.of())).isEmpty();
  }

  @Test
  void anUnknownSlot() {
    String changed = text(FINDING).replace("\"go out <when>\"", "\"go out {whem}\"");

    assertThat(faults(Map.of(FINDING, changed)))
        .containsExactly(
            "%s:%d: unknown slot {whem} in template 'go out {whem}'"
                .formatted(FINDING, lineOf(changed, "{whem}")));
  }

  @Test
  void anUnknownPhrase() {
    String changed = text(FINDING).replace("\"go out <when>\"", "\"go out <whem>\"");

    assertThat(faults(Map.of(FINDING, changed)))
        .containsExactly(
            "%s:%d: template 'go out <whem>': unknown phrase <whem>"
                .formatted(FINDING, lineOf(changed, "<whem>")));
  }

  @Test
  void anIntentWithTooFewSentences() {
    String changed =
        text("chat/en/out_of_scope.yaml").replaceAll("(?m)^      - .*\n", "")
            + "      - \"(tell|say) nothing\"\n";

    assertThat(faults(Map.of("chat/en/out_of_scope.yaml", changed)))
        .singleElement()
        .asString()
        .contains("out_of_scope.yaml:", "'out_of_scope' has 2 sentences, fewer than 20");
  }

  @Test
  void aMissingReply() {
    String changed = text(REPLIES).replaceFirst("(?m)^  goodbye: \"Good.*\n", "");

    assertThat(faults(Map.of(REPLIES, changed)))
        .singleElement()
        .asString()
        .matches(REPLIES + ":\\d+: missing reply 'goodbye'");
  }

  @Test
  void aMissingSentenceForARefusal() {
    String changed = text(REPLIES).replaceFirst("(?m)^  SOLD_OUT: .*\n", "");

    assertThat(faults(Map.of(REPLIES, changed)))
        .singleElement()
        .asString()
        .endsWith("missing reply 'SOLD_OUT' in refusals");
  }

  @Test
  void anUnknownVariable() {
    String changed = text(REPLIES).replace("{event} is sold out", "{evnt} is sold out");

    assertThat(faults(Map.of(REPLIES, changed)))
        .containsExactly(
            "%s:%d: unknown variable '{evnt}'".formatted(REPLIES, lineOf(changed, "{evnt}")));
  }

  @Test
  void unknownNames() {
    assertThat(faultsWith(WORDS, "fillers:", "filers: [please]"))
        .singleElement()
        .asString()
        .endsWith("'filers' is not something that can be said here");
    assertThat(
            faultsWith(
                FINDING, "  find_events:", "  dance:\n    description: D\n    templates: [dance]"))
        .singleElement()
        .asString()
        .endsWith("unknown intent 'dance'");
    assertThat(faultsWith(REPLIES, "  no_events: ", "  no_idea: \"Hm.\""))
        .singleElement()
        .asString()
        .endsWith("'no_idea' is not something that can be said here");
  }

  @Test
  void aFileThatIsNotThere() {
    var thrown =
        catchThrowableOfType(
            LanguageException.class,
            () ->
                LanguageReader.read(
                    MAIN, file -> file.equals(WORDS) ? Optional.empty() : Optional.of(text(file))));

    assertThat(thrown.faults())
        .anyMatch(fault -> fault.endsWith("there is no file 'chat/en/words.yaml'"));
  }

  @Test
  void aWordWithTwoMeanings() {
    assertThat(faultsWith(WORDS, "  refund:", "  hop: [refunds]"))
        .singleElement()
        .asString()
        .endsWith("'refunds' has two meanings among synonyms and fillers");
  }

  @Test
  void aTemplateThatIsNotClosedOrMatchesEverything() {
    String marker = "      - \"go out <when>\"";

    assertThat(faultsWith(FINDING, marker, "      - \"(price of\""))
        .singleElement()
        .asString()
        .endsWith("template '(price of': ')' is missing");
    assertThat(faultsWith(FINDING, marker, "      - \"[price] [list]\""))
        .anyMatch(fault -> fault.endsWith("could match a message without a word"));
  }

  @Test
  void allFaultsAtOnce() {
    String replies = text(REPLIES).replace("{event} is sold out", "{evnt} is sold out");
    String finding = text(FINDING).replace("\"go out <when>\"", "\"go out {whem}\"");

    assertThat(faults(Map.of(REPLIES, replies, FINDING, finding))).hasSize(2);
  }

  @Test
  void brokenYaml() {
    assertThatThrownBy(
            () -> LanguageReader.read("en.yaml", file -> Optional.of("language: en\nslots: [a\n")))
        .isInstanceOf(LanguageException.class)
        .hasMessageMatching("en\\.yaml:\\d+: .+");
  }

  @Test
  void aLanguageThatIsNotThere() {
    assertThatThrownBy(() -> LanguageReader.shipped("tlh"))
        .hasMessage("chat/tlh.yaml: there is no such language");
  }
}
