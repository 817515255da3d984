package dev.usher.raft.log;

import static dev.usher.raft.log.LogFixture.FIRST_SEGMENT;
import static dev.usher.raft.log.LogFixture.SEATS;
import static dev.usher.raft.log.LogFixture.entries;
import static dev.usher.raft.log.LogFixture.entry;
import static dev.usher.raft.log.LogFixture.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a crash can leave is cut; what it cannot leave is {@link LogDamageTest}'s. */
class TornTailTest {
  // An entry with 100 bytes of payload: 8 + 4 + 1 + 8 + 25 + 100, padded.
  private static final int RECORD_BYTES = 152;

  private final SimulatedDisk disk = new SimulatedDisk();

  @Test
  void aTailTornAtAnyByteIsCut() throws IOException {
    for (int cut = 0; cut < 2 * RECORD_BYTES; cut++) {
      SimulatedDisk torn = new SimulatedDisk();
      int end = write(torn, 3);
      torn.zeroFrom(FIRST_SEGMENT, end - cut);

      WriteAheadLog log = open(torn);

      // The last bytes of a record are padding, whose loss is none.
      int lost = (cut + RECORD_BYTES - 1 - 6) / RECORD_BYTES;
      assertThat(log.takeRecovered(SEATS).entries()).as("cut %s", cut).hasSize(3 - lost);
      log.append(SEATS, entries(entry(2, 4 - lost, 7)));
      log.sync();
      torn.crash(new Random(cut));
      assertThat(open(torn).takeRecovered(SEATS).entries()).endsWith(entry(2, 4 - lost, 7));
    }
  }

  @Test
  void aBadByteInTheLastRecordIsATornTail() throws IOException {
    int end = write(disk, 3);
    disk.corrupt(FIRST_SEGMENT, end - 20);

    assertThat(open(disk).takeRecovered(SEATS).entries()).hasSize(2);
  }

  @Test
  void aHoleInsideTheLastBatchIsATornTail() throws IOException {
    // Sectors of one unacknowledged write reach the disk in any order.
    write(disk, 1);
    WriteAheadLog log = open(disk);
    log.append(SEATS, entries(entry(1, 2, 100), entry(1, 3, 100), entry(1, 4, 100)));
    log.sync();
    disk.corrupt(FIRST_SEGMENT, Segment.HEADER_BYTES + 2 * RECORD_BYTES + 50);
    log.close();

    assertThat(open(disk).takeRecovered(SEATS).entries())
        .containsExactly(entry(1, 1, 100), entry(1, 2, 100));
  }

  @Test
  void piecesOfATornTailNeverComeBack() throws IOException {
    write(disk, 1);
    WriteAheadLog log = open(disk);
    log.append(SEATS, entries(entry(1, 2, 100), entry(1, 3, 100)));
    log.sync();
    log.close();
    disk.corrupt(FIRST_SEGMENT, Segment.HEADER_BYTES + RECORD_BYTES + 50);

    open(disk).close();
    WriteAheadLog again = open(disk);
    again.append(SEATS, entries(entry(2, 2, 100)));
    again.sync();
    again.close();

    assertThat(open(disk).takeRecovered(SEATS).entries())
        .containsExactly(entry(1, 1, 100), entry(2, 2, 100));
  }

  /** Entries of 100 bytes, each in a batch of its own; gives the offset behind the last. */
  private static int write(SimulatedDisk disk, int count) throws IOException {
    WriteAheadLog log = open(disk);
    for (int i = 1; i <= count; i++) {
      log.append(SEATS, entries(entry(1, i, 100)));
      log.sync();
    }
    log.close();
    return Segment.HEADER_BYTES + count * RECORD_BYTES;
  }
}
