package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ToldTest {
  @Test
  void whatFitsIsToldAsItIs() {
    var told = Told.fitting("No longer free: A-1,A-2.", Map.of("seats", "A-1,A-2"));

    assertThat(told).isEqualTo(new Told("No longer free: A-1,A-2.", Map.of("seats", "A-1,A-2")));
  }

  @Test
  void aTextThatIsNoListIsCutAtAWholeCharacter() {
    var told = Told.fitting("Declined.", Map.of("why", "😀".repeat(4000)));

    assertThat(told.message()).isEqualTo("Declined.");
    assertThat(told.metadata()).containsOnlyKeys("why");
    assertThat(told.metadata().get("why")).matches("(😀)+…").hasSizeGreaterThan(1000);
  }

  @Property(tries = 200)
  void whateverIsToldFits(
      @ForAll @StringLength(max = 300) String name,
      @ForAll @IntRange(max = 200) int names,
      @ForAll @IntRange(max = 30) int repeats) {
    var list = (name + ",").repeat(names) + name;

    var told = Told.fitting("About " + name.repeat(repeats), Map.of("a", list, "b", list));

    assertThat(Told.utf8(told.message())).isLessThan(Told.BYTES_MOST);
    assertThat(told.bytes()).isLessThanOrEqualTo(Told.BYTES_MOST);
  }
}
