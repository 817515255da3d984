package dev.usher.sim;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * What one run is like, drawn anew for every seed (swarm testing): a run with everything on hides
 * what a run with little on shows. Times are microseconds of simulated time.
 */
record Parameters(
    int nodes,
    int spares,
    double loss,
    double duplication,
    double delayMeanUs,
    double stragglers,
    double diskMeanUs,
    double drift,
    long faultMeanUs,
    Map<Faults.Kind, Integer> faultWeights,
    int clients,
    long thinkMeanUs,
    double readShare,
    int maxInFlightProposals,
    int maxAppendEntries,
    int maxAppendBytes,
    int maxInFlightAppends,
    boolean lease,
    long snapshotEveryBytes,
    int keepEntries,
    int chunkBytes,
    long faultyUs) {
  /** Those of a seed's run. */
  static Parameters of(long seed) {
    return draw(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
  }

  static Parameters draw(RandomGenerator random) {
    int[] sizes = {1, 2, 3, 3, 3, 3, 3, 4, 5, 5, 6, 7};
    Map<Faults.Kind, Integer> weights = new EnumMap<>(Faults.Kind.class);
    for (Faults.Kind kind : Faults.Kind.values()) {
      weights.put(kind, random.nextInt(5) < 3 ? 0 : random.nextInt(1, 10));
    }
    weights.merge(Faults.Kind.CRASH, 1, Integer::sum);
    weights.merge(Faults.Kind.ISOLATE_LEADER, 1, Integer::sum);
    weights.merge(Faults.Kind.LATE_LEADER, 2, Integer::sum);
    return new Parameters(
        sizes[random.nextInt(sizes.length)],
        random.nextInt(3),
        random.nextBoolean() ? 0 : random.nextDouble(0.3),
        random.nextBoolean() ? 0 : random.nextDouble(0.5),
        between(random, 100, 30_000),
        random.nextBoolean() ? 0 : random.nextDouble(0.3),
        between(random, 50, 20_000),
        random.nextDouble(0.05),
        (long) between(random, 100_000, 2_000_000),
        weights,
        random.nextInt(1, 8),
        (long) between(random, 500, 50_000),
        random.nextDouble(0.8),
        random.nextInt(2, 200),
        random.nextInt(1, 50),
        random.nextInt(1, 2000),
        random.nextInt(1, 10),
        random.nextInt(3) == 0,
        random.nextInt(4) == 0 ? Long.MAX_VALUE : (long) between(random, 200, 100_000),
        random.nextInt(100),
        random.nextInt(100, 3000),
        random.nextLong(3_000_000, 8_000_000));
  }

  /**
   * The same without what src/test/tla does not specify: leases, snapshots, members that change and
   * disks that lose what they held.
   */
  Parameters asSpecified() {
    Map<Faults.Kind, Integer> weights = new EnumMap<>(faultWeights);
    weights
        .keySet()
        .removeAll(
            EnumSet.of(
                Faults.Kind.SNAPSHOT, Faults.Kind.MEMBERS, Faults.Kind.DAMAGE, Faults.Kind.WIPE));
    return new Parameters(
        nodes,
        0,
        loss,
        duplication,
        delayMeanUs,
        stragglers,
        diskMeanUs,
        drift,
        faultMeanUs,
        weights,
        clients,
        thinkMeanUs,
        readShare,
        maxInFlightProposals,
        maxAppendEntries,
        maxAppendBytes,
        maxInFlightAppends,
        false,
        Long.MAX_VALUE,
        keepEntries,
        chunkBytes,
        faultyUs);
  }

  int all() {
    return nodes + spares;
  }

  /** Evenly over the orders of magnitude. */
  private static double between(RandomGenerator random, double low, double high) {
    return low * Math.pow(high / low, random.nextDouble());
  }
}
