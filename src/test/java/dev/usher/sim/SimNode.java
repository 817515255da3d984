package dev.usher.sim;

import dev.usher.raft.Entry;
import dev.usher.raft.GroupId;
import dev.usher.raft.HardState;
import dev.usher.raft.NodeId;
import dev.usher.raft.Now;
import dev.usher.raft.Output;
import dev.usher.raft.RaftConfig;
import dev.usher.raft.RaftCore;
import dev.usher.raft.Recovered;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * One node: an engine, a disk that keeps what it confirmed and sometimes more, a clock with a drift
 * of its own, and how far it has applied.
 */
final class SimNode {
  private static final long WALL_START_MS = 1_700_000_000_000L;
  private static final GroupId GROUP = new GroupId("sim");

  final int number;
  final NodeId id;
  private final RaftConfig config;
  private final Mutant mutant;
  private final double clockRate;
  private final long seed;

  Engine engine;
  int life;
  boolean up = true;
  long pausedUntilUs;
  long wallSkewMs;

  /** The disk: what a restart finds. */
  HardState diskState = HardState.INITIAL;

  List<Entry> diskLog = new ArrayList<>();

  /** Asked for and not on disk yet, oldest first. */
  final ArrayDeque<Output.Persist> writing = new ArrayDeque<>();

  long diskBusyUntilUs;
  long diskHangsUntilUs;

  /** The log as the engine sees it: the disk and what is being written. */
  List<Entry> view = new ArrayList<>();

  long appliedIndex;
  long seenTerm;
  long seenCommit;

  SimNode(int number, RaftConfig config, Mutant mutant, double clockRate, long seed) {
    this.number = number;
    this.id = config.self();
    this.config = config;
    this.mutant = mutant;
    this.clockRate = clockRate;
    this.seed = seed;
    engine = boot(0);
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
  }

  void restart(long timeUs) {
    up = true;
    pausedUntilUs = 0;
    view = new ArrayList<>(diskLog);
    appliedIndex = 0;
    seenCommit = 0;
    seenTerm = diskState.term();
    engine = boot(timeUs);
  }

  /** The engine asked for it; the view changes at once, the disk later. */
  void asked(Output.Persist write) {
    writing.add(write);
    write.truncateFrom().ifPresent(from -> view.subList((int) from - 1, view.size()).clear());
    view.addAll(write.entries());
  }

  void writeNext() {
    Output.Persist write = writing.removeFirst();
    write.hardState().ifPresent(state -> diskState = state);
    write.truncateFrom().ifPresent(from -> diskLog.subList((int) from - 1, diskLog.size()).clear());
    diskLog.addAll(write.entries());
  }

  private Engine boot(long timeUs) {
    RandomGenerator random =
        RandomGeneratorFactory.of("L64X128MixRandom")
            .create(seed * 1_000_003 + number * 101L + life);
    Recovered recovered = mutant.recovered(new Recovered(diskState, diskLog));
    return mutant.wrap(new RaftCore(GROUP, config, recovered, random, now(timeUs)), config);
  }
}
