package dev.usher.sim;

import dev.usher.raft.DirectoryId;
import dev.usher.raft.GroupId;
import dev.usher.raft.HardState;
import dev.usher.raft.NodeId;
import dev.usher.raft.Now;
import dev.usher.raft.Output;
import dev.usher.raft.RaftConfig;
import dev.usher.raft.RaftCore;
import dev.usher.raft.Recovered;
import dev.usher.raft.SnapshotMeta;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * One node: an engine, a disk that keeps what it confirmed and sometimes more, a clock with a drift
 * of its own, and a state machine.
 */
final class SimNode {
  private static final long WALL_START_MS = 1_700_000_000_000L;
  static final GroupId GROUP = new GroupId("sim");

  final int number;
  final NodeId id;
  private RaftConfig config;
  private final Mutant mutant;
  private final double clockRate;
  private final long seed;

  Engine engine;
  int life;

  /** Counts the disks that this node has had. */
  int disk;

  boolean up = true;
  long pausedUntilUs;
  long wallSkewMs;

  /** The disk: what a restart finds. */
  HardState diskState = HardState.INITIAL;

  SimLog diskLog = new SimLog();
  final Map<SnapshotMeta, byte[]> files = new HashMap<>();
  OptionalLong damagedUntil = OptionalLong.empty();

  /** What was on it before it was damaged or wiped: the checks count it, since it was promised. */
  SimLog lostLog = new SimLog();

  /** Asked for and not on disk yet, oldest first. */
  final ArrayDeque<Output.Persist> writing = new ArrayDeque<>();

  long diskBusyUntilUs;
  long diskHangsUntilUs;
  boolean diskFailed;

  /** The log as the engine sees it: the disk and what is being written. */
  SimLog view = new SimLog();

  SimMachine machine = new SimMachine();
  SnapshotMeta installing;
  final ByteArrayOutputStream receiving = new ByteArrayOutputStream();
  long seenTerm;
  long seenCommit;

  SimNode(int number, RaftConfig config, Mutant mutant, double clockRate, long seed) {
    this.number = number;
    this.id = config.self();
    this.config = config.withDirectory(directory());
    this.mutant = mutant;
    this.clockRate = clockRate;
    this.seed = seed;
    engine = boot(0);
  }

  DirectoryId directory() {
    return new DirectoryId("disk-" + (number + 1) + "-" + disk);
  }

  Now now(long timeUs) {
    long ms = (long) (timeUs * clockRate / 1000);
    return new Now(ms, WALL_START_MS + ms + wallSkewMs);
  }

  /** Everything in memory is gone; of what was being written some may have reached the disk. */
  void crash(RandomGenerator random) {
    up = false;
    life++;
    for (int survivors = random.nextInt(writing.size() + 1); survivors > 0; survivors--) {
      writeNext();
    }
    writing.clear();
    installing = null;
    diskBusyUntilUs = 0;
    diskHangsUntilUs = 0;
    diskFailed = false;
  }

  void restart(long timeUs) {
    up = true;
    pausedUntilUs = 0;
    view = diskLog.copy();
    machine =
        diskLog.snapshot == null
            ? new SimMachine()
            : SimMachine.decode(files.get(diskLog.snapshot));
    seenCommit = 0;
    seenTerm = diskState.term();
    engine = boot(timeUs);
  }

  /** While down: another disk under the old name, waiting to be added. */
  void wipe() {
    disk++;
    config =
        new RaftConfig(
            id,
            directory(),
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
    lostLog = diskLog;
    diskLog = new SimLog();
    diskState = HardState.INITIAL;
    files.clear();
    damagedUntil = OptionalLong.empty();
  }

  /** While down: what follows {@code index} cannot be read any more. */
  void damage(long index) {
    damagedUntil = OptionalLong.of(diskLog.lastIndex());
    lostLog = diskLog.copy();
    diskLog.truncateFrom(index + 1);
  }

  /** The engine asked for it; the view changes at once, the disk later. */
  void asked(Output.Persist write) {
    writing.add(write);
    view.apply(write);
  }

  void writeNext() {
    Output.Persist write = writing.removeFirst();
    write.hardState().ifPresent(state -> diskState = state);
    diskLog.apply(write);
    write
        .compaction()
        .ifPresent(
            done ->
                files.keySet().removeIf(file -> file.lastIndex() < done.snapshot().lastIndex()));
  }

  private Engine boot(long timeUs) {
    RandomGenerator random =
        RandomGeneratorFactory.of("L64X128MixRandom")
            .create(seed * 1_000_003 + number * 101L + life);
    Recovered recovered =
        mutant.recovered(
            new Recovered(
                diskState, diskLog.recoveredSnapshot(), diskLog.afterSnapshot(), damagedUntil));
    return mutant.wrap(new RaftCore(GROUP, config, recovered, random, now(timeUs)), config);
  }
}
