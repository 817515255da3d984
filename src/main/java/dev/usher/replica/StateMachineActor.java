package dev.usher.replica;

import dev.usher.raft.Bytes;
import dev.usher.raft.Entry;
import dev.usher.raft.GroupId;
import dev.usher.raft.Output;
import dev.usher.raft.SnapshotMeta;
import dev.usher.raft.StatePoint;
import dev.usher.raft.log.SnapshotReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * The one thread of a group's state machine on this node: applies what is committed, in order, and
 * runs queries against the live view between two entries. A read that came too early waits until
 * its index has been applied.
 *
 * @param <V> the state machine's view
 */
final class StateMachineActor<V> extends AbstractBehavior<StateMachineActor.Command<V>> {
  /** A query, as far as this actor is concerned. */
  interface Reading<V> {
    /** False when nobody waits for the result any more. */
    boolean isWanted();

    /** Runs it; never throws. */
    void run(V view);

    /** Too many wait. */
    void refuse();
  }

  sealed interface Command<V> {}

  /** The answers to the entries are given in their order, on this actor's thread. */
  record Apply<V>(List<Entry> entries, Consumer<List<Outcome>> answers) implements Command<V> {}

  /** Run this when {@code minIndex} has been applied; 0 means now. */
  record Read<V>(long minIndex, Reading<V> reading) implements Command<V> {}

  /** Hand out the state as it is behind all entries that came before; it is written elsewhere. */
  record TakeSnapshot<V>(Output.StartSnapshot start, ActorRef<SnapshotActor.Command> writer)
      implements Command<V> {}

  /** Hand out the state, which must stand at this point, to be kept elsewhere. */
  record Export<V>(StatePoint point, Consumer<Optional<GroupState>> reply) implements Command<V> {}

  /** Put this whole and checked snapshot into the state's place, then close it. */
  record Install<V>(SnapshotMeta snapshot, SnapshotReader reader, ActorRef<Installed> replyTo)
      implements Command<V> {}

  /** The digest of the state right after this entry, or nothing when that is past. */
  record Digest<V>(long index, Consumer<Optional<Bytes>> reply) implements Command<V> {}

  /** The state is the snapshot's. */
  record Installed(SnapshotMeta snapshot) implements RaftActor.Command {}

  /**
   * How far the state machine is.
   *
   * @param index of the last entry in its state
   * @param nextDeadlineMs log time at which it has something due
   */
  record Progress(long index, OptionalLong nextDeadlineMs) {
    static Progress of(StateMachineHost<?> host) {
      return new Progress(host.appliedIndex(), host.nextDeadlineMs());
    }
  }

  private static final int DIGESTS_WAITING_MAX = 16;

  private final GroupId group;
  private final StateMachineHost<V> host;
  private final AtomicReference<Progress> progress;
  private final int waitingMax;
  private final Consumer<Throwable> onFatal;
  private final PriorityQueue<Read<V>> waiting =
      new PriorityQueue<>(Comparator.comparingLong((Read<V> read) -> read.minIndex()));

  private final List<Digest<V>> digests = new ArrayList<>();

  private StateMachineActor(
      ActorContext<Command<V>> context,
      GroupId group,
      StateMachineHost<V> host,
      AtomicReference<Progress> progress,
      int waitingMax,
      Consumer<Throwable> onFatal) {
    super(context);
    this.group = group;
    this.host = host;
    this.progress = progress;
    this.waitingMax = waitingMax;
    this.onFatal = onFatal;
  }

  /**
   * The thread of one state machine.
   *
   * @param host as it was restored from a snapshot, or empty
   * @param progress kept up to date, for any thread to read
   * @param waitingMax how many reads may wait for their index; one more is refused
   * @param onFatal called when the state machine throws, which it must never do: its state is then
   *     unknown and nothing more is applied
   */
  static <V> Behavior<Command<V>> create(
      GroupId group,
      StateMachineHost<V> host,
      AtomicReference<Progress> progress,
      int waitingMax,
      Consumer<Throwable> onFatal) {
    return Behaviors.setup(
        context -> {
          context.setLoggerName(StateMachineActor.class);
          return new StateMachineActor<>(context, group, host, progress, waitingMax, onFatal);
        });
  }

  @Override
  public Receive<Command<V>> createReceive() {
    return newReceiveBuilder().onAnyMessage(this::on).build();
  }

  private Behavior<Command<V>> on(Command<V> command) {
    return switch (command) {
      case Apply<V> apply -> apply(apply);
      case Read<V> read -> read(read);
      case TakeSnapshot<V> take -> takeSnapshot(take);
      case Export<V> export -> export(export);
      case Install<V> install -> install(install);
      case Digest<V> digest -> digest(digest);
    };
  }

  private Behavior<Command<V>> apply(Apply<V> apply) {
    List<Outcome> outcomes = new ArrayList<>(apply.entries().size());
    try {
      for (Entry entry : apply.entries()) {
        outcomes.add(host.apply(entry));
        runDue();
        tellDigests();
      }
    } catch (RuntimeException e) {
      return broken(e);
    }
    progress.set(Progress.of(host));
    apply.answers().accept(outcomes);
    return this;
  }

  private Behavior<Command<V>> read(Read<V> read) {
    if (read.minIndex() <= host.appliedIndex()) {
      read.reading().run(host.view());
      return this;
    }
    if (waiting.size() >= waitingMax) {
      waiting.removeIf(other -> !other.reading().isWanted());
    }
    if (waiting.size() < waitingMax) {
      waiting.add(read);
    } else {
      read.reading().refuse();
    }
    return this;
  }

  private Behavior<Command<V>> broken(Exception cause) {
    getContext()
        .getLog()
        .error("state machine broken: group={} index={}", group, host.appliedIndex(), cause);
    onFatal.accept(cause);
    return Behaviors.stopped();
  }

  private Behavior<Command<V>> takeSnapshot(TakeSnapshot<V> take) {
    if (host.appliedIndex() != take.start().lastIndex()) {
      return broken(
          new IllegalStateException(
              "snapshot of " + take.start().lastIndex() + " at " + host.appliedIndex()));
    }
    take.writer().tell(new SnapshotActor.Take(take.start(), host.snapshot()));
    return this;
  }

  private Behavior<Command<V>> export(Export<V> export) {
    boolean stands = export.point().index() == host.appliedIndex() && host.appliedIndex() > 0;
    export
        .reply()
        .accept(
            stands
                ? Optional.of(new GroupState(group, export.point(), host.timeMs(), host.snapshot()))
                : Optional.empty());
    return this;
  }

  /** What is checked and yet cannot be read comes of a broken program, not of a broken disk. */
  private Behavior<Command<V>> install(Install<V> install) {
    try (SnapshotReader reader = install.reader()) {
      host.restore(SnapshotPieces.read(reader.content()));
    } catch (IOException | RuntimeException e) {
      return broken(e);
    }
    runDue();
    digests.forEach(digest -> digest.reply().accept(Optional.empty()));
    digests.clear();
    progress.set(Progress.of(host));
    install.replyTo().tell(new Installed(install.snapshot()));
    return this;
  }

  private Behavior<Command<V>> digest(Digest<V> digest) {
    if (digest.index() == host.appliedIndex()) {
      digest.reply().accept(Optional.of(host.digest()));
    } else if (digest.index() < host.appliedIndex() || digests.size() >= DIGESTS_WAITING_MAX) {
      digest.reply().accept(Optional.empty());
    } else {
      digests.add(digest);
    }
    return this;
  }

  private void tellDigests() {
    for (Iterator<Digest<V>> each = digests.iterator(); each.hasNext(); ) {
      Digest<V> digest = each.next();
      if (digest.index() == host.appliedIndex()) {
        each.remove();
        digest.reply().accept(Optional.of(host.digest()));
      }
    }
  }

  private void runDue() {
    for (Read<V> next = waiting.peek();
        next != null && next.minIndex() <= host.appliedIndex();
        next = waiting.peek()) {
      waiting.remove();
      if (next.reading().isWanted()) {
        next.reading().run(host.view());
      }
    }
  }
}
