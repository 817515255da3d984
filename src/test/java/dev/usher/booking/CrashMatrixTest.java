package dev.usher.booking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.booking.CrashScenario.Plot;
import dev.usher.booking.CrashScenario.Victim;
import dev.usher.booking.SimNode.When;
import java.time.Duration;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The crash matrix (docs/booking.md §2), in a simulation: one thread, one seed, the real flow,
 * steps, debts and models. At every step of a saga, before it is done and after it, the
 * coordinator, the leader of the seats, a follower or the provider breaks; then all must end, and
 * the audit must find nothing.
 */
class CrashMatrixTest {
  private static final int SEEDS = 2;

  static Stream<CrashScenario> scenarios() {
    return CrashScenario.all();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void whateverBreaksMoneyAndSeatsAgree(CrashScenario scenario) {
    for (int seed = 0; seed < SEEDS; seed++) {
      new CrashRun(scenario, seed).play();
    }
  }

  static Stream<CrashScenario> settlements() {
    return Stream.of(When.values())
        .flatMap(
            when ->
                Stream.of(
                    new CrashScenario(Plot.PLAIN, Victim.PROVIDER, CrashPoint.CAPTURE, when),
                    new CrashScenario(Plot.RIVAL, Victim.PROVIDER, CrashPoint.VOID, when)));
  }

  @ParameterizedTest
  @MethodSource("settlements")
  void row17AProviderThatIsDownForHoursIsPaidOrFreedWhenItIsBack(CrashScenario scenario) {
    for (int seed = 0; seed < SEEDS; seed++) {
      var run = new CrashRun(scenario, seed, Duration.ofHours(3));
      run.play();
      assertThat(run.isBroken()).as("seed %d comes to %s", seed, scenario.point()).isTrue();
    }
  }

  static Stream<CrashScenario> coordinators() {
    return CrashScenario.of(Victim.COORDINATOR);
  }

  static Stream<CrashScenario> deaths() {
    return coordinators().filter(scenario -> scenario.when() == When.BEFORE);
  }

  @ParameterizedTest
  @MethodSource("deaths")
  void row19SnapshotsThatAreInstalledAtEveryStepChangeNothing(CrashScenario scenario) {
    var run = new CrashRun(scenario, 0);
    run.play();
    var reinstalled = new CrashRun(scenario, 0).reinstalling();
    reinstalled.play();

    assertThat(reinstalled.trace()).isEqualTo(run.trace());
  }

  /** A new step must be reached by some plot, or the matrix has a hole. */
  @Test
  void everyStepOfASagaIsCrashedAt() {
    var reached = EnumSet.noneOf(CrashPoint.class);
    coordinators()
        .forEach(
            scenario -> {
              var run = new CrashRun(scenario, 1);
              run.play();
              if (run.isBroken()) {
                reached.add(scenario.point());
              }
            });

    assertThat(reached).containsExactlyInAnyOrder(CrashPoint.values());
  }

  @Test
  void oneSeedGivesOneRun() {
    var scenario =
        new CrashScenario(Plot.RIVAL, Victim.COORDINATOR, CrashPoint.AUTHORIZE, When.AFTER);
    var first = new CrashRun(scenario, 42);
    var second = new CrashRun(scenario, 42);
    first.play();
    second.play();

    assertThat(first.trace()).isEqualTo(second.trace()).isNotEmpty();
  }
}
