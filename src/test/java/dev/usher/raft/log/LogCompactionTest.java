package dev.usher.raft.log;

import static dev.usher.raft.log.LogFixture.DIRECTORY;
import static dev.usher.raft.log.LogFixture.FIRST_SEGMENT;
import static dev.usher.raft.log.LogFixture.SEATS;
import static dev.usher.raft.log.LogFixture.SYSTEM;
import static dev.usher.raft.log.LogFixture.compaction;
import static dev.usher.raft.log.LogFixture.entries;
import static dev.usher.raft.log.LogFixture.entry;
import static dev.usher.raft.log.LogFixture.open;
import static dev.usher.raft.log.LogFixture.snapshot;
import static dev.usher.raft.log.LogFixture.vote;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.raft.HardState;
import dev.usher.raft.NodeId;
import dev.usher.raft.Recovered;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Old segments go when nobody needs them, and nothing that anybody needs goes with them. */
class LogCompactionTest {
  private final SimulatedDisk disk = new SimulatedDisk();

  @Test
  void aRestartBeginsWithTheSnapshotAndTheTail() throws IOException {
    WriteAheadLog log = open(disk);
    fill(log, 1, 100);
    log.append(SEATS, compaction(snapshot(SEATS, 90, 1)));
    log.sync();

    Recovered found = crashed().takeRecovered(SEATS);

    assertThat(found.snapshot()).contains(snapshot(SEATS, 90, 1));
    assertThat(found.entries()).hasSize(10).startsWith(entry(1, 91, 500));
    assertThat(found.damagedUntil()).isEmpty();
  }

  @Test
  void theLogDoesNotGrowWhileSnapshotsAreTaken() throws IOException {
    WriteAheadLog log = open(disk);
    for (int round = 0; round < 20; round++) {
      fill(log, 1 + 50L * round, 50);
      log.append(SEATS, compaction(snapshot(SEATS, 50L * (round + 1), 1)));
      log.sync();
      assertThat(segments()).hasSizeLessThanOrEqualTo(3);
    }
  }

  @Test
  void votesAndSnapshotsAreCarriedIntoTheLiveSegment() throws IOException {
    WriteAheadLog log = open(disk);
    log.append(SYSTEM, vote(9, "node-2"));
    log.append(SYSTEM, compaction(snapshot(SYSTEM, 3, 8)));
    log.sync();
    fill(log, 1, 100);
    log.append(SEATS, compaction(snapshot(SEATS, 100, 1)));
    log.sync();
    assertThat(segments()).doesNotContain("segment-0000000001.log");

    Recovered found = crashed().takeRecovered(SYSTEM);

    assertThat(found.hardState()).isEqualTo(new HardState(9, Optional.of(new NodeId("node-2"))));
    assertThat(found.snapshot()).contains(snapshot(SYSTEM, 3, 8));
    assertThat(found.damagedUntil()).isEmpty();
  }

  @Test
  void aGroupWithoutASnapshotKeepsItsSegmentsAndIsNamed() throws IOException {
    WriteAheadLog log = open(disk);
    log.append(SYSTEM, entries(entry(1, 1, 10)));
    fill(log, 1, 100);
    log.append(SEATS, compaction(snapshot(SEATS, 100, 1)));
    log.sync();

    assertThat(segments()).contains("segment-0000000001.log");
    assertThat(log.holdingUp(3)).containsExactly(SYSTEM);
    assertThat(log.holdingUp(1000)).isEmpty();

    log.append(SYSTEM, compaction(snapshot(SYSTEM, 1, 1)));
    log.sync();
    assertThat(segments()).doesNotContain("segment-0000000001.log");
    assertThat(log.holdingUp(3)).isEmpty();
  }

  @Test
  void anInstalledSnapshotBeyondTheLogIsFollowedByItsNextIndex() throws IOException {
    WriteAheadLog log = open(disk);
    fill(log, 1, 5);
    log.append(SEATS, compaction(snapshot(SEATS, 1000, 4)));
    log.append(SEATS, entries(entry(4, 1001, 10)));
    log.sync();

    Recovered found = crashed().takeRecovered(SEATS);

    assertThat(found.snapshot()).contains(snapshot(SEATS, 1000, 4));
    assertThat(found.entries()).containsExactly(entry(4, 1001, 10));
  }

  @Test
  void oldSegmentsLostByAccidentAreDamage() throws IOException {
    WriteAheadLog log = open(disk);
    fill(log, 1, 30);
    log.close();
    disk.delete(FIRST_SEGMENT);

    Recovered found = open(disk).takeRecovered(SEATS);

    assertThat(found.entries()).isEmpty();
    assertThat(found.damagedUntil()).hasValue(30);
  }

  private static void fill(WriteAheadLog log, long first, int count) throws IOException {
    for (long index = first; index < first + count; index++) {
      log.append(SEATS, entries(entry(1, index, 500)));
      log.sync();
    }
  }

  private List<String> segments() {
    return disk.list(DIRECTORY).stream().filter(name -> name.endsWith(".log")).toList();
  }

  private WriteAheadLog crashed() throws IOException {
    disk.crash(new Random(1));
    return open(disk);
  }
}
