package dev.usher.chat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.chat.language.Language;
import dev.usher.chat.language.LanguageReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class ModelTest {
  private static final String MAIN = "chat/en.yaml";

  private static String text(String file) {
    try (var stream = ModelTest.class.getResourceAsStream("/" + file)) {
      assertThat(stream).isNotNull();
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** English with a template more, put before the line that begins with {@code marker}. */
  private static Language with(String file, String marker, String template) {
    String line = "      - \"" + template + "\"\n";
    String changed = text(file).replace(marker, line + marker);
    assertThat(changed).isNotEqualTo(text(file));
    return LanguageReader.read(
        MAIN, other -> Optional.of(other.equals(file) ? changed : text(other)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de"})
  void theSameTemplatesMakeTheSameModel(String id) {
    var anew = Model.read(Trainer.train(LanguageReader.shipped(id)));

    assertThat(anew.hash()).isEqualTo(Model.shipped(id).hash());
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de"})
  void theShippedTemplatesAreRight(String id) {
    var language = LanguageReader.shipped(id);

    assertThat(TemplateChecks.claimedByTwo(language)).isEmpty();
    assertThat(TemplateChecks.misunderstood(language, Model.shipped(id))).isEmpty();
  }

  @Test
  void aSentenceOfTwoIntentsIsRefused() {
    var language =
        with("chat/en/finding.yaml", "      - \"go out <when>\"", "show me my (booking|orders)");

    assertThat(TemplateChecks.claimedByTwo(language))
        .isNotEmpty()
        .allMatch(fault -> fault.matches("chat/en/(booking|finding).yaml:\\d+: .*"))
        .anyMatch(fault -> fault.contains("find_events") && fault.contains("my_bookings"));
  }

  @Test
  void aTemplateThatTheModelTakesForSomethingElseIsRefused() {
    var language =
        with("chat/en/finding.yaml", "      - \"go out <when>\"", "i have lost my refund money");

    assertThat(TemplateChecks.misunderstood(language, Model.shipped("en")))
        .singleElement()
        .asString()
        .startsWith("chat/en/finding.yaml:")
        .contains("a template of find_events is mostly taken for another intent");
  }

  @Test
  void aFileThatIsNoModelIsRefused() {
    assertThatThrownBy(() -> Model.read(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}))
        .hasMessageContaining("not a model of this version");
    assertThatThrownBy(() -> Model.read(new byte[] {1, 2})).hasMessageContaining("cut short");
  }
}
