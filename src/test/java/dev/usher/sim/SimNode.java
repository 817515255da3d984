package dev.usher.sim;

import dev.usher.raft.DirectoryId;
import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import dev.usher.raft.Now;
import dev.usher.raft.Output;
import dev.usher.raft.RaftConfig;
import dev.usher.raft.RaftCore;
import dev.usher.raft.Recovered;
import dev.usher.raft.SnapshotMeta;
import java.io.ByteArrayOutputStream;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** One node: an engine, a disk, a clock with a drift of its own, and a state machine. */
final class SimNode {
  private static final long WALL_START_MS = 1_700_000_000_000L;
  static final GroupId GROUP = new GroupId("sim");

  final int number;
  final NodeId id;
  private RaftConfig config;
  private final Mutant mutant;
  private final double clockRate;
  private final long seed;
  private final int segmentBytes;

  Engine engine;
  int life;

  /** Counts the disks that this node has had. */
  int generation;

  final SimDisk disk;
  boolean up = true;
  long pausedUntilUs;
  long wallSkewMs;

  /** The log as the engine sees it: the disk and what is being written. */
  SimLog view = new SimLog();

  SimMachine machine = new SimMachine();
  SnapshotMeta installing;
  final ByteArrayOutputStream receiving = new ByteArrayOutputStream();
  long seenTerm;
  long seenCommit;

  /**
   * @param segmentBytes of the real log, 0 for a model of it
   */
  SimNode(
      int number, RaftConfig config, Mutant mutant, double clockRate, long seed, int segmentBytes) {
    this.number = number;
    this.id = config.self();
    this.config =
        config.withDirectory(
            config.voters().isEmpty()
                ? DirectoryId.joiner(uniqueDisk())
                : DirectoryId.founder(uniqueDisk()));
    this.mutant = mutant;
    this.clockRate = clockRate;
    this.seed = seed;
    this.segmentBytes = segmentBytes;
    disk = new SimDisk(newLog());
    engine = boot(0);
  }

  private RealLog newLog() {
    return segmentBytes == 0 ? null : new RealLog(directory(), segmentBytes);
  }

  DirectoryId directory() {
    return config.directory();
  }

  private String uniqueDisk() {
    return "disk-" + (number + 1) + "-" + generation;
  }

  Now now(long timeUs) {
    long ms = (long) (timeUs * clockRate / 1000);
    return new Now(ms, WALL_START_MS + ms + wallSkewMs);
  }

  /** Everything in memory is gone; true when a write was torn. */
  boolean crash(RandomGenerator random) {
    up = false;
    life++;
    installing = null;
    return disk.crash(random);
  }

  /** The state machine of a snapshot's file. */
  SimMachine decode(byte[] file) {
    return SimMachine.decode(file, mutant != Mutant.FORGETS_REQUESTS_IN_SNAPSHOTS);
  }

  void restart(long timeUs) {
    up = true;
    pausedUntilUs = 0;
    view = disk.log.copy();
    machine =
        disk.log.snapshot == null ? new SimMachine() : decode(disk.files.get(disk.log.snapshot));
    seenCommit = 0;
    seenTerm = disk.state.term();
    engine = boot(timeUs);
  }

  /** While down: another disk under the old name, waiting to be added. */
  void wipe() {
    generation++;
    config =
        new RaftConfig(
            id,
            DirectoryId.joiner(uniqueDisk()),
            new TreeSet<>(),
            config.heartbeatMs(),
            config.electionTimeoutMinMs(),
            config.electionTimeoutMaxMs(),
            config.leaseMs(),
            config.maxInFlightProposals(),
            config.maxInFlightBytes(),
            config.maxAppendEntries(),
            config.maxAppendBytes(),
            config.maxInFlightAppends(),
            config.snapshots());
    disk.wipe(newLog());
  }

  /** The engine asked for it; the view changes at once, the disk later. */
  void asked(Output.Persist write) {
    disk.ask(write);
    view.apply(write);
  }

  private Engine boot(long timeUs) {
    RandomGenerator random =
        RandomGeneratorFactory.of("L64X128MixRandom")
            .create(seed * 1_000_003 + number * 101L + life);
    Recovered recovered = mutant.recovered(disk.recovered());
    return mutant.wrap(new RaftCore(GROUP, config, recovered, random, now(timeUs)), config);
  }
}
