package dev.usher.cli.term;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParagraphsTest {
  @Test
  void longLinesBreakBetweenWords() {
    assertThat(Paragraphs.wrap("one two three four", 9)).isEqualTo("one two\nthree\nfour");
  }

  @Test
  void lineEndsAndShortLinesStay() {
    assertThat(Paragraphs.wrap("one\n  two\n\nthree", 20)).isEqualTo("one\n  two\n\nthree");
  }

  @Test
  void aWordThatIsTooLongStaysWhole() {
    assertThat(Paragraphs.wrap("a incomprehensibilities b", 5))
        .isEqualTo("a\nincomprehensibilities\nb");
  }
}
