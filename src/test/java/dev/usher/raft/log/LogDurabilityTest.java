package dev.usher.raft.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.raft.Entry;
import dev.usher.raft.GroupId;
import dev.usher.raft.HardState;
import dev.usher.raft.NodeId;
import dev.usher.raft.Output;
import dev.usher.raft.Recovered;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever is appended, and whenever the power is lost: what is found is a prefix of what was
 * appended, and everything that a sync has answered for.
 */
class LogDurabilityTest {
  private static final List<GroupId> GROUPS = List.of(LogFixture.SEATS, LogFixture.SYSTEM);

  @Property(tries = 300)
  void aCrashLeavesAPrefixThatHoldsEverythingSynced(@ForAll long seed) throws IOException {
    new Run(new Random(seed)).go();
  }

  private static final class Run {
    private final Random random;
    private final SimulatedDisk disk = new SimulatedDisk();
    // Every record ever appended, in the order of the log; records lost in a crash are taken out.
    private List<LogRecord> records = new ArrayList<>();
    private int synced;
    private long term = 1;

    Run(Random random) {
      this.random = random;
    }

    void go() throws IOException {
      for (int life = 0; life < 4; life++) {
        WriteAheadLog log = LogFixture.open(disk);
        recover(log);
        live(log);
        disk.crash(random);
      }
    }

    private void recover(WriteAheadLog log) {
      Map<GroupId, Recovered> found = new TreeMap<>();
      GROUPS.forEach(group -> found.put(group, log.takeRecovered(group)));
      int kept =
          IntStream.rangeClosed(synced, records.size())
              .filter(prefix -> images(prefix).equals(found))
              .findFirst()
              .orElse(-1);
      assertThat(kept).as("prefix of %s..%s found", synced, records.size()).isNotNegative();
      records = new ArrayList<>(records.subList(0, kept));
      synced = kept;
    }

    private void live(WriteAheadLog log) throws IOException {
      int steps = random.nextInt(60);
      for (int step = 0; step < steps; step++) {
        GroupId group = GROUPS.get(random.nextInt(GROUPS.size()));
        append(log, group, persist(images(records.size()).getOrDefault(group, Recovered.NOTHING)));
        if (random.nextInt(3) == 0 && !sync(log)) {
          return;
        }
      }
    }

    private boolean sync(WriteAheadLog log) {
      int fault = random.nextInt(40);
      if (fault == 0) {
        disk.failNextForce();
      } else if (fault == 1) {
        disk.failNextWrite();
      }
      try {
        log.sync();
        synced = records.size();
        return true;
      } catch (LogFailedException failed) {
        return false;
      }
    }

    private void append(WriteAheadLog log, GroupId group, Output.Persist persist)
        throws IOException {
      log.append(group, persist);
      persist.hardState().ifPresent(state -> records.add(new LogRecord.Voted(group, state)));
      persist.truncateFrom().ifPresent(from -> records.add(new LogRecord.Truncated(group, from)));
      persist.entries().forEach(entry -> records.add(new LogRecord.Appended(group, entry)));
    }

    private Output.Persist persist(Recovered now) {
      long last = now.entries().size();
      Optional<HardState> hardState = Optional.empty();
      if (random.nextInt(4) == 0) {
        term++;
        hardState = Optional.of(new HardState(term, Optional.of(new NodeId("node-1"))));
      }
      OptionalLong truncateFrom = OptionalLong.empty();
      if (last > 0 && random.nextInt(5) == 0) {
        truncateFrom = OptionalLong.of(1 + random.nextLong(last));
        last = truncateFrom.getAsLong() - 1;
      }
      List<Entry> entries = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        entries.add(LogFixture.entry(term, ++last, random.nextInt(900)));
      }
      return new Output.Persist(0, hardState, truncateFrom, entries);
    }

    private Map<GroupId, Recovered> images(int prefix) {
      Map<GroupId, GroupImage> images = new TreeMap<>();
      GROUPS.forEach(group -> images.put(group, new GroupImage()));
      for (LogRecord record : records.subList(0, prefix)) {
        images.computeIfAbsent(groupOf(record), group -> new GroupImage()).add(record);
      }
      Map<GroupId, Recovered> recovered = new TreeMap<>();
      images.forEach((group, image) -> recovered.put(group, image.recovered()));
      return recovered;
    }

    private static GroupId groupOf(LogRecord record) {
      return switch (record) {
        case LogRecord.Appended appended -> appended.group();
        case LogRecord.Voted voted -> voted.group();
        case LogRecord.Truncated truncated -> truncated.group();
        case LogRecord.Sealed sealed -> throw new IllegalArgumentException("seal");
      };
    }
  }
}
