package dev.usher.chat.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TokenizerTest {
  @Test
  void anUmlautIsSpelledAsWithoutTheKeyForIt() {
    assertThat(Tokenizer.words("Für schöne GRÜẞE, Zoë"))
        .isEqualTo(Tokenizer.words("fuer schoene Gruesse, Zoe"))
        .containsExactly("fuer", "schoene", "gruesse", "zoe");
  }

  @Test
  void anUmlautOfTwoCharactersIsTheSame() {
    assertThat(Tokenizer.words("fu\u0308r")).containsExactly("fuer");
  }

  @Test
  void aTokenKnowsItsPlaceInTheMessageAsItWasWritten() {
    assertThat(Tokenizer.tokens("für 2"))
        .containsExactly(new Token("fuer", 0, 3), new Token("2", 4, 5));
  }

  @Test
  void aNameMayBeWrittenWithoutTheDots() {
    assertThat(Tokenizer.spellings("Mötley Crüe"))
        .containsExactly(List.of("moetley", "cruee"), List.of("motley", "crue"));
    assertThat(Tokenizer.spellings("Hamlét")).containsExactly(List.of("hamlet"));
  }

  @Test
  void pointsAndCommasAreMarksBetweenFiguresOnly() {
    assertThat(Tokenizer.tokens("am 3.12., 1.234,50 €. A,B"))
        .extracting(Token::text)
        .containsExactly("am", "3", ".", "12", "1", ".", "234", ",", "50", "€", "a", "b");
  }
}
