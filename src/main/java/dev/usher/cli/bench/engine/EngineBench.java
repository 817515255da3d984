package dev.usher.cli.bench.engine;

import dev.usher.cli.client.NodeAddress;
import dev.usher.cli.local.LocalCluster;
import dev.usher.cli.local.ProcessSpec;
import dev.usher.cli.term.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Measures the consensus engine alone: commands of a fixed size, some number of them in flight. */
public final class EngineBench {
  private static final Duration SETTLE = Duration.ofSeconds(2);
  private static final int DIGITS = 3;

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
   * Warms up, then measures each level for as long.
   *
   * @param inFlight commands in flight, one level after the other
   */
  public EngineReport run(List<Integer> inFlight, Duration warmUp, Duration measured) {
    try (var stream = leader()) {
      progress.begin("Warming up for " + warmUp.toSeconds() + " s");
      int most = inFlight.stream().mapToInt(Integer::intValue).max().orElseThrow();
      stream.run(most, command, System.nanoTime() + warmUp.toNanos(), nanos -> {});
      progress.done("Warmed up");
      var floor = Floor.measure(cluster.layout().workDir());
      var rows = new ArrayList<EngineReport.Row>();
      for (int level : inFlight) {
        progress.begin(level + " in flight, for " + measured.toSeconds() + " s");
        stream.run(level, command, System.nanoTime() + SETTLE.toNanos(), nanos -> {});
        rows.add(measure(stream, level, measured));
        progress.done(level + " in flight");
      }
      return new EngineReport(command.length, floor, rows);
    } catch (IOException e) {
      throw new EngineBenchException("the bench was cut short: " + e.getMessage(), e);
    }
  }

  private EngineReport.Row measure(CommandStream stream, int level, Duration measured)
      throws IOException {
    var histogram = new Histogram(DIGITS);
    Duration cpu = cluster.nodesCpu();
    long bytes = cluster.nodesWrittenBytes();
    long begin = System.nanoTime();
    stream.run(level, command, begin + measured.toNanos(), histogram::recordValue);
    double seconds = (System.nanoTime() - begin) / 1e9;
    long count = histogram.getTotalCount();
    return new EngineReport.Row(
        level,
        count / seconds,
        histogram.getValueAtPercentile(50),
        histogram.getValueAtPercentile(99),
        cluster.nodesCpu().minus(cpu).toNanos() / 1e3 / count,
        (cluster.nodesWrittenBytes() - bytes) / (double) count);
  }

  /** The leader's command port: through a follower, every command would make a detour. */
  private CommandStream leader() throws IOException {
    for (ProcessSpec node : cluster.layout().nodes()) {
      var stream = CommandStream.open(new NodeAddress(node.host(), node.clientPort()));
      if (stream.leads()) {
        return stream;
      }
      stream.close();
    }
    throw new EngineBenchException("no node leads; the machine may be too busy", null);
  }
}
