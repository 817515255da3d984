package dev.usher.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The engine in seeded storms (CONSENSUS §5): safe while all goes wrong, live once it is healed.
 */
@Execution(ExecutionMode.CONCURRENT)
class SimulationTest {
  @Test
  void aFixedSetOfSeedsIsSafeAndLive() {
    var results =
        LongStream.rangeClosed(1, 250).mapToObj(Scenario::of).map(Simulation::run).toList();
    assertThat(results).allMatch(result -> result.committed() > 0);
    assertThat(results).anyMatch(result -> result.elections() > 5);
    assertThat(results).anyMatch(result -> result.reads() > 100);
    for (FaultKind kind : FaultKind.values()) {
      assertThat(results).as(kind.what()).anyMatch(result -> result.coverage().times(kind) > 0);
    }
  }

  /** A failure names its seed; put it into the fixed set when it is mended. */
  @Test
  void freshSeedsAreSafeAndLive() {
    long first = ThreadLocalRandom.current().nextLong(1L << 40);
    System.out.println("simulator fresh seeds from " + first);
    LongStream.range(first, first + 100).mapToObj(Scenario::of).forEach(Simulation::run);
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 17, 8_160, 5_000_730})
  void theSameSeedGivesTheSameTrace(long seed) {
    assertThat(run(seed)).isEqualTo(run(seed));
  }

  @Test
  void differentSeedsGiveDifferentTraces() {
    assertThat(run(1).trace()).isNotEqualTo(run(2).trace());
  }

  private static Simulation.Result run(long seed) {
    return Simulation.run(Scenario.of(seed));
  }
}
