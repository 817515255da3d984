package dev.usher.cli.term;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {
  @Test
  void theLastSegmentIsEnough() {
    assertThat(Names.of("events", "hamlet")).isEqualTo("events/hamlet");
    assertThat(Names.of("events", "events/hamlet")).isEqualTo("events/hamlet");
    assertThat(Names.under("events/hamlet", "seats", "a-1")).isEqualTo("events/hamlet/seats/a-1");
    assertThat(Names.under("events/hamlet", "seats", "events/lear/seats/a-1"))
        .isEqualTo("events/lear/seats/a-1");
    assertThat(Names.id("events/hamlet/seats/a-1")).isEqualTo("a-1");
  }

  @Test
  void numbersInNamesCountAsNumbers() {
    assertThat(List.of("A10", "B1", "A2", "A02", "A", "A2b").stream().sorted(Names.NATURAL))
        .containsExactly("A", "A2", "A02", "A2b", "A10", "B1");
  }
}
