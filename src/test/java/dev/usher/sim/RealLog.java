package dev.usher.sim;

import dev.usher.raft.DirectoryId;
import dev.usher.raft.Output;
import dev.usher.raft.Recovered;
import dev.usher.raft.SnapshotMeta;
import dev.usher.raft.log.BitRot;
import dev.usher.raft.log.LogFailedException;
import dev.usher.raft.log.LogOptions;
import dev.usher.raft.log.SimulatedDisk;
import dev.usher.raft.log.WriteAheadLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The code that writes a node's log, on a disk that tears, loses and damages as disks do. */
final class RealLog {
  private static final Path DIRECTORY = Path.of("/log");
  private static final int FORCES_OF_A_SYNC = 4;

  /** Power is lost in the middle of a force. */
  private static final class PowerLoss extends RuntimeException {
    private static final long serialVersionUID = 1;

    PowerLoss() {
      super("power loss", null, false, false);
    }
  }

  private final SimulatedDisk disk = new SimulatedDisk();
  private final int segmentBytes;
  private WriteAheadLog log;
  private boolean failed;

  RealLog(DirectoryId directory, int segmentBytes) {
    this.segmentBytes = segmentBytes;
    try {
      disk.writeAtomically(
          DIRECTORY.resolve("directory-id"),
          directory.toString().getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    open(Set.of());
  }

  /** Opens it as a node's start does; {@code snapshots} are those whose files are there. */
  Recovered open(Set<SnapshotMeta> snapshots) {
    try {
      failed = false;
      log = WriteAheadLog.open(disk, DIRECTORY, new LogOptions(segmentBytes, Runnable::run));
      Recovered found = log.takeRecovered(SimNode.GROUP);
      boolean isSnapshotThere =
          found.snapshot().isEmpty() || snapshots.contains(found.snapshot().get());
      return isSnapshotThere ? found : log.snapshotLost(SimNode.GROUP);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void append(Output.Persist write) {
    try {
      log.append(SimNode.GROUP, write);
    } catch (LogFailedException e) {
      throw new UncheckedIOException(e);
    }
  }

  void sync() {
    try {
      log.sync();
    } catch (LogFailedException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Forced at once: as long as the mark is there this disk must be the only one that has one. */
  void healed() {
    try {
      log.healed(SimNode.GROUP);
      log.sync();
    } catch (LogFailedException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The force of all this fails, and so does everything that follows. */
  void fail(Collection<Output.Persist> writing) {
    disk.failNextForce();
    failed |= !isSynced(writing, writing.size());
  }

  /**
   * Power is lost, maybe while some of this is being written; every sector that was not forced is
   * kept or not. True when it was in the middle of a force.
   */
  boolean crash(RandomGenerator random, Collection<Output.Persist> writing) {
    int begun = random.nextInt(writing.size() + 1);
    // Most syncs force once: the first is where a crash tears, later ones where it comes between.
    int force = random.nextBoolean() ? 1 : random.nextInt(1, FORCES_OF_A_SYNC + 1);
    boolean torn = false;
    if (begun > 0 && !failed) {
      int[] left = {force};
      disk.beforeForce(
          () -> {
            if (--left[0] == 0) {
              throw new PowerLoss();
            }
          });
      torn = !isSynced(writing, begun);
    }
    disk.crash(random);
    return torn;
  }

  private boolean isSynced(Collection<Output.Persist> writing, int count) {
    try {
      for (Output.Persist write : writing.stream().limit(count).toList()) {
        log.append(SimNode.GROUP, write);
      }
      log.sync();
      return true;
    } catch (LogFailedException e) {
      return false;
    }
  }

  /** Bytes change that had been durable, while nobody has it open. False when there are none. */
  boolean damage(RandomGenerator random) {
    try {
      log.close();
      boolean struck = BitRot.strike(disk, DIRECTORY, random);
      if (!struck) {
        log = WriteAheadLog.open(disk, DIRECTORY, new LogOptions(segmentBytes, Runnable::run));
      }
      return struck;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
