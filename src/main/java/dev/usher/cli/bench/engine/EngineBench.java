package dev.usher.cli.bench.engine;

import static java.util.Comparator.reverseOrder;

import dev.usher.cli.client.NodeAddress;
import dev.usher.cli.local.LocalCluster;
import dev.usher.cli.local.ProcessSpec;
import dev.usher.cli.term.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/** Measures the consensus engine alone: commands of a fixed size, some number of them in flight. */
public final class EngineBench {
  private static final Duration LEADER_WITHIN = Duration.ofSeconds(10);
  private static final int TRIES_MAX = 5;
  private static final int WARM_UP_IN_FLIGHT_MIN = 64;
  private static final int DIGITS = 3;
  private static final long GROWTH_FROM = 1_000;
  private static final String BYTES = "usher_disk_written_bytes_total";
  private static final String FORCES = "usher_disk_forces_total";

  private final LocalCluster cluster;
  private final Progress progress;
  private final byte[] command;

  /**
   * @param cluster three running bench nodes
   * @param commandBytes size of each command
   */
  public EngineBench(LocalCluster cluster, int commandBytes, Progress progress) {
    this.cluster = cluster;
    this.progress = progress;
    this.command = new byte[commandBytes];
  }

  /**
   * Measures from the most in flight down to the fewest, and warms up before each: the compilers
   * learn from what runs often, and what is hot at one in flight is not what is hot at 256. A level
   * in which the group loses its leader is measured anew with the next one.
   *
   * @param inFlight commands in flight; the report has them in this order
   * @param warmUp how long each time
   * @param measured how long each level
   * @throws EngineBenchException when no level gets through without losing its leader
   */
  public EngineReport run(List<Integer> inFlight, Duration warmUp, Duration measured) {
    List<Integer> descending = inFlight.stream().distinct().sorted(reverseOrder()).toList();
    int most = Math.max(WARM_UP_IN_FLIGHT_MIN, descending.getFirst());
    progress.begin("Warming up for " + warmUp.toSeconds() + " s");
    withLeader(stream -> measure(stream, most, Duration.ZERO, warmUp));
    progress.done("Warmed up");
    try {
      var floor = Floor.measure(cluster.layout().workDir());
      var rows = new HashMap<Integer, EngineReport.Row>();
      for (int level : descending) {
        progress.begin(level + " in flight, for " + warmUp.plus(measured).toSeconds() + " s");
        rows.put(level, withLeader(stream -> measure(stream, level, warmUp, measured)));
        progress.done(level + " in flight");
      }
      return new EngineReport(command.length, floor, inFlight.stream().map(rows::get).toList());
    } catch (IOException e) {
      throw new EngineBenchException("the disk's floor can't be measured: " + e.getMessage(), e);
    }
  }

  private interface Measurement {
    EngineReport.Row with(CommandStream leader) throws IOException;
  }

  private EngineReport.Row withLeader(Measurement measurement) {
    for (int tries = 1; ; tries++) {
      try (var leader = leader()) {
        return measurement.with(leader);
      } catch (IOException lost) {
        if (tries == TRIES_MAX) {
          throw new EngineBenchException(
              "the bench was cut short: " + lost.getMessage() + "; the machine may be too busy",
              lost);
        }
        progress.news("the group lost its leader: once more with the next one");
      }
    }
  }

  private EngineReport.Row measure(
      CommandStream stream, int level, Duration warmUp, Duration measured) throws IOException {
    stream.run(level, command, until(warmUp), nanos -> {});
    var histogram = new Histogram(DIGITS);
    Duration cpu = cluster.nodesCpu();
    long bytes = cluster.nodesMetric(BYTES);
    long forces = cluster.nodesMetric(FORCES);
    long begin = System.nanoTime();
    stream.run(level, command, until(measured), histogram::recordValue);
    double seconds = (System.nanoTime() - begin) / 1e9;
    double count = histogram.getTotalCount();
    return new EngineReport.Row(
        level,
        count / seconds,
        histogram.getValueAtPercentile(50),
        histogram.getValueAtPercentile(99),
        cluster.nodesCpu().minus(cpu).toNanos() / 1e3 / count,
        (cluster.nodesMetric(BYTES) - bytes) / count,
        (cluster.nodesMetric(FORCES) - forces) / count);
  }

  private static BooleanSupplier until(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    return () -> System.nanoTime() - end < 0;
  }

  /**
   * What a command costs as a log gets long: one row for each power of ten up to {@code most}. Not
   * warmed up, so the first rows are dear.
   *
   * @throws EngineBenchException when the group loses its leader on the way
   */
  public GrowthReport grow(long most, int inFlight) {
    try (var leader = leader()) {
      var rows = new ArrayList<GrowthReport.Row>();
      long done = 0;
      for (long target = GROWTH_FROM; target <= most; target *= 10) {
        progress.begin("Up to " + target + " commands");
        rows.add(grow(leader, inFlight, done, target));
        done = target;
        progress.done(target + " commands");
      }
      return new GrowthReport(command.length, inFlight, rows);
    } catch (IOException lost) {
      throw new EngineBenchException("the bench was cut short: " + lost.getMessage(), lost);
    }
  }

  private GrowthReport.Row grow(CommandStream stream, int inFlight, long done, long target)
      throws IOException {
    Duration cpu = cluster.nodesCpu();
    long begin = System.nanoTime();
    var left = new AtomicLong(target - done - inFlight);
    stream.run(inFlight, command, () -> left.decrementAndGet() >= 0, nanos -> {});
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new GrowthReport.Row(
        target,
        (target - done) / seconds,
        cluster.nodesCpu().minus(cpu).toNanos() / 1e3 / (target - done),
        cluster.nodesResidentBytes(),
        cluster.nodesDataBytes());
  }

  /** The leader's command port: through a follower, every command would make a detour. */
  private CommandStream leader() throws IOException {
    long patienceEnds = System.nanoTime() + LEADER_WITHIN.toNanos();
    while (System.nanoTime() - patienceEnds < 0) {
      for (ProcessSpec node : cluster.layout().nodes()) {
        var stream = CommandStream.open(new NodeAddress(node.host(), node.clientPort()));
        if (stream.leads()) {
          return stream;
        }
        stream.close();
      }
    }
    throw new IOException("no node leads");
  }
}
