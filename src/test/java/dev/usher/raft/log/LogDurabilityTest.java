package dev.usher.raft.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.raft.Entry;
import dev.usher.raft.GroupId;
import dev.usher.raft.HardState;
import dev.usher.raft.NodeId;
import dev.usher.raft.Output;
import dev.usher.raft.Recovered;
import dev.usher.raft.SnapshotMeta;
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
    private List<LogRecord.OfGroup> records = new ArrayList<>();
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
        append(log, group, persist(group, image(group)));
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
      persist.compaction().ifPresent(made -> records.add(new LogRecord.Compacted(made.snapshot())));
      persist.entries().forEach(entry -> records.add(new LogRecord.Appended(group, entry)));
    }

    private Output.Persist persist(GroupId group, Recovered now) {
      long base = now.snapshot().map(SnapshotMeta::lastIndex).orElse(0L);
      long last = base + now.entries().size();
      Optional<HardState> hardState = Optional.empty();
      if (random.nextInt(4) == 0) {
        term++;
        hardState = Optional.of(new HardState(term, Optional.of(new NodeId("node-1"))));
      }
      OptionalLong truncateFrom = OptionalLong.empty();
      if (last > base && random.nextInt(5) == 0) {
        truncateFrom = OptionalLong.of(base + 1 + random.nextLong(last - base));
        last = truncateFrom.getAsLong() - 1;
      }
      Optional<Output.Compaction> compaction = Optional.empty();
      if (random.nextInt(8) == 0) {
        // Of what is in the log, or one that was installed and goes beyond it.
        long index = base + 1 + random.nextLong(last - base + 5);
        compaction = Optional.of(new Output.Compaction(LogFixture.snapshot(group, index, term)));
        last = Math.max(last, index);
      }
      List<Entry> entries = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        entries.add(LogFixture.entry(term, ++last, random.nextInt(900)));
      }
      return new Output.Persist(0, hardState, truncateFrom, compaction, entries);
    }

    private Recovered image(GroupId group) {
      return images(records.size()).getOrDefault(group, Recovered.NOTHING);
    }

    private Map<GroupId, Recovered> images(int prefix) {
      Map<GroupId, GroupImage> images = new TreeMap<>();
      GROUPS.forEach(group -> images.put(group, new GroupImage(false, false)));
      for (LogRecord.OfGroup record : records.subList(0, prefix)) {
        images.computeIfAbsent(record.group(), group -> new GroupImage(false, false)).add(record);
      }
      Map<GroupId, Recovered> recovered = new TreeMap<>();
      images.forEach((group, image) -> recovered.put(group, image.recovered()));
      return recovered;
    }
  }
}
