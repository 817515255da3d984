package dev.usher.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareTest {
  @ParameterizedTest
  @CsvSource({"0.05, 0, 500", "0.05, 13, 500", "0, 7, 0", "1, 7, 10000", "0.333, 1, 3330"})
  void aShareIsAsLargeAsItSaysAndSpreadEvenly(double of, int offset, int count) {
    var share = new Share(of, offset);
    int[] chosen = IntStream.range(0, 10_000).filter(share::has).toArray();
    assertThat(chosen).hasSize(count);
    for (int i = 1; i < chosen.length; i++) {
      assertThat(chosen[i] - chosen[i - 1]).isBetween((int) (1 / of), (int) Math.ceil(1 / of));
    }
  }

  @ParameterizedTest
  @CsvSource({"0.05, 7, 13", "0.1, 7, 13"})
  void sharesThatAreMovedApartDoNotMeet(double of, int one, int other) {
    assertThat(IntStream.range(0, 10_000))
        .noneMatch(i -> new Share(of, one).has(i) && new Share(of, other).has(i));
  }
}
