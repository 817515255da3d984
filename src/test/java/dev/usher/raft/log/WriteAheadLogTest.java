package dev.usher.raft.log;

import static dev.usher.raft.log.LogFixture.FIRST_SEGMENT;
import static dev.usher.raft.log.LogFixture.SEATS;
import static dev.usher.raft.log.LogFixture.SYSTEM;
import static dev.usher.raft.log.LogFixture.conflict;
import static dev.usher.raft.log.LogFixture.entries;
import static dev.usher.raft.log.LogFixture.entry;
import static dev.usher.raft.log.LogFixture.open;
import static dev.usher.raft.log.LogFixture.vote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.raft.DirectoryId;
import dev.usher.raft.HardState;
import dev.usher.raft.NodeId;
import dev.usher.raft.Recovered;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WriteAheadLogTest {
  private final SimulatedDisk disk = new SimulatedDisk();

  @Test
  void whatWasSyncedIsThereAfterACrash() throws IOException {
    WriteAheadLog log = open(disk);
    log.append(SEATS, vote(3, "node-2"));
    log.append(SEATS, entries(entry(3, 1, 10), entry(3, 2, 0)));
    log.append(SYSTEM, entries(entry(1, 1, 5)));
    log.sync();

    WriteAheadLog after = crashed();

    assertThat(after.groups()).containsExactly(SEATS, SYSTEM);
    assertThat(after.takeRecovered(SEATS))
        .isEqualTo(
            new Recovered(
                new HardState(3, Optional.of(new NodeId("node-2"))),
                List.of(entry(3, 1, 10), entry(3, 2, 0))));
    assertThat(after.takeRecovered(SYSTEM).entries()).containsExactly(entry(1, 1, 5));
  }

  @Test
  void aNewDirectoryHasNothing() throws IOException {
    assertThat(open(disk).takeRecovered(SEATS)).isEqualTo(Recovered.NOTHING);
  }

  @Test
  void manyAppendsOfManyGroupsCostOneForce() throws IOException {
    WriteAheadLog log = open(disk);
    int before = disk.forces();
    for (int i = 1; i <= 10; i++) {
      log.append(SEATS, entries(entry(1, i, 8)));
      log.append(SYSTEM, entries(entry(1, i, 8)));
    }

    log.sync();

    assertThat(disk.forces() - before).isEqualTo(1);
  }

  @Test
  void aSyncOfNothingForcesNothing() throws IOException {
    WriteAheadLog log = open(disk);
    int before = disk.forces();

    log.sync();

    assertThat(disk.forces()).isEqualTo(before);
  }

  @Test
  void aTruncationForgetsTheConflictAndWhatFollows() throws IOException {
    WriteAheadLog log = open(disk);
    log.append(SEATS, entries(entry(1, 1, 8), entry(1, 2, 8), entry(1, 3, 8)));
    log.append(SEATS, conflict(2, entry(2, 2, 4)));
    log.sync();

    assertThat(crashed().takeRecovered(SEATS).entries())
        .containsExactly(entry(1, 1, 8), entry(2, 2, 4));
  }

  @Test
  void recoveryGoesAcrossSegmentsAndTheLogGoesOn() throws IOException {
    WriteAheadLog log = open(disk);
    for (int i = 1; i <= 40; i++) {
      log.append(SEATS, entries(entry(1, i, 500)));
      log.sync();
    }

    WriteAheadLog after = crashed();
    assertThat(after.takeRecovered(SEATS).entries()).hasSize(40);
    after.append(SEATS, entries(entry(2, 41, 500)));
    after.sync();

    assertThat(disk.list(LogFixture.DIRECTORY)).hasSizeGreaterThan(5);
    assertThat(crashed().takeRecovered(SEATS).entries()).hasSize(41).endsWith(entry(2, 41, 500));
  }

  @Test
  void aBatchLargerThanASegmentIsSpreadOverSeveral() throws IOException {
    WriteAheadLog log = open(disk);
    for (int i = 1; i <= 30; i++) {
      log.append(SEATS, entries(entry(1, i, 1000)));
    }
    log.sync();

    assertThat(crashed().takeRecovered(SEATS).entries()).hasSize(30);
  }

  @Test
  void aGapIsRefusedBeforeAnythingIsWritten() throws IOException {
    WriteAheadLog log = open(disk);

    assertThatThrownBy(() -> log.append(SEATS, entries(entry(1, 2, 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("index 2 cannot follow index 0");
  }

  @Test
  void aPayloadLargerThanASegmentIsRefused() throws IOException {
    WriteAheadLog log = open(disk);

    assertThatThrownBy(() -> log.append(SEATS, entries(entry(1, 1, LogFixture.SEGMENT_BYTES))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more than a log segment takes");
  }

  @Test
  void theDirectoryKeepsItsIdentity() throws IOException {
    DirectoryId made = open(disk).directoryId();

    assertThat(crashed().directoryId()).isEqualTo(made);
    assertThat(open(new SimulatedDisk()).directoryId()).isNotEqualTo(made);
  }

  @Test
  void theDirectoryRemembersWhetherItWasAJoiners() throws IOException {
    var options = new LogOptions(LogFixture.SEGMENT_BYTES, Runnable::run, true);
    DirectoryId made = WriteAheadLog.open(disk, LogFixture.DIRECTORY, options).directoryId();

    assertThat(DirectoryId.UNKNOWN.mayBe(made)).isFalse();
    assertThat(crashed().directoryId()).isEqualTo(made);
  }

  @Test
  void aNewerFormatIsRefusedWithASentence() throws IOException {
    open(disk).close();
    byte[] newer = disk.read(FIRST_SEGMENT).orElseThrow();
    disk.writeAtomically(FIRST_SEGMENT, LogFixture.withVersion(newer, 3));

    assertThatThrownBy(() -> open(disk))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessage(
            FIRST_SEGMENT
                + " has format version 3, this program reads up to 2: start the version of the"
                + " program that wrote it, or a newer one");
  }

  @Test
  void theFormatBeforeIsReadAndRaised() throws IOException {
    WriteAheadLog log = open(disk);
    log.append(SEATS, entries(entry(1, 1, 10)));
    log.sync();
    log.close();
    byte[] older = disk.read(FIRST_SEGMENT).orElseThrow();
    disk.writeAtomically(FIRST_SEGMENT, LogFixture.withVersion(older, 1));

    assertThat(open(disk).takeRecovered(SEATS).entries()).containsExactly(entry(1, 1, 10));
    assertThat(ByteBuffer.wrap(disk.read(FIRST_SEGMENT).orElseThrow()).getInt(8)).isEqualTo(2);
  }

  private WriteAheadLog crashed() throws IOException {
    disk.crash(new Random(1));
    return open(disk);
  }
}
