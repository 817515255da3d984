package dev.usher.journal;

import com.typesafe.config.Config;
import dev.usher.directory.DirectoryLimits;
import dev.usher.directory.proto.DeleteSnapshots;
import dev.usher.directory.proto.DirectoryCommand;
import dev.usher.directory.proto.SaveSnapshot;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.snapshot.japi.SnapshotStore;
import scala.concurrent.Future;

/** The snapshot plugin {@code usher.snapshot-store}: what is saved is on a majority's disks. */
public final class ReplicatedSnapshotStore extends SnapshotStore {
  private final EventCodec codec;
  private final JournalLog log;
  private final Executor executor;

  /** Called by Pekko with the plugin's part of the configuration. */
  public ReplicatedSnapshotStore(Config config) {
    var system = context().system();
    this.codec = new EventCodec((ExtendedActorSystem) system);
    this.log = JournalLog.of(JournalSetup.directoryOf(system), config);
    this.executor = context().dispatcher();
  }

  @Override
  public Future<Optional<SelectedSnapshot>> doLoadAsync(
      String persistenceId, SnapshotSelectionCriteria criteria) {
    return JournalLog.asScala(
        log.read(
                journal ->
                    journal.snapshot(
                        persistenceId,
                        criteria.minSequenceNr(),
                        criteria.maxSequenceNr(),
                        criteria.minTimestamp(),
                        criteria.maxTimestamp()))
            .thenApplyAsync(
                found -> found.map(snapshot -> codec.decode(persistenceId, snapshot)), executor));
  }

  @Override
  public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
    try {
      var encoded = codec.encode(metadata, snapshot);
      if (encoded.getSerializedSize() > DirectoryLimits.JOURNAL_SNAPSHOT_BYTES) {
        throw new JournalFullException(
            encoded.getSerializedSize()
                + " bytes in a snapshot of "
                + metadata.persistenceId()
                + ", at most "
                + DirectoryLimits.JOURNAL_SNAPSHOT_BYTES);
      }
      return write(
          DirectoryCommand.newBuilder()
              .setSaveSnapshot(
                  SaveSnapshot.newBuilder()
                      .setPersistenceId(metadata.persistenceId())
                      .setSnapshot(encoded)));
    } catch (Exception e) {
      return JournalLog.asVoid(CompletableFuture.failedFuture(e));
    }
  }

  /** A timestamp of 0 stands for any: Pekko does not always know it. */
  @Override
  public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
    long timestamp = metadata.timestamp();
    return delete(
        metadata.persistenceId(),
        new SnapshotSelectionCriteria(
            metadata.sequenceNr(),
            timestamp == 0 ? Long.MAX_VALUE : timestamp,
            metadata.sequenceNr(),
            timestamp));
  }

  @Override
  public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
    return delete(persistenceId, criteria);
  }

  private Future<Void> delete(String persistenceId, SnapshotSelectionCriteria criteria) {
    return write(
        DirectoryCommand.newBuilder()
            .setDeleteSnapshots(
                DeleteSnapshots.newBuilder()
                    .setPersistenceId(persistenceId)
                    .setMinSequenceNumber(criteria.minSequenceNr())
                    .setMaxSequenceNumber(criteria.maxSequenceNr())
                    .setMinTimestamp(criteria.minTimestamp())
                    .setMaxTimestamp(criteria.maxTimestamp())));
  }

  private Future<Void> write(DirectoryCommand.Builder command) {
    return JournalLog.asVoid(log.write(command.build()));
  }
}
