package dev.usher.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.directory.DirectoryLimits;
import java.util.Optional;
import java.util.UUID;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.DeleteSnapshotSuccess;
import org.apache.pekko.persistence.DeleteSnapshotsSuccess;
import org.apache.pekko.persistence.Persistence;
import org.apache.pekko.persistence.SaveSnapshotFailure;
import org.apache.pekko.persistence.SaveSnapshotSuccess;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotProtocol.DeleteSnapshot;
import org.apache.pekko.persistence.SnapshotProtocol.DeleteSnapshots;
import org.apache.pekko.persistence.SnapshotProtocol.LoadSnapshot;
import org.apache.pekko.persistence.SnapshotProtocol.LoadSnapshotResult;
import org.apache.pekko.persistence.SnapshotProtocol.SaveSnapshot;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.OptionConverters;

/** What Pekko's own kit for snapshot stores asks of one. */
class ReplicatedSnapshotStoreTest {
  private static final Store store = new Store();
  private static final ActorSystem system = store.system("snapshots").classicSystem();

  private final ActorRef snapshots =
      Persistence.get(system)
          .snapshotStoreFor("usher.snapshot-store", com.typesafe.config.ConfigFactory.empty());
  private final TestKit probe = new TestKit(system);
  private final String id = "actor-" + UUID.randomUUID();
  private final SnapshotMetadata[] saved = new SnapshotMetadata[6];

  @AfterAll
  static void shutdown() {
    TestKit.shutdownActorSystem(system);
  }

  @BeforeEach
  void fiveSnapshots() {
    for (int i = 1; i <= 5; i++) {
      saved[i] = save(i + 9, "s-" + i);
    }
  }

  @Test
  void theYoungestIsLoaded() {
    assertThat(load(SnapshotSelectionCriteria.latest())).contains("s-5");
  }

  @Test
  void nobodyElsesIsLoaded() {
    snapshots.tell(
        new LoadSnapshot("nobody", SnapshotSelectionCriteria.latest(), Long.MAX_VALUE),
        probe.getRef());
    assertThat(probe.expectMsgClass(LoadSnapshotResult.class).snapshot().isEmpty()).isTrue();
  }

  @Test
  void criteriaBoundSequenceNumbersAndTimes() {
    assertThat(load(SnapshotSelectionCriteria.create(13, Long.MAX_VALUE))).contains("s-4");
    assertThat(load(SnapshotSelectionCriteria.create(13, saved[2].timestamp())))
        .hasValueSatisfying(found -> assertThat(found.toString()).isBetween("s-2", "s-4"));
    assertThat(load(SnapshotSelectionCriteria.create(9, Long.MAX_VALUE))).isEmpty();
    assertThat(load(SnapshotSelectionCriteria.create(Long.MAX_VALUE, 100))).isEmpty();
    assertThat(load(SnapshotSelectionCriteria.create(Long.MAX_VALUE, Long.MAX_VALUE, 15, 0)))
        .isEmpty();
    assertThat(load(SnapshotSelectionCriteria.none())).isEmpty();
  }

  @Test
  void oneIsDeletedByItsNumber() {
    snapshots.tell(new DeleteSnapshot(new SnapshotMetadata(id, 14, 0)), probe.getRef());
    probe.expectMsgClass(DeleteSnapshotSuccess.class);

    assertThat(load(SnapshotSelectionCriteria.latest())).contains("s-4");
  }

  @Test
  void oneOfAnotherTimeIsNotDeleted() {
    snapshots.tell(new DeleteSnapshot(new SnapshotMetadata(id, 14, 1)), probe.getRef());
    probe.expectMsgClass(DeleteSnapshotSuccess.class);

    assertThat(load(SnapshotSelectionCriteria.latest())).contains("s-5");
  }

  @Test
  void manyAreDeletedByCriteria() {
    var upTo12 = SnapshotSelectionCriteria.create(12, Long.MAX_VALUE);
    snapshots.tell(new DeleteSnapshots(id, upTo12), probe.getRef());
    probe.expectMsgClass(DeleteSnapshotsSuccess.class);

    assertThat(load(upTo12)).isEmpty();
    assertThat(load(SnapshotSelectionCriteria.latest())).contains("s-5");
  }

  @Test
  void anotherWithTheSameNumberReplacesIt() {
    save(14, "anew");

    assertThat(load(SnapshotSelectionCriteria.latest())).contains("anew");
  }

  @Test
  void oneThatIsTooBigOrNotSerializableFailsAndChangesNothing() {
    for (var bad :
        new Object[] {new Object(), "x".repeat(DirectoryLimits.JOURNAL_SNAPSHOT_BYTES)}) {
      snapshots.tell(new SaveSnapshot(new SnapshotMetadata(id, 20, 0), bad), probe.getRef());
      probe.expectMsgClass(SaveSnapshotFailure.class);
    }

    assertThat(load(SnapshotSelectionCriteria.latest())).contains("s-5");
  }

  @Test
  void beyondTheLimitOneMoreFails() {
    for (int i = 6; i <= DirectoryLimits.JOURNAL_SNAPSHOTS_PER_ID; i++) {
      save(i + 9, "s-" + i);
    }
    snapshots.tell(new SaveSnapshot(new SnapshotMetadata(id, 99, 0), "more"), probe.getRef());

    assertThat(probe.expectMsgClass(SaveSnapshotFailure.class).cause())
        .hasMessageContaining("16 snapshots");
  }

  @Test
  void metadataComesBack() {
    var metadata = new SnapshotMetadata(id, 20, 0).withMetadata("meta");
    snapshots.tell(new SaveSnapshot(metadata, "s"), probe.getRef());
    probe.expectMsgClass(SaveSnapshotSuccess.class);

    assertThat(selected(SnapshotSelectionCriteria.latest()).orElseThrow().metadata().metadata())
        .isEqualTo(scala.Option.apply("meta"));
  }

  private SnapshotMetadata save(long number, Object snapshot) {
    snapshots.tell(new SaveSnapshot(new SnapshotMetadata(id, number, 0), snapshot), probe.getRef());
    return probe.expectMsgClass(SaveSnapshotSuccess.class).metadata();
  }

  private Optional<Object> load(SnapshotSelectionCriteria criteria) {
    return selected(criteria).map(SelectedSnapshot::snapshot);
  }

  private Optional<SelectedSnapshot> selected(SnapshotSelectionCriteria criteria) {
    snapshots.tell(new LoadSnapshot(id, criteria, Long.MAX_VALUE), probe.getRef());
    return OptionConverters.toJava(probe.expectMsgClass(LoadSnapshotResult.class).snapshot());
  }
}
