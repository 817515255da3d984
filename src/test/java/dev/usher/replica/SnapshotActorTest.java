package dev.usher.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.raft.Bytes;
import dev.usher.raft.Configuration;
import dev.usher.raft.GroupId;
import dev.usher.raft.Input;
import dev.usher.raft.NodeId;
import dev.usher.raft.Output;
import dev.usher.raft.SnapshotMeta;
import dev.usher.raft.log.SimulatedDisk;
import dev.usher.raft.log.SnapshotReader;
import dev.usher.raft.log.SnapshotStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.PostStop;
import org.junit.jupiter.api.Test;

/** One group's snapshot files: taken, read in pieces, received in pieces. */
class SnapshotActorTest {
  private static final GroupId GROUP = new GroupId("system");
  private static final NodeId TWO = new NodeId("node-2");
  private static final Path DIRECTORY = Path.of("/log");
  private static final Output.StartSnapshot AT_50 =
      new Output.StartSnapshot(50, 3, 1000, Configuration.NONE);

  private final SimulatedDisk disk = new SimulatedDisk();
  private final TestInbox<RaftActor.Command> raft = TestInbox.create();
  private final List<List<String>> installed = new ArrayList<>();
  private final SnapshotStore store;
  private final BehaviorTestKit<SnapshotActor.Command> actor;

  SnapshotActorTest() throws IOException {
    store = SnapshotStore.open(disk, DIRECTORY);
    actor = actor(Runnable::run);
  }

  @Test
  void whatIsTakenHereIsWhatArrivesThere() {
    SnapshotMeta taken = take("a", "b", "c");

    send(taken, 7);
    actor.run(new SnapshotActor.Install(taken));

    assertThat(installed).containsExactly(List.of("a", "b", "c"));
  }

  @Test
  void compactionAndInstallSnapshotDoNotInterleave() throws IOException {
    // lerna#111, #113: one is taken here while pieces of a newer one come in; each is whole.
    SnapshotMeta own = take("old");
    SnapshotMeta theirs = theirs(take("new", "and", "longer"), 100);
    Bytes content = content(own, theirs);
    actor.run(new SnapshotActor.Write(theirs, 0, part(content, 0, 10)));
    SnapshotMeta between = take("between");
    actor.run(new SnapshotActor.Write(theirs, 10, part(content, 10, content.size())));
    actor.run(new SnapshotActor.Install(theirs));

    assertThat(installed).containsExactly(List.of("new", "and", "longer"));
    try (SnapshotReader reader = store.read(SnapshotStore.Name.of(between))) {
      reader.verify();
      assertThat(reader.meta()).isEqualTo(between);
    }
  }

  @Test
  void aSnapshotWithAnotherChecksumIsNotInstalled() {
    SnapshotMeta taken = take("a", "b");
    SnapshotMeta forged =
        new SnapshotMeta(GROUP, 60, 3, 1000, Configuration.NONE, taken.bytes(), 12345);

    actor.run(new SnapshotActor.Write(forged, 0, Bytes.wrap(new byte[(int) taken.bytes()])));
    actor.run(new SnapshotActor.Install(forged));

    assertThat(answers()).endsWith(new Input.InstallFailed(forged));
    assertThat(installed).isEmpty();
    assertThat(disk.list(DIRECTORY)).hasSize(1);
  }

  @Test
  void aDamagedBlockIsNotSent() {
    SnapshotMeta taken = take("a", "b");
    Path file = store.file(SnapshotStore.Name.of(taken));
    disk.corrupt(file, disk.read(file).orElseThrow().length - 24);

    actor.run(new SnapshotActor.Read(TWO, taken, 0, 100));

    assertThat(answers()).containsExactly(new Input.ChunkUnreadable(TWO, taken));
  }

  @Test
  void aFullDiskFailsTheSnapshotAndNothingElse() {
    disk.setSpace(10);

    actor.run(new SnapshotActor.Take(AT_50, List.of(Ledger.command("a")).iterator()));
    assertThat(answers()).containsExactly(new Input.SnapshotFailed());
    assertThat(disk.list(DIRECTORY)).isEmpty();

    disk.setSpace(1 << 20);
    assertThat(take("a").lastIndex()).isEqualTo(50);
  }

  @Test
  void aPieceOutOfOrderIsRefused() {
    SnapshotMeta taken = take("a", "b");

    actor.run(new SnapshotActor.Write(taken, 5, Bytes.wrap(new byte[3])));

    assertThat(answers()).containsExactly(new Input.InstallFailed(taken));
  }

  /** Its directory is another's from then on. */
  @Test
  void afterTheStopNothingIsWritten() {
    var later = new ArrayList<Runnable>();
    var slow = actor(later::add);
    slow.run(new SnapshotActor.Take(AT_50, List.of(Ledger.command("a")).iterator()));

    slow.signal(PostStop.instance());
    later.forEach(Runnable::run);

    assertThat(disk.list(DIRECTORY)).isEmpty();
    assertThat(answers()).containsExactly(new Input.SnapshotFailed());
  }

  @Test
  void aStopWaitsForTheSnapshotThatIsBeingTakenAndEndsIt() throws Exception {
    var writing = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    Iterator<Bytes> pieces =
        Stream.iterate(0, piece -> piece + 1)
            .map(piece -> Ledger.command(String.valueOf(piece)))
            .peek(
                piece -> {
                  writing.countDown();
                  join(go);
                })
            .iterator();
    var elsewhere = actor(task -> Thread.ofPlatform().start(task));
    elsewhere.run(new SnapshotActor.Take(AT_50, pieces));
    writing.await();
    Thread stop = Thread.ofPlatform().start(() -> elsewhere.signal(PostStop.instance()));
    while (stop.isAlive() && stop.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(stop.getState()).isEqualTo(Thread.State.WAITING);
    go.countDown();
    stop.join();

    assertThat(disk.list(DIRECTORY)).isEmpty();
  }

  private static void join(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private BehaviorTestKit<SnapshotActor.Command> actor(Executor blocking) {
    return BehaviorTestKit.create(
        SnapshotActor.create(
            new SnapshotActor.Surroundings(
                GROUP, store, raft.getRef(), this::installed, blocking)));
  }

  private SnapshotMeta take(String... lines) {
    actor.run(
        new SnapshotActor.Take(AT_50, List.of(lines).stream().map(Ledger::command).iterator()));
    return ((Input.SnapshotTaken) answers().getLast()).snapshot();
  }

  /** Reads it in pieces and writes the pieces, as the messages between two nodes would. */
  private void send(SnapshotMeta snapshot, int chunkBytes) {
    for (long offset = 0; offset < snapshot.bytes(); offset += chunkBytes) {
      actor.run(new SnapshotActor.Read(TWO, snapshot, offset, chunkBytes));
      Input.ChunkRead chunk = (Input.ChunkRead) answers().getLast();
      actor.run(new SnapshotActor.Write(snapshot, chunk.offset(), chunk.data()));
      assertThat(answers())
          .containsExactly(new Input.ChunkWritten(snapshot, chunk.offset() + chunk.data().size()));
    }
  }

  /** The same content as another node's snapshot of a later index. */
  private static SnapshotMeta theirs(SnapshotMeta snapshot, long lastIndex) {
    return new SnapshotMeta(
        GROUP,
        lastIndex,
        snapshot.lastTerm(),
        snapshot.lastTimeMs(),
        snapshot.configuration(),
        snapshot.bytes(),
        snapshot.checksum());
  }

  /** Both were written under one name, so the file holds the later one's. */
  private Bytes content(SnapshotMeta earlier, SnapshotMeta later) throws IOException {
    try (SnapshotReader reader = store.read(SnapshotStore.Name.of(earlier))) {
      return reader.read(0, (int) later.bytes());
    }
  }

  private static Bytes part(Bytes whole, int from, int to) {
    return Bytes.wrap(Arrays.copyOfRange(whole.unsafeArray(), from, to));
  }

  private List<Input> answers() {
    return raft.getAllReceived().stream()
        .map(command -> ((RaftActor.Happened) command).input())
        .toList();
  }

  private void installed(SnapshotMeta snapshot, SnapshotReader reader) {
    List<String> lines = new ArrayList<>();
    SnapshotPieces.read(reader.content()).forEachRemaining(piece -> lines.add(Ledger.text(piece)));
    installed.add(lines);
  }
}
