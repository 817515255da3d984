package dev.usher.sim;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Loses, repeats, delays and reorders messages; links are cut and healed one way at a time. What
 * was under way when a link was cut still arrives, possibly much later.
 */
final class Network {
  /** Answers that a message is not to be delivered. */
  static final long LOST = -1;

  private static final long MAX_DELAY_US = 2_000_000;
  private static final int STRAGGLER = 20;

  private final RandomGenerator random;
  private final Coverage coverage;
  private final boolean[][] cut;
  private final long[] extraDelayUs;
  private double loss;
  private double duplication;
  private double delayMeanUs;
  private double stragglers;

  Network(Parameters parameters, RandomGenerator random, Coverage coverage) {
    this.random = random;
    this.coverage = coverage;
    cut = new boolean[parameters.all()][parameters.all()];
    extraDelayUs = new long[parameters.all()];
    loss = parameters.net().loss();
    duplication = parameters.net().duplication();
    delayMeanUs = parameters.net().delayMeanUs();
    stragglers = parameters.net().stragglers();
  }

  /** The delay of one copy in microseconds, or {@link #LOST}. */
  long delayUs(int to) {
    if (loss > 0 && random.nextDouble() < loss) {
      coverage.saw(FaultKind.LOSS);
      return LOST;
    }
    double delayUs = -Math.log(1 - random.nextDouble()) * delayMeanUs;
    if (stragglers > 0 && random.nextDouble() < stragglers) {
      coverage.saw(FaultKind.STRAGGLER);
      delayUs *= STRAGGLER;
    }
    return 1 + extraDelayUs[to] + Math.min(MAX_DELAY_US, (long) delayUs);
  }

  boolean isRepeated() {
    boolean isRepeated = duplication > 0 && random.nextDouble() < duplication;
    if (isRepeated) {
      coverage.saw(FaultKind.DUPLICATION);
    }
    return isRepeated;
  }

  boolean isCut(int from, int to) {
    return cut[from][to];
  }

  void cut(int from, int to) {
    cut[from][to] = true;
  }

  /** Everything that is sent to this node takes so much longer. */
  void slow(int to, long byUs) {
    extraDelayUs[to] = byUs;
  }

  void healLinks() {
    Arrays.fill(extraDelayUs, 0);
    for (boolean[] row : cut) {
      Arrays.fill(row, false);
    }
  }

  /** From now on a good network. */
  void healForGood() {
    healLinks();
    loss = 0;
    duplication = 0;
    stragglers = 0;
    delayMeanUs = Math.min(delayMeanUs, 1_000);
  }
}
