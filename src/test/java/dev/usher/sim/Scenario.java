package dev.usher.sim;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * What one run begins with: everything else follows from it, step by step.
 *
 * @param nodes how many voters there are, or 0 for as many as the seed draws
 * @param plenty the faults that strike often, whatever the seed draws
 * @param without the faults that are switched off although the seed draws them
 * @param asSpecified without what src/test/tla does not specify
 */
record Scenario(
    long seed,
    int nodes,
    SortedSet<FaultKind> plenty,
    SortedSet<FaultKind> without,
    boolean asSpecified,
    Mutant mutant) {
  private static final int REAL_LOG_EVERY = 8;
  private static final int SEGMENT_BYTES_MIN = 4096;
  private static final int SEGMENT_SIZES = 5;

  Scenario {
    plenty = Collections.unmodifiableSortedSet(new TreeSet<>(plenty));
    without = Collections.unmodifiableSortedSet(new TreeSet<>(without));
  }

  /** The engine as it is, and all that the seed draws. */
  static Scenario of(long seed) {
    return new Scenario(seed, 0, new TreeSet<>(), new TreeSet<>(), false, Mutant.NONE);
  }

  Scenario withSeed(long other) {
    return new Scenario(other, nodes, plenty, without, asSpecified, mutant);
  }

  Scenario with(Mutant other) {
    return new Scenario(seed, nodes, plenty, without, asSpecified, other);
  }

  Scenario withNodes(int voters) {
    return new Scenario(seed, voters, plenty, without, asSpecified, mutant);
  }

  Scenario without(FaultKind kind) {
    SortedSet<FaultKind> less = new TreeSet<>(without);
    less.add(kind);
    return new Scenario(seed, nodes, plenty, less, asSpecified, mutant);
  }

  Scenario withPlenty(FaultKind kind) {
    SortedSet<FaultKind> more = new TreeSet<>(plenty);
    more.add(kind);
    return new Scenario(seed, nodes, more, without, asSpecified, mutant);
  }

  Scenario specified() {
    return new Scenario(seed, nodes, plenty, without, true, mutant);
  }

  Parameters draw(RandomGenerator random) {
    Parameters drawn = mutant.bringOut(Parameters.draw(random));
    if (nodes > 0) {
      drawn = drawn.withNodes(nodes);
    }
    for (FaultKind kind : plenty) {
      drawn = drawn.withMore(kind);
    }
    for (FaultKind kind : without) {
      drawn = drawn.without(kind);
    }
    return asSpecified ? drawn.asSpecified() : drawn;
  }

  /** One seed in eight has the real log; its segments are small ones, 0 where it is a model. */
  int segmentBytes() {
    boolean isReal =
        seed % REAL_LOG_EVERY == 0 && !asSpecified && !without.contains(FaultKind.TORN);
    return isReal ? SEGMENT_BYTES_MIN << Math.floorMod(seed / REAL_LOG_EVERY, SEGMENT_SIZES) : 0;
  }

  /** What to type to see the run again. */
  String command() {
    if (asSpecified) {
      return "Observer.observe(" + seed + "L, Mutant." + mutant + ", Observer.NOBODY)";
    }
    StringBuilder command = new StringBuilder("bin/usher simulate --seed ").append(seed);
    if (nodes > 0) {
      command.append(" --nodes ").append(nodes);
    }
    append(command, " --plenty ", plenty);
    append(command, " --without ", without);
    if (mutant != Mutant.NONE) {
      command.append(" --mutant ").append(mutant.option());
    }
    return command.toString();
  }

  private static void append(StringBuilder command, String option, SortedSet<FaultKind> kinds) {
    if (!kinds.isEmpty()) {
      command
          .append(option)
          .append(kinds.stream().map(FaultKind::option).collect(Collectors.joining(",")));
    }
  }
}
