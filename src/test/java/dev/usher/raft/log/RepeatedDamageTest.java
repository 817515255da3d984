package dev.usher.raft.log;

import static dev.usher.raft.log.LogFixture.DIRECTORY;
import static dev.usher.raft.log.LogFixture.FIRST_SEGMENT;
import static dev.usher.raft.log.LogFixture.SEATS;
import static dev.usher.raft.log.LogFixture.SECOND_SEGMENT;
import static dev.usher.raft.log.LogFixture.compaction;
import static dev.usher.raft.log.LogFixture.conflict;
import static dev.usher.raft.log.LogFixture.entries;
import static dev.usher.raft.log.LogFixture.entry;
import static dev.usher.raft.log.LogFixture.open;
import static dev.usher.raft.log.LogFixture.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.raft.Entry;
import dev.usher.raft.Output;
import dev.usher.raft.Recovered;
import java.io.IOException;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A log that was damaged and healed may be damaged again, in front of what was damaged first. The
 * simulator found that such a node did not start.
 */
class RepeatedDamageTest {
  // As in LogDamageTest, and a truncation: 8 + 4 + 1 + 8 + 8, padded.
  private static final int RECORD_BYTES = 152;
  private static final int TRUNCATION_BYTES = 32;
  private static final int SECOND = Segment.HEADER_BYTES + RECORD_BYTES;
  private static final int THIRD = SECOND + RECORD_BYTES;

  private final SimulatedDisk disk = new SimulatedDisk();

  @Test
  void newDamageBeforeTheMarkOfAnOlderOneIsDamageAgain() throws IOException {
    writeEach(entry(1, 1, 100), entry(1, 2, 100), entry(1, 3, 100), entry(1, 4, 100));
    disk.corrupt(FIRST_SEGMENT, THIRD + 50);
    heal(4, entry(1, 3, 100), entry(1, 4, 100));
    disk.corrupt(FIRST_SEGMENT, SECOND + 50);

    Recovered found = open(disk).takeRecovered(SEATS);

    assertThat(found.entries()).containsExactly(entry(1, 1, 100));
    assertThat(found.damagedUntil()).hasValue(4);
  }

  @Test
  void whatComesBackASecondTimeHealsASecondTime() throws IOException {
    newDamageBeforeTheMarkOfAnOlderOneIsDamageAgain();
    disk.crash(new Random(1));
    heal(4, entry(1, 2, 100), entry(1, 3, 100), entry(1, 4, 100));

    Recovered found = open(disk).takeRecovered(SEATS);

    assertThat(found.entries()).hasSize(4);
    assertThat(found.damagedUntil()).isEmpty();
  }

  @Test
  void newDamageThatHidesAConflictBeforeAnOlderMarkIsDamageAgain() throws IOException {
    writeEach(entry(1, 1, 100), entry(1, 2, 100));
    write(conflict(2, entry(2, 2, 100)));
    writeEach(entry(2, 3, 100), entry(2, 4, 100));
    disk.corrupt(FIRST_SEGMENT, THIRD + TRUNCATION_BYTES + RECORD_BYTES + 50);
    heal(4, entry(2, 3, 100), entry(2, 4, 100));
    // Without the truncation and what followed it, the entry before them seems to be in force.
    disk.corrupt(FIRST_SEGMENT, THIRD + 20);
    disk.corrupt(FIRST_SEGMENT, THIRD + TRUNCATION_BYTES + 50);

    Recovered found = open(disk).takeRecovered(SEATS);

    assertThat(found.damagedUntil()).hasValue(4);
  }

  /**
   * The simulator found a node that took such a log for damaged anew after every start: what shows
   * that it is whole had gone with the older segments.
   */
  @Test
  void damageThatWasHealedAtTheBeginningOfWhatIsLeftIsNoDamage() throws IOException {
    int inFirst = (LogFixture.SEGMENT_BYTES - Segment.HEADER_BYTES) / RECORD_BYTES;
    int last = inFirst + 3;
    writeEach(entriesTo(1, last));
    disk.corrupt(SECOND_SEGMENT, Segment.HEADER_BYTES + 50);
    heal(last, entriesTo(inFirst + 1, last));
    write(compaction(snapshot(SEATS, last - 1, 1)));
    assertThat(disk.list(DIRECTORY)).doesNotContain("segment-0000000001.log");

    Recovered found = open(disk).takeRecovered(SEATS);

    assertThat(found.damagedUntil()).isEmpty();
    assertThat(found.snapshot()).contains(snapshot(SEATS, last - 1, 1));
    assertThat(found.entries()).containsExactly(entry(1, last, 100));
  }

  private static Entry[] entriesTo(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(index -> entry(1, index, 100))
        .toArray(Entry[]::new);
  }

  /** Starts with the damage, gets back what was lost, and stops. */
  private void heal(long until, Entry... lost) throws IOException {
    try (WriteAheadLog log = open(disk)) {
      assertThat(log.takeRecovered(SEATS).damagedUntil()).hasValue(until);
      log.append(SEATS, entries(lost));
      log.healed(SEATS);
      log.sync();
    }
  }

  /** Each in a batch of its own. */
  private void writeEach(Entry... written) throws IOException {
    for (Entry entry : written) {
      write(entries(entry));
    }
  }

  private void write(Output.Persist persist) throws IOException {
    try (WriteAheadLog log = open(disk)) {
      log.append(SEATS, persist);
      log.sync();
    }
  }
}
