package dev.usher.replica;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.usher.raft.Bytes;
import dev.usher.raft.Entry;
import dev.usher.raft.GroupId;
import dev.usher.raft.Output;
import dev.usher.raft.log.LogFailedException;
import dev.usher.raft.log.LogOptions;
import dev.usher.raft.log.SimulatedDisk;
import dev.usher.raft.log.WriteAheadLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class LogWriterTest {
  private static final GroupId GROUP = new GroupId("system");
  private static final GroupId OTHER = new GroupId("seats-0");
  private static final Path DIRECTORY = Path.of("/log");
  private static final ActorTestKit KIT =
      ActorTestKit.create(
          ConfigFactory.parseString(TestCluster.CONFIGURATION).withFallback(ConfigFactory.load()));

  private final SimulatedDisk disk = new SimulatedDisk();
  private final AtomicBoolean isDiskFull = new AtomicBoolean();
  private final LinkedBlockingQueue<Throwable> fatal = new LinkedBlockingQueue<>();

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  @Test
  void whatIsAnsweredSurvivesACrash() throws IOException {
    TestProbe<LogWriter.Reply> probe = KIT.createTestProbe();
    ActorRef<LogWriter.Command> writer =
        KIT.spawn(
            LogWriter.create(open(), around()),
            DispatcherSelector.fromConfig("usher.log-dispatcher"));

    writer.tell(append(GROUP, 1, probe.getRef()));
    assertThat(probe.receiveMessage(TestCluster.PATIENCE)).isEqualTo(new LogWriter.Persisted(1));

    disk.crash(new Random(1));
    assertThat(open().takeRecovered(GROUP).entries()).hasSize(1);
  }

  @Test
  void allThatQueuedSharesOneForceAndIsAnsweredAfterIt() throws IOException {
    TestInbox<LogWriter.Reply> one = TestInbox.create();
    TestInbox<LogWriter.Reply> two = TestInbox.create();
    BehaviorTestKit<LogWriter.Command> writer =
        BehaviorTestKit.create(LogWriter.create(open(), around()));
    int before = disk.forces();

    for (int i = 1; i <= 10; i++) {
      writer.run(append(GROUP, i, one.getRef()));
      writer.run(append(OTHER, i, two.getRef()));
    }
    assertThat(one.hasMessages()).isFalse();
    writer.runOne();

    assertThat(disk.forces() - before).isEqualTo(1);
    assertThat(one.getAllReceived()).containsExactly(new LogWriter.Persisted(10));
    assertThat(two.getAllReceived()).containsExactly(new LogWriter.Persisted(10));
  }

  @Test
  void afterAFailedForceNobodyIsAnsweredAndTheNodeIsTold() throws Exception {
    TestInbox<LogWriter.Reply> inbox = TestInbox.create();
    BehaviorTestKit<LogWriter.Command> writer =
        BehaviorTestKit.create(LogWriter.create(open(), around()));
    disk.failNextForce();

    writer.run(append(GROUP, 1, inbox.getRef()));
    writer.runOne();
    writer.run(append(GROUP, 2, inbox.getRef()));

    assertThat(fatal.take())
        .isInstanceOf(LogFailedException.class)
        .hasMessageContaining("segment-0000000001.log");
    assertThat(inbox.getAllReceived()).containsExactly(new LogWriter.Failed());
    assertThat(fatal).isEmpty();
  }

  private LogWriter.Surroundings around() {
    return new LogWriter.Surroundings(
        new DiskWatchdog.Gauge(Clock.system()), isDiskFull, 4, fatal::add);
  }

  private WriteAheadLog open() throws IOException {
    return WriteAheadLog.open(disk, DIRECTORY, new LogOptions(8192, Runnable::run));
  }

  private static LogWriter.Append append(
      GroupId group, long index, ActorRef<LogWriter.Reply> replyTo) {
    return new LogWriter.Append(
        group,
        new Output.Persist(
            index,
            Optional.empty(),
            OptionalLong.empty(),
            List.of(new Entry(1, index, 0, Entry.Kind.NO_OP, Bytes.EMPTY))),
        replyTo);
  }
}
