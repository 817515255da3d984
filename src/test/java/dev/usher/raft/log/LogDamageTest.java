package dev.usher.raft.log;

import static dev.usher.raft.log.LogFixture.FIRST_SEGMENT;
import static dev.usher.raft.log.LogFixture.SEATS;
import static dev.usher.raft.log.LogFixture.SECOND_SEGMENT;
import static dev.usher.raft.log.LogFixture.SEGMENT_BYTES;
import static dev.usher.raft.log.LogFixture.SYSTEM;
import static dev.usher.raft.log.LogFixture.compaction;
import static dev.usher.raft.log.LogFixture.entries;
import static dev.usher.raft.log.LogFixture.entry;
import static dev.usher.raft.log.LogFixture.open;
import static dev.usher.raft.log.LogFixture.snapshot;
import static dev.usher.raft.log.LogFixture.vote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.usher.raft.Entry;
import dev.usher.raft.GroupId;
import dev.usher.raft.HardState;
import dev.usher.raft.NodeId;
import dev.usher.raft.Output;
import dev.usher.raft.Recovered;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * What had been durable and is damaged is never cut off as if it had not been: the group is told
 * how far it had reached, and keeps its vote (Protocol-Aware Recovery, FAST'18).
 */
class LogDamageTest {
  // An entry with 100 bytes of payload: 8 + 4 + 1 + 8 + 25 + 100, padded.
  private static final int RECORD_BYTES = 152;

  private final SimulatedDisk disk = new SimulatedDisk();
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @BeforeEach
  void listen() {
    logged.start();
    logger().addAppender(logged);
  }

  @AfterEach
  void stopListening() {
    logger().detachAppender(logged);
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(LogRecovery.class);
  }

  @Test
  void corruptMiddleEntryIsNotATornTail() throws IOException {
    writeEach(entry(1, 1, 100), entry(1, 2, 100), entry(1, 3, 100));
    byte[] before = disk.read(FIRST_SEGMENT).orElseThrow();
    for (int record = 0; record < 2; record++) {
      int start = Segment.HEADER_BYTES + record * RECORD_BYTES;
      for (int offset = start; offset < start + RECORD_BYTES - 6; offset++) {
        disk.corrupt(FIRST_SEGMENT, offset);
        logged.list.clear();

        WriteAheadLog log = open(disk);
        Recovered found = log.takeRecovered(SEATS);
        log.close();

        assertThat(found.entries()).as("offset %s", offset).hasSize(record);
        assertThat(found.damagedUntil()).hasValue(3);
        assertThat(lines())
            .contains("log damaged: file=" + FIRST_SEGMENT + " offset=" + start)
            .contains(record == 0 ? "before the first record" : "after group=seats-0 index=1");
        disk.corrupt(FIRST_SEGMENT, offset);
        assertThat(disk.read(FIRST_SEGMENT).orElseThrow()).isEqualTo(before);
      }
    }
    assertThat(open(disk).takeRecovered(SEATS).damagedUntil()).isEmpty();
  }

  @Test
  void aSegmentWhoseEndIsGoneIsDamagedWhenTheNextHasRecords() throws IOException {
    List<Entry> written = new ArrayList<>();
    while (disk.list(LogFixture.DIRECTORY).stream().filter(n -> n.endsWith(".log")).count() < 3) {
      written.add(entry(1, written.size() + 1, 100));
      writeEach(written.getLast());
    }
    writeEach(entry(1, written.size() + 1, 100));
    disk.zeroFrom(FIRST_SEGMENT, SEGMENT_BYTES - 3 * RECORD_BYTES);

    Recovered found = open(disk).takeRecovered(SEATS);

    assertThat(found.damagedUntil()).hasValue(written.size() + 1);
    assertThat(found.entries()).hasSizeBetween(1, written.size() - 2);
    assertThat(lines()).contains("later segments have records");
  }

  @Test
  void aMissingSegmentIsDamage() throws IOException {
    fillSegments(4);
    disk.delete(SECOND_SEGMENT);

    Recovered found = open(disk).takeRecovered(SEATS);

    assertThat(found.damagedUntil()).isPresent();
    assertThat(lines()).contains("file=" + SECOND_SEGMENT + " offset=0", "the file is missing");
  }

  @Test
  void theVoteSurvivesTheDamageOfItsRecord() throws IOException {
    WriteAheadLog log = open(disk);
    log.append(SEATS, vote(7, "node-2"));
    log.sync();
    log.append(SEATS, entries(entry(7, 1, 100)));
    log.sync();
    log.close();
    disk.corrupt(FIRST_SEGMENT, Segment.HEADER_BYTES + 20);

    Recovered found = open(disk).takeRecovered(SEATS);

    assertThat(found.hardState()).isEqualTo(new HardState(7, Optional.of(new NodeId("node-2"))));
    assertThat(found.entries()).hasSize(1);
    assertThat(found.damagedUntil()).isEmpty();
  }

  @Test
  void aNodeWhoseVoteMayBeLostDoesNotStart() throws IOException {
    WriteAheadLog log = open(disk);
    log.append(SEATS, vote(7, "node-2"));
    log.sync();
    log.append(SEATS, entries(entry(7, 1, 100)));
    log.sync();
    log.close();
    disk.corrupt(FIRST_SEGMENT, Segment.HEADER_BYTES + 20);
    disk.corrupt(LogFixture.DIRECTORY.resolve(VoteFile.NAME), 512 + VoteFile.SLOT_BYTES + 3);

    assertThatThrownBy(() -> open(disk))
        .isInstanceOf(CorruptLogException.class)
        .hasMessageContaining("the copy of the votes");
  }

  @Test
  void aGroupThatGoesOnInTheSameTermBehindTheHoleIsWhole() throws IOException {
    // Log Matching (§5.3): (index, term) again means that nothing was cut or written between.
    writeEach(entry(3, 1, 100));
    write(SYSTEM, entries(entry(1, 1, 100)));
    writeEach(entry(3, 2, 100));
    write(SYSTEM, entries(entry(1, 2, 100)));
    disk.corrupt(FIRST_SEGMENT, Segment.HEADER_BYTES + RECORD_BYTES + 40);

    WriteAheadLog log = open(disk);

    assertThat(log.takeRecovered(SEATS).damagedUntil()).isEmpty();
    Recovered system = log.takeRecovered(SYSTEM);
    assertThat(system.entries()).isEmpty();
    assertThat(system.damagedUntil()).hasValue(2);
  }

  @Test
  void whoeverMayHaveBeenInTheHoleIsInDoubt() throws IOException {
    writeEach(entry(3, 1, 100), entry(3, 2, 100));
    write(SYSTEM, entries(entry(1, 1, 100)));
    disk.corrupt(FIRST_SEGMENT, Segment.HEADER_BYTES + RECORD_BYTES + 40);

    WriteAheadLog log = open(disk);

    assertThat(log.takeRecovered(SEATS).damagedUntil()).hasValue(Long.MAX_VALUE);
    assertThat(log.takeRecovered(new GroupId("seats-1")).damagedUntil()).hasValue(Long.MAX_VALUE);
  }

  @Test
  void damageIsRememberedUntilItIsHealedAndNotLonger() throws IOException {
    writeEach(entry(1, 1, 100), entry(1, 2, 100), entry(1, 3, 100));
    disk.corrupt(FIRST_SEGMENT, Segment.HEADER_BYTES + RECORD_BYTES + 50);

    // Half of it comes back, and the node stops again.
    write(SEATS, entries(entry(1, 2, 100)));
    Recovered halfWay = open(crashed()).takeRecovered(SEATS);
    assertThat(halfWay.entries()).containsExactly(entry(1, 1, 100), entry(1, 2, 100));
    assertThat(halfWay.damagedUntil()).hasValue(3);

    disk.crash(new Random(3));
    WriteAheadLog log = open(disk);
    log.append(SEATS, entries(entry(1, 3, 100), entry(1, 4, 100)));
    log.healed(SEATS);
    log.sync();

    Recovered healed = open(crashed()).takeRecovered(SEATS);
    assertThat(healed.entries()).hasSize(4);
    assertThat(healed.damagedUntil()).isEmpty();
  }

  @Test
  void aLostSnapshotIsDamageOfEverythingAndAnotherOneMayBeOlder() throws IOException {
    write(SEATS, compaction(snapshot(SEATS, 50, 2)));
    write(SEATS, entries(entry(2, 51, 100)));

    WriteAheadLog log = open(disk);
    assertThat(log.takeRecovered(SEATS).snapshot()).isPresent();
    Recovered lost = log.snapshotLost(SEATS);
    log.append(SEATS, compaction(snapshot(SEATS, 40, 2)));
    log.append(SEATS, entries(entry(2, 41, 100)));
    log.sync();

    assertThat(lost.damagedUntil()).hasValue(51);
    Recovered again = open(crashed()).takeRecovered(SEATS);
    assertThat(again.snapshot()).contains(snapshot(SEATS, 40, 2));
    assertThat(again.entries()).containsExactly(entry(2, 41, 100));
    assertThat(again.damagedUntil()).hasValue(51);
  }

  @Test
  void aDamagedHeaderTakesNothingFromTheRecords() throws IOException {
    writeEach(entry(1, 1, 100));
    disk.corrupt(FIRST_SEGMENT, 17);

    Recovered found = open(disk).takeRecovered(SEATS);

    assertThat(found.entries()).hasSize(1);
    assertThat(found.damagedUntil()).isEmpty();
    assertThat(lines()).contains("file=" + FIRST_SEGMENT + " offset=0 its header");
  }

  private String lines() {
    return String.join("\n", logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
  }

  private SimulatedDisk crashed() {
    disk.crash(new Random(7));
    return disk;
  }

  private void fillSegments(int count) throws IOException {
    for (int i = 1; disk.list(LogFixture.DIRECTORY).size() < count + 3; i++) {
      writeEach(entry(1, i, 500));
    }
  }

  /** Each in a batch of its own. */
  private void writeEach(Entry... written) throws IOException {
    for (Entry entry : written) {
      write(SEATS, entries(entry));
    }
  }

  private void write(GroupId group, Output.Persist persist) throws IOException {
    WriteAheadLog log = open(disk);
    log.append(group, persist);
    log.sync();
    log.close();
  }
}
