package dev.usher.replica;

import dev.usher.raft.Bytes;
import dev.usher.raft.Configuration;
import dev.usher.raft.GroupId;
import dev.usher.raft.Input;
import dev.usher.raft.NodeId;
import dev.usher.raft.Output;
import dev.usher.raft.SnapshotMeta;
import dev.usher.raft.log.SnapshotReader;
import dev.usher.raft.log.SnapshotStore;
import dev.usher.raft.log.SnapshotWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshot files of one group: writes what the state machine hands out, reads pieces for slow
 * followers, writes the pieces that a leader sends. Blocks on the disk, so it needs a dispatcher
 * for that; taking a snapshot has a thread of its own there, so that a long one holds up no
 * transfer.
 *
 * <p>Trouble with a snapshot is never fatal: the log still has everything.
 */
final class SnapshotActor extends AbstractBehavior<SnapshotActor.Command> {
  sealed interface Command {}

  /** Write these pieces; the answer is SnapshotTaken or SnapshotFailed. */
  record Take(Output.StartSnapshot start, Iterator<Bytes> pieces) implements Command {}

  record Read(NodeId to, SnapshotMeta snapshot, long offset, int maxBytes) implements Command {}

  record Write(SnapshotMeta snapshot, long offset, Bytes data) implements Command {}

  /** All pieces are written; the answer comes from the state machine, or is InstallFailed. */
  record Install(SnapshotMeta snapshot) implements Command {}

  record Discard(SnapshotMeta snapshot) implements Command {}

  /** Puts the content of a whole and checked snapshot into the state machine's place. */
  interface Installer {
    void install(SnapshotMeta snapshot, SnapshotReader reader);
  }

  /**
   * What surrounds the files.
   *
   * @param blocking runs what blocks on the disk for long
   */
  record Surroundings(
      GroupId group,
      SnapshotStore store,
      ActorRef<RaftActor.Command> raft,
      Installer installer,
      Executor blocking) {}

  private static final Logger LOG = LoggerFactory.getLogger(SnapshotActor.class);

  private final Surroundings around;
  private @Nullable SnapshotReader reading;
  private @Nullable SnapshotMeta receiving;
  private @Nullable SnapshotWriter writing;
  // Held by the thread that writes down this node's state; who stops waits for it.
  private final ReentrantLock taking = new ReentrantLock();
  private volatile boolean stopping;

  private SnapshotActor(ActorContext<Command> context, Surroundings around) {
    super(context);
    this.around = around;
  }

  static Behavior<Command> create(Surroundings around) {
    return Behaviors.setup(context -> new SnapshotActor(context, around));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onAnyMessage(this::on)
        .onSignal(PostStop.class, stop -> stopped())
        .build();
  }

  private Behavior<Command> on(Command command) {
    switch (command) {
      case Take take -> take(take);
      case Read read -> read(read);
      case Write write -> write(write);
      case Install install -> install(install.snapshot());
      case Discard discard -> discard(discard.snapshot());
    }
    return this;
  }

  private void take(Take take) {
    var unused =
        CompletableFuture.supplyAsync(() -> write(take), around.blocking())
            .thenAccept(this::answer);
  }

  /** On another thread: uses nothing of this actor that changes. */
  private Input write(Take take) {
    Output.StartSnapshot start = take.start();
    SnapshotMeta begun = begun(around.group(), start);
    taking.lock();
    try (SnapshotWriter writer = writer(begun)) {
      while (take.pieces().hasNext()) {
        goOn();
        writer.write(SnapshotPieces.framed(take.pieces().next()));
      }
      SnapshotMeta taken = writer.finish();
      around.store().removeOld(around.group());
      LOG.info(
          "snapshot taken: group={} index={} bytes={}",
          around.group(),
          taken.lastIndex(),
          taken.bytes());
      return new Input.SnapshotTaken(taken);
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "snapshot not taken: group={} index={} cause={}; the log is kept instead",
          around.group(),
          start.lastIndex(),
          e.toString());
      return new Input.SnapshotFailed();
    } finally {
      taking.unlock();
    }
  }

  private SnapshotWriter writer(SnapshotMeta begun) throws IOException {
    goOn();
    return around.store().write(begun);
  }

  private void goOn() throws IOException {
    if (stopping) {
      throw new IOException("the node stops");
    }
  }

  private static SnapshotMeta begun(GroupId group, Output.StartSnapshot start) {
    Configuration configuration = start.configuration();
    return new SnapshotMeta(
        group, start.lastIndex(), start.lastTerm(), start.lastTimeMs(), configuration, 0, 0);
  }

  private void read(Read read) {
    try {
      SnapshotReader reader = reader(read.snapshot());
      Bytes data = reader.read(read.offset(), read.maxBytes());
      answer(new Input.ChunkRead(read.to(), read.snapshot(), read.offset(), data));
    } catch (IOException | IllegalArgumentException e) {
      LOG.error(
          "snapshot not readable: group={} index={} peer={} cause={}",
          around.group(),
          read.snapshot().lastIndex(),
          read.to(),
          e.getMessage());
      closeReader();
      answer(new Input.ChunkUnreadable(read.to(), read.snapshot()));
    }
  }

  /** One is kept open: its file stays readable while newer ones push its name out. */
  private SnapshotReader reader(SnapshotMeta snapshot) throws IOException {
    SnapshotReader open = reading;
    if (open == null || !open.meta().equals(snapshot)) {
      closeReader();
      open = around.store().read(SnapshotStore.Name.of(snapshot));
      reading = open;
      if (!open.meta().equals(snapshot)) {
        throw new IOException("the file is of another snapshot: " + open.meta());
      }
    }
    return open;
  }

  private void write(Write write) {
    try {
      if (write.offset() == 0) {
        closeWriter();
        receiving = write.snapshot();
        writing = around.store().write(write.snapshot());
      }
      SnapshotWriter target = writing;
      if (target == null
          || !write.snapshot().equals(receiving)
          || write.offset() != target.contentBytes()) {
        throw new IOException("a piece out of order, at offset " + write.offset());
      }
      target.write(ByteBuffer.wrap(write.data().unsafeArray()));
      answer(new Input.ChunkWritten(write.snapshot(), target.contentBytes()));
    } catch (IOException e) {
      notInstalled(write.snapshot(), e);
    }
  }

  private void install(SnapshotMeta snapshot) {
    try {
      SnapshotWriter target = writing;
      if (target == null || !snapshot.equals(receiving)) {
        throw new IOException("not all of it was received");
      }
      SnapshotMeta written = target.finish();
      writing = null;
      if (!written.equals(snapshot)) {
        around.store().remove(SnapshotStore.Name.of(snapshot));
        throw new IOException("length or checksum differ: " + written + ", not " + snapshot);
      }
      SnapshotReader reader = around.store().read(SnapshotStore.Name.of(snapshot));
      reader.verify();
      around.installer().install(snapshot, reader);
    } catch (IOException e) {
      notInstalled(snapshot, e);
    }
  }

  private void notInstalled(SnapshotMeta snapshot, IOException cause) {
    LOG.warn(
        "snapshot not installed: group={} index={} cause={}; the leader sends it again",
        around.group(),
        snapshot.lastIndex(),
        cause.getMessage());
    closeWriter();
    answer(new Input.InstallFailed(snapshot));
  }

  private void discard(SnapshotMeta snapshot) {
    try {
      around.store().remove(SnapshotStore.Name.of(snapshot));
    } catch (IOException e) {
      LOG.warn("snapshot not removed: group={} cause={}", around.group(), e.getMessage());
    }
  }

  private void answer(Input input) {
    around.raft().tell(new RaftActor.Happened(input));
  }

  private void closeReader() {
    SnapshotReader open = reading;
    reading = null;
    if (open != null) {
      quietly(open::close);
    }
  }

  private void closeWriter() {
    SnapshotWriter open = writing;
    writing = null;
    receiving = null;
    if (open != null) {
      quietly(open::close);
    }
  }

  private interface Closing {
    void close() throws IOException;
  }

  private void quietly(Closing closing) {
    try {
      closing.close();
    } catch (IOException e) {
      LOG.warn("snapshot not closed: group={} cause={}", around.group(), e.getMessage());
    }
  }

  /** Nothing is written to the directory any more once this has ended. */
  private Behavior<Command> stopped() {
    stopping = true;
    taking.lock();
    taking.unlock();
    closeReader();
    closeWriter();
    return this;
  }
}
