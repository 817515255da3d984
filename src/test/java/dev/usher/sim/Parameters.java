package dev.usher.sim;

import dev.usher.raft.NodeId;
import dev.usher.raft.RaftConfig;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.random.RandomGenerator;

/**
 * What one run is like, drawn anew for every seed (swarm testing): a run with everything on hides
 * what a run with little on shows. Times are microseconds of simulated time.
 */
record Parameters(
    int nodes,
    int spares,
    Net net,
    double diskMeanUs,
    double drift,
    long faultMeanUs,
    Map<FaultKind, Integer> faultWeights,
    Load load,
    Limits limits,
    boolean lease,
    RaftConfig.Snapshots snapshots,
    long faultyUs) {
  /** What the leases allow for; more than two clocks of a run drift apart. */
  private static final int DRIFT_PERCENT = 15;

  private static final int PLENTY = 20;

  /** The shares of messages that are lost, repeated, or take far longer than others. */
  record Net(double loss, double duplication, double delayMeanUs, double stragglers) {}

  record Load(int clients, long thinkMeanUs, double readShare) {}

  record Limits(
      int maxInFlightProposals, int maxAppendEntries, int maxAppendBytes, int maxInFlightAppends) {}

  static Parameters draw(RandomGenerator random) {
    int[] sizes = {1, 2, 3, 3, 3, 3, 3, 4, 5, 5, 6, 7};
    Map<FaultKind, Integer> weights = new EnumMap<>(FaultKind.class);
    for (FaultKind kind : FaultKind.striking()) {
      weights.put(kind, random.nextInt(5) < 3 ? 0 : random.nextInt(1, 10));
    }
    weights.merge(FaultKind.CRASH, 1, Integer::sum);
    weights.merge(FaultKind.ISOLATE_LEADER, 1, Integer::sum);
    weights.merge(FaultKind.LATE_LEADER, 2, Integer::sum);
    return new Parameters(
        sizes[random.nextInt(sizes.length)],
        random.nextInt(3),
        new Net(
            random.nextBoolean() ? 0 : random.nextDouble(0.3),
            random.nextBoolean() ? 0 : random.nextDouble(0.5),
            between(random, 100, 30_000),
            random.nextBoolean() ? 0 : random.nextDouble(0.3)),
        between(random, 50, 20_000),
        random.nextDouble(0.05),
        (long) between(random, 100_000, 2_000_000),
        weights,
        new Load(random.nextInt(1, 8), (long) between(random, 500, 50_000), random.nextDouble(0.8)),
        new Limits(
            random.nextInt(2, 200),
            random.nextInt(1, 50),
            random.nextInt(1, 2000),
            random.nextInt(1, 10)),
        random.nextInt(3) == 0,
        new RaftConfig.Snapshots(
            random.nextInt(4) == 0 ? Long.MAX_VALUE : (long) between(random, 200, 100_000),
            random.nextInt(100),
            random.nextInt(100, 3000)),
        random.nextLong(3_000_000, 8_000_000));
  }

  /**
   * The same without what src/test/tla does not specify: leases, snapshots, members that change and
   * disks that lose what they held.
   */
  Parameters asSpecified() {
    return with(nodes, 0, net, drift, faultWeights, false, snapshots)
        .without(FaultKind.SNAPSHOT)
        .without(FaultKind.MEMBERS)
        .without(FaultKind.DAMAGE)
        .without(FaultKind.WIPE);
  }

  /** The same with so many voters and nobody who waits to be added. */
  Parameters withNodes(int voters) {
    return with(voters, 0, net, drift, faultWeights, lease, snapshots);
  }

  /** The same, but this never happens. */
  Parameters without(FaultKind kind) {
    Map<FaultKind, Integer> less = new EnumMap<>(faultWeights);
    less.remove(kind);
    Net calmer =
        new Net(
            kind == FaultKind.LOSS ? 0 : net.loss,
            kind == FaultKind.DUPLICATION ? 0 : net.duplication,
            net.delayMeanUs,
            kind == FaultKind.STRAGGLER ? 0 : net.stragglers);
    RaftConfig.Snapshots fewer =
        kind == FaultKind.SNAPSHOT
            ? new RaftConfig.Snapshots(
                Long.MAX_VALUE, snapshots.keepEntries(), snapshots.chunkBytes())
            : snapshots;
    return with(nodes, spares, calmer, kind == FaultKind.DRIFT ? 0 : drift, less, lease, fewer);
  }

  /** The same with plenty of these faults. */
  Parameters withMore(FaultKind kind) {
    Map<FaultKind, Integer> more = new EnumMap<>(faultWeights);
    more.merge(kind, PLENTY, Integer::sum);
    int spare = kind == FaultKind.MEMBERS ? Math.max(1, spares) : spares;
    return with(nodes, spare, net, drift, more, lease, snapshots);
  }

  Parameters withLease() {
    return with(nodes, spares, net, drift, faultWeights, true, snapshots);
  }

  private Parameters with(
      int nodes,
      int spares,
      Net net,
      double drift,
      Map<FaultKind, Integer> faultWeights,
      boolean lease,
      RaftConfig.Snapshots snapshots) {
    return new Parameters(
        nodes,
        spares,
        net,
        diskMeanUs,
        drift,
        faultMeanUs,
        faultWeights,
        load,
        limits,
        lease,
        snapshots,
        faultyUs);
  }

  int all() {
    return nodes + spares;
  }

  /** What a node's engine is told. */
  RaftConfig config(NodeId id, SortedSet<NodeId> voters) {
    RaftConfig config =
        new RaftConfig(
                id,
                voters,
                50,
                150,
                300,
                limits.maxInFlightProposals(),
                4096,
                limits.maxAppendEntries(),
                limits.maxAppendBytes(),
                limits.maxInFlightAppends())
            .withSnapshots(snapshots);
    return lease ? config.withLease(DRIFT_PERCENT) : config;
  }

  /** Evenly over the orders of magnitude. */
  private static double between(RandomGenerator random, double low, double high) {
    return low * Math.pow(high / low, random.nextDouble());
  }
}
