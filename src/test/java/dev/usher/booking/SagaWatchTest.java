package dev.usher.booking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.raft.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which sagas are woken when. */
class SagaWatchTest {
  private static final NodeId HERE = new NodeId("node-1");
  private static final OpenSagas.Open MINE = new OpenSagas.Open("mine", HERE);
  private static final OpenSagas.Open OTHER = new OpenSagas.Open("other", new NodeId("node-2"));

  private final SagaWatch watch =
      new SagaWatch(
          new SagaSweep.Settings(
              Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(5)));

  @Test
  void aSagaThatStaysOpenIsWokenByItsOwnNode() {
    assertThat(lookAt(0, MINE, OTHER)).isEmpty();
    assertThat(lookAt(1_900, MINE, OTHER)).isEmpty();
    assertThat(lookAt(2_000, MINE, OTHER)).containsExactly(MINE);
  }

  @Test
  void aSagaThatIsWokenInVainIsWokenLessAndLessOften() {
    lookAt(0, MINE);
    assertThat(lookAt(2_000, MINE)).containsExactly(MINE);
    assertThat(lookAt(5_900, MINE)).isEmpty();
    assertThat(lookAt(6_000, MINE)).containsExactly(MINE);
    assertThat(lookAt(10_900, MINE)).isEmpty();
    assertThat(lookAt(11_000, MINE)).containsExactly(MINE);
  }

  @Test
  void aSagaThatEndsInTimeIsLeftAloneAndItsNextLifeHasItsOwnTime() {
    lookAt(0, MINE);
    lookAt(1_500);
    assertThat(lookAt(1_600, MINE)).isEmpty();
    assertThat(lookAt(3_500, MINE)).isEmpty();
    assertThat(lookAt(3_600, MINE)).containsExactly(MINE);
  }

  @Test
  void whatANodeLeavesBehindIsWokenByThePortion() {
    var many =
        IntStream.range(0, 300)
            .mapToObj(n -> new OpenSagas.Open("b" + n, HERE))
            .toArray(OpenSagas.Open[]::new);
    lookAt(0, many);

    assertThat(lookAt(2_000, many)).hasSize(256);
    assertThat(lookAt(2_500, many)).hasSize(44);
  }

  private List<OpenSagas.Open> lookAt(long ms, OpenSagas.Open... open) {
    return watch.due(List.of(open), saga -> saga.home().equals(HERE), ms * 1_000_000);
  }
}
