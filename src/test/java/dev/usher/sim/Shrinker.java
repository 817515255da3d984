package dev.usher.sim;

import java.util.List;
import java.util.Optional;

/**
 * Makes a failing run smaller: the faults are switched off one after another, and those stay off
 * without which the same promise is still broken. Every run ends at the step at which it shows, and
 * none that fails later than the shortest so far is taken.
 */
final class Shrinker {
  /**
   * A run that fails.
   *
   * @param tried how many runs it took to find it
   */
  record Found(Scenario scenario, SimFailure failure, int tried) {}

  private Shrinker() {}

  static Found shrink(Scenario failed, SimFailure failure) {
    Found best = new Found(failed, failure, 0);
    List<FaultKind> left = FaultKind.switchable().toList();
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      for (FaultKind kind : left) {
        Scenario less = best.scenario.without(kind);
        if (!less.equals(best.scenario)) {
          Optional<SimFailure> still = failureOf(less, best.failure);
          best = new Found(best.scenario, best.failure, best.tried + 1);
          if (still.isPresent()) {
            best = new Found(less, still.get(), best.tried);
            smaller = true;
          }
        }
      }
    }
    return best;
  }

  /** The same promise broken, and not later. */
  private static Optional<SimFailure> failureOf(Scenario scenario, SimFailure known) {
    try {
      Simulation.run(scenario);
      return Optional.empty();
    } catch (SimFailure failure) {
      boolean isSame = failure.promise().equals(known.promise()) && failure.step() <= known.step();
      return isSame ? Optional.of(failure) : Optional.empty();
    }
  }
}
