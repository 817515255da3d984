package dev.usher.sim;

import static dev.usher.sim.SimFailure.check;

import dev.usher.raft.Entry;
import dev.usher.raft.HardState;
import dev.usher.raft.Output;
import dev.usher.raft.Recovered;
import dev.usher.raft.SnapshotMeta;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * One node's disk: what a restart finds on it, and what is on its way there. With the real log
 * beside it, that is what a restart finds, and must be a point on the way of what was asked for.
 */
final class SimDisk {
  /** What a restart finds: term and vote, log, snapshots' files, and how far it is damaged. */
  HardState state = HardState.INITIAL;

  SimLog log = new SimLog();
  final Map<SnapshotMeta, byte[]> files = new HashMap<>();
  OptionalLong damagedUntil = OptionalLong.empty();

  /** What was on it before it was damaged or wiped: the checks count it, since it was promised. */
  SimLog lost = new SimLog();

  /** Asked for and not there yet, oldest first. */
  private final ArrayDeque<Output.Persist> writing = new ArrayDeque<>();

  private RealLog real;
  long busyUntilUs;
  long hangsUntilUs;
  boolean failed;

  /**
   * @param real null for a model of what the log promises
   */
  SimDisk(RealLog real) {
    this.real = real;
  }

  void ask(Output.Persist write) {
    writing.add(write);
  }

  /** The first sequence number that is not there yet, 0 when all is. */
  long nextSequence() {
    return writing.isEmpty() ? 0 : writing.getFirst().sequence();
  }

  /** One force: everything up to there is durable. Gives the last sequence number that is. */
  long write(long lastSequence) {
    long sequence = 0;
    while (!writing.isEmpty() && writing.getFirst().sequence() <= lastSequence) {
      Output.Persist next = writing.removeFirst();
      sequence = next.sequence();
      arrived(next);
      if (real != null) {
        real.append(next);
      }
    }
    if (real != null) {
      real.sync();
    }
    return sequence;
  }

  /** Nothing is written any more; what was under way may be there or not. */
  void fail() {
    failed = true;
    if (real != null) {
      real.fail(writing);
    }
  }

  /** Of what was being written some may have reached the disk; true when a write was torn. */
  boolean crash(RandomGenerator random) {
    boolean torn = false;
    if (real == null) {
      for (int survivors = random.nextInt(writing.size() + 1); survivors > 0; survivors--) {
        arrived(writing.removeFirst());
      }
    } else {
      torn = real.crash(random, writing);
      found(real.open(files.keySet()));
    }
    writing.clear();
    busyUntilUs = 0;
    hangsUntilUs = 0;
    failed = false;
    return torn;
  }

  /** While the node is down: another disk under its name. */
  void wipe(RealLog other) {
    lost = log;
    log = new SimLog();
    state = HardState.INITIAL;
    files.clear();
    damagedUntil = OptionalLong.empty();
    real = other;
  }

  /** While the node is down: something that had been durable cannot be read any more. */
  boolean damage(RandomGenerator random) {
    SimLog before = log.copy();
    if (real == null) {
      long last = log.lastIndex();
      long from = log.snapshotIndex();
      damagedUntil = OptionalLong.of(last);
      log.truncateFrom(from + random.nextLong(Math.max(1, last - from)) + 1);
    } else {
      if (!real.damage(random)) {
        return false;
      }
      Recovered found = real.open(files.keySet());
      check(found.hardState().equals(state), "damage costs no vote", found.hardState(), state);
      check(
          found.damagedUntil().isPresent() || holdsAll(found),
          "damage that cost something is known",
          found,
          this);
      damagedUntil = found.damagedUntil();
      log = SimLog.of(found);
    }
    lost = before;
    return true;
  }

  /** What was damaged has come back. */
  void healed() {
    damagedUntil = OptionalLong.empty();
    if (real != null && !failed) {
      real.healed();
    }
  }

  Recovered recovered() {
    return new Recovered(state, log.recoveredSnapshot(), log.afterSnapshot(), damagedUntil);
  }

  private void arrived(Output.Persist write) {
    write.hardState().ifPresent(next -> state = next);
    log.apply(write);
    write
        .compaction()
        .ifPresent(
            done ->
                files.keySet().removeIf(file -> file.lastIndex() < done.snapshot().lastIndex()));
  }

  /**
   * The real log's answer after a crash: all that was confirmed, and maybe some of what followed.
   */
  private void found(Recovered found) {
    List<Output.Persist> records = new ArrayList<>();
    writing.forEach(write -> records.addAll(recordsOf(write)));
    int arrived = 0;
    while (!isThis(found)) {
      check(
          arrived < records.size(),
          "a restart finds what was confirmed and a prefix of what followed",
          found,
          this);
      arrived(records.get(arrived++));
    }
    check(
        damagedUntil.isEmpty() || found.damagedUntil().isPresent(),
        "damage is remembered until it is healed",
        found,
        this);
    damagedUntil = found.damagedUntil();
  }

  /** Nothing is lost when the log forgets that it has a snapshot, and has all entries instead. */
  private boolean holdsAll(Recovered found) {
    return SimLog.of(found).lastIndex() == log.lastIndex()
        && found.entries().stream().allMatch(entry -> log.holds(entry.index(), entry.term()));
  }

  private boolean isThis(Recovered found) {
    return found.hardState().equals(state)
        && found.snapshot().equals(log.recoveredSnapshot())
        && found.entries().equals(log.afterSnapshot());
  }

  /** The parts of a write of which a crash may leave any prefix. */
  private static List<Output.Persist> recordsOf(Output.Persist write) {
    List<Output.Persist> parts = new ArrayList<>();
    Optional<HardState> nothing = Optional.empty();
    write
        .hardState()
        .ifPresent(
            next ->
                parts.add(
                    new Output.Persist(0, Optional.of(next), OptionalLong.empty(), List.of())));
    if (write.truncateFrom().isPresent()) {
      parts.add(new Output.Persist(0, nothing, write.truncateFrom(), List.of()));
    }
    if (write.compaction().isPresent()) {
      parts.add(
          new Output.Persist(0, nothing, OptionalLong.empty(), write.compaction(), List.of()));
    }
    for (Entry entry : write.entries()) {
      parts.add(new Output.Persist(0, nothing, OptionalLong.empty(), List.of(entry)));
    }
    return parts;
  }

  @Override
  public String toString() {
    return state + " " + log.recoveredSnapshot() + " last=" + log.lastIndex();
  }
}
