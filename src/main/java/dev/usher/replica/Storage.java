package dev.usher.replica;

import dev.usher.raft.log.Disk;
import dev.usher.raft.log.LogOptions;
import dev.usher.raft.log.SnapshotStore;
import dev.usher.raft.log.WriteAheadLog;
import java.io.IOException;
import java.util.concurrent.Executor;

/** Everything that a node's groups keep in its directory. */
record Storage(WriteAheadLog log, SnapshotStore snapshots) {
  /**
   * Opens both; blocks while the log is read. Throws what {@link WriteAheadLog#open} throws.
   *
   * @param allocator runs what prepares segments and removes old ones
   */
  static Storage open(Disk disk, ReplicaSettings settings, Executor allocator) throws IOException {
    boolean joins = settings.raft().voters().isEmpty();
    var options = new LogOptions(settings.logSegmentBytes(), allocator, joins);
    WriteAheadLog log = WriteAheadLog.open(disk, settings.logDirectory(), options);
    try {
      return new Storage(log, SnapshotStore.open(disk, settings.logDirectory()));
    } catch (IOException | RuntimeException e) {
      log.close();
      throw e;
    }
  }
}
