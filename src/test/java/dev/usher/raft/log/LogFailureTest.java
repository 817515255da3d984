package dev.usher.raft.log;

import static dev.usher.raft.log.LogFixture.FIRST_SEGMENT;
import static dev.usher.raft.log.LogFixture.SEATS;
import static dev.usher.raft.log.LogFixture.entries;
import static dev.usher.raft.log.LogFixture.entry;
import static dev.usher.raft.log.LogFixture.open;
import static dev.usher.raft.log.LogFixture.vote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** After one failed write or force nothing is known, so nothing is promised any more. */
class LogFailureTest {
  private final SimulatedDisk disk = new SimulatedDisk();

  @Test
  void aFailedForceIsFatalAndNamesTheFile() throws IOException {
    WriteAheadLog log = open(disk);
    log.append(SEATS, vote(1, "node-2"));
    disk.failNextForce();

    assertThatThrownBy(log::sync)
        .isInstanceOf(LogFailedException.class)
        .hasMessageContaining("file=" + FIRST_SEGMENT);
  }

  @Test
  void aFailedWriteIsFatalAndNamesTheFile() throws IOException {
    WriteAheadLog log = open(disk);
    log.append(SEATS, vote(1, "node-2"));
    disk.failNextWrite();

    assertThatThrownBy(log::sync)
        .isInstanceOf(LogFailedException.class)
        .hasMessageContaining("file=" + FIRST_SEGMENT);
  }

  @Test
  void afterAFailureEveryCallFailsAndNoForceIsTriedAgain() throws IOException {
    WriteAheadLog log = open(disk);
    log.append(SEATS, vote(1, "node-2"));
    disk.failNextForce();
    assertThatThrownBy(log::sync).isInstanceOf(LogFailedException.class);
    int forces = disk.forces();

    assertThatThrownBy(log::sync).hasMessageContaining("the log failed before");
    assertThatThrownBy(() -> log.append(SEATS, vote(2, "node-3")))
        .hasMessageContaining("the log failed before");
    assertThat(disk.forces()).isEqualTo(forces);
  }

  @Test
  void failedVoteWriteNeverGrants() throws IOException {
    // sofa-jraft#96: a vote whose force failed is not there after the restart, and was not
    // promised.
    WriteAheadLog log = open(disk);
    log.append(SEATS, vote(1, "node-1"));
    log.sync();
    log.append(SEATS, vote(2, "node-2"));
    disk.failNextForce();
    assertThatThrownBy(log::sync).isInstanceOf(LogFailedException.class);

    disk.crash(new Random(1));

    assertThat(open(disk).takeRecovered(SEATS).hardState().term()).isEqualTo(1);
  }

  @Test
  void aFullDiskIsNamedWithItsDirectory() throws IOException {
    WriteAheadLog log = open(disk);
    disk.setSpace(0);

    assertThatThrownBy(
            () -> {
              for (int i = 1; i <= 100; i++) {
                log.append(SEATS, entries(entry(1, i, 500)));
                log.sync();
              }
            })
        .isInstanceOf(DiskFullException.class)
        .hasMessageContaining(LogFixture.DIRECTORY.toString())
        .hasMessageContaining("No space left on device");
  }

  @Test
  void aFullDiskIsKnownBeforeTheLastSegmentIsAndEndsWhenSpaceIsBack() throws IOException {
    WriteAheadLog log = open(disk);
    disk.setSpace(0);
    int entries = 0;
    while (!log.isLowOnSpace()) {
      log.append(SEATS, entries(entry(1, ++entries, 500)));
      log.sync();
    }

    // What is left takes terms and votes, and what was under way.
    for (int term = 1; term <= 10; term++) {
      log.append(SEATS, vote(term, "node-2"));
      log.sync();
    }
    log.retrySpace();
    assertThat(log.isLowOnSpace()).isTrue();

    disk.setSpace(1 << 20);
    log.retrySpace();
    assertThat(log.isLowOnSpace()).isFalse();
    for (int i = 0; i < 100; i++) {
      log.append(SEATS, entries(entry(11, ++entries, 500)));
      log.sync();
    }
    disk.crash(new Random(1));
    assertThat(open(disk).takeRecovered(SEATS).entries()).hasSize(entries);
  }

  @Test
  void afterADiskFullWhatWasSyncedIsThere() throws IOException {
    WriteAheadLog log = open(disk);
    disk.setSpace(0);
    int synced = 0;
    try {
      for (; ; synced++) {
        log.append(SEATS, entries(entry(1, synced + 1, 500)));
        log.sync();
      }
    } catch (DiskFullException full) {
      disk.setSpace(Long.MAX_VALUE);
    }
    disk.crash(new Random(1));

    assertThat(open(disk).takeRecovered(SEATS).entries()).hasSize(synced);
  }

  @Test
  void noRoomForTheFirstSegmentIsNamedWithItsDirectory() {
    disk.setSpace(100);

    assertThatThrownBy(() -> open(disk))
        .isInstanceOf(DiskFullException.class)
        .hasMessageContaining(LogFixture.DIRECTORY.toString());
  }

  @Test
  void aFailedOpeningLetsGoOfTheDirectory() {
    disk.setSpace(100);
    assertThatThrownBy(() -> open(disk)).isInstanceOf(DiskFullException.class);
    disk.setSpace(Long.MAX_VALUE);

    assertThat(reopen()).isNotNull();
  }

  private WriteAheadLog reopen() {
    try {
      return open(disk);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
