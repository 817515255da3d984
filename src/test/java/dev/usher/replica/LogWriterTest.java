package dev.usher.replica;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.usher.raft.Bytes;
import dev.usher.raft.Entry;
import dev.usher.raft.GroupId;
import dev.usher.raft.Now;
import dev.usher.raft.Output;
import dev.usher.raft.log.LogFailedException;
import dev.usher.raft.log.LogOptions;
import dev.usher.raft.log.SimulatedDisk;
import dev.usher.raft.log.WriteAheadLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
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

  @Test
  void committedMeansDurableOnQuorum() throws IOException {
    // The shell's half (etcd#14370): nothing is confirmed before the force that covers it returns.
    TestInbox<LogWriter.Reply> inbox = TestInbox.create();
    BehaviorTestKit<LogWriter.Command> writer =
        BehaviorTestKit.create(LogWriter.create(open(), around()));
    List<Boolean> answeredBeforeForce = new ArrayList<>();
    disk.beforeForce(() -> answeredBeforeForce.add(inbox.hasMessages()));

    writer.run(append(GROUP, 1, inbox.getRef()));
    writer.runOne();

    assertThat(answeredBeforeForce).containsExactly(false);
    assertThat(inbox.getAllReceived()).containsExactly(new LogWriter.Persisted(1));
  }

  @Test
  void aFullDiskIsToldBeforeItHurtsAndWhenItIsOver() throws IOException {
    TestInbox<LogWriter.Reply> inbox = TestInbox.create();
    BehaviorTestKit<LogWriter.Command> writer =
        BehaviorTestKit.create(LogWriter.create(open(), around()));
    disk.setSpace(0);
    long index = 0;
    while (!isDiskFull.get()) {
      writer.run(append(GROUP, ++index, inbox.getRef()));
      writer.runOne();
    }

    writer.run(append(GROUP, ++index, inbox.getRef()));
    writer.runOne();
    assertThat(inbox.getAllReceived()).endsWith(new LogWriter.Persisted(index));

    disk.setSpace(1 << 20);
    writer.run(LogWriter.LookForSpace.NOW);
    assertThat(isDiskFull).isFalse();
    assertThat(fatal).isEmpty();
  }

  @Test
  void anIdleGroupThatHoldsUpOldSegmentsIsAskedForASnapshot() throws IOException {
    TestInbox<LogWriter.Reply> idle = TestInbox.create();
    TestInbox<LogWriter.Reply> busy = TestInbox.create();
    BehaviorTestKit<LogWriter.Command> writer =
        BehaviorTestKit.create(LogWriter.create(open(), around()));
    writer.run(append(OTHER, 1, idle.getRef()));
    writer.runOne();
    idle.getAllReceived();
    for (long index = 1; !idle.hasMessages() && index < 10_000; index++) {
      writer.run(append(GROUP, index, busy.getRef()));
      writer.runOne();
    }

    assertThat(idle.getAllReceived()).containsExactly(new LogWriter.SnapshotWanted());
  }

  @Test
  void aHangingForceIsNoticedByAnotherThreadAndNamesTheFile() throws Exception {
    AtomicLong nowMs = new AtomicLong();
    DiskWatchdog.Gauge gauge = new DiskWatchdog.Gauge(() -> new Now(nowMs.get(), 0));
    Duration limit = Duration.ofMillis(80);
    KIT.spawn(DiskWatchdog.create(gauge, limit, fatal::add));
    CountDownLatch hanging = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    disk.beforeForce(
        () -> {
          hanging.countDown();
          await(end);
        });
    ActorRef<LogWriter.Command> writer =
        KIT.spawn(
            LogWriter.create(open(), new LogWriter.Surroundings(gauge, isDiskFull, 4, fatal::add)),
            DispatcherSelector.fromConfig("usher.log-dispatcher"));
    writer.tell(append(GROUP, 1, KIT.<LogWriter.Reply>createTestProbe().getRef()));
    await(hanging);
    assertThat(fatal).isEmpty();

    nowMs.set(81);

    assertThat(fatal.take())
        .isInstanceOf(LogFailedException.class)
        .hasMessageContaining("has not returned")
        .hasMessageContaining("segment-0000000001.log");
    end.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
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
