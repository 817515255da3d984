package dev.usher.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulator is tested too: every known bug put back into the engine must be caught. */
@Execution(ExecutionMode.CONCURRENT)
class MutantTest {
  private static final int MAX_SEEDS = 1000;

  @ParameterizedTest
  @EnumSource(value = Mutant.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void theSimulatorCatches(Mutant mutant) {
    assertThat(firstSeedThatFails(mutant))
        .as("seeds until %s is caught", mutant)
        .isBetween(1, MAX_SEEDS);
  }

  private static int firstSeedThatFails(Mutant mutant) {
    for (int seed = 1; seed <= MAX_SEEDS; seed++) {
      try {
        Simulation.run(Scenario.of(seed).with(mutant));
      } catch (SimFailure caught) {
        System.out.printf("mutant=%s seeds=%d caught=\"%s\"%n", mutant, seed, caught.finding());
        return seed;
      }
    }
    return MAX_SEEDS + 1;
  }
}
