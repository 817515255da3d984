package dev.usher.replica;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.usher.raft.Bytes;
import dev.usher.raft.Entry;
import dev.usher.raft.GroupId;
import dev.usher.raft.Now;
import dev.usher.raft.Output;
import dev.usher.raft.log.FaultyDisk;
import dev.usher.raft.log.FileDisk;
import dev.usher.raft.log.LogOptions;
import dev.usher.raft.log.WriteAheadLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A force that really hangs: the process ends, naming the file, before the force returns. */
class HungDiskTest {
  private static final int EXIT = 3;

  @TempDir Path temporary;

  @Test
  void aForceThatDoesNotReturnEndsTheProcessWithTheNameOfTheFile() throws Exception {
    Path log = temporary.resolve("log");
    try (FaultyDisk disk = FaultyDisk.start(temporary, HangingNode.class, log.toString())) {
      assertThat(disk.ask("1")).isEqualTo("durable 1");
      disk.fault("slow600000");
      assertThat(disk.ask("2"))
          .startsWith("fatal force has not returned for 1 s: file=" + log.resolve("segment-"));
      assertThat(disk.end()).isEqualTo(EXIT);
    }
  }

  /** The log writer and its watchdog, as a node has them. */
  static final class HangingNode {
    private HangingNode() {}

    public static void main(String[] args) throws IOException {
      ActorTestKit kit =
          ActorTestKit.create(
              ConfigFactory.parseString(TestCluster.CONFIGURATION)
                  .withFallback(ConfigFactory.load()));
      Clock clock =
          () ->
              new Now(TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), System.currentTimeMillis());
      Consumer<Throwable> onFatal =
          cause -> {
            System.out.println("fatal " + cause.getMessage());
            Runtime.getRuntime().halt(EXIT);
          };
      DiskWatchdog.Gauge gauge = new DiskWatchdog.Gauge(clock);
      WriteAheadLog log =
          WriteAheadLog.open(
              new FileDisk(), Path.of(args[0]), new LogOptions(64 << 10, Runnable::run));
      var writer =
          kit.spawn(
              LogWriter.create(
                  log, new LogWriter.Surroundings(gauge, new AtomicBoolean(), 10, onFatal)),
              DispatcherSelector.fromConfig("usher.log-dispatcher"));
      kit.spawn(DiskWatchdog.create(gauge, Duration.ofSeconds(1), onFatal));
      TestProbe<LogWriter.Reply> probe = kit.createTestProbe();
      try (var in = new Scanner(System.in, StandardCharsets.UTF_8)) {
        while (in.hasNextLong()) {
          long index = in.nextLong();
          Entry entry = new Entry(1, index, 0, Entry.Kind.NO_OP, Bytes.wrap(new byte[0]));
          writer.tell(
              new LogWriter.Append(
                  new GroupId("system"),
                  new Output.Persist(index, Optional.empty(), OptionalLong.empty(), List.of(entry)),
                  probe.getRef()));
          probe.receiveMessage(Duration.ofMinutes(5));
          System.out.println("durable " + index);
        }
      }
    }
  }
}
