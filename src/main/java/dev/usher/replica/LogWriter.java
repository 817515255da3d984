package dev.usher.replica;

import dev.usher.raft.GroupId;
import dev.usher.raft.Output;
import dev.usher.raft.log.LogFailedException;
import dev.usher.raft.log.WriteAheadLog;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Owns the node's disk. Takes everything that waits in its mailbox, forces once, then answers: all
 * that queued during a force shares the next one, whatever group it is from. Blocks on the disk, so
 * it needs a thread of its own.
 *
 * <p>After a failed write or force it never confirms again: it says so to every group, and {@code
 * onFatal} ends the process.
 */
final class LogWriter extends AbstractBehavior<LogWriter.Command> {
  sealed interface Command {}

  /** Make this durable and say so. */
  record Append(GroupId group, Output.Persist persist, ActorRef<Reply> replyTo)
      implements Command {}

  /** What was damaged of this group has come back. */
  record Healed(GroupId group) implements Command {}

  /** Comes behind everything that was in the mailbox when the first append was taken. */
  private enum Flush implements Command {
    NOW
  }

  /** Was there room made meanwhile? */
  enum LookForSpace implements Command {
    NOW
  }

  sealed interface Reply extends RaftActor.Command {}

  /** Everything of the group up to this sequence number is durable. */
  record Persisted(long sequence) implements Reply {}

  /** Nothing more will be durable here. */
  record Failed() implements Reply {}

  /** Old segments wait for a snapshot of this group. */
  record SnapshotWanted() implements Reply {}

  /**
   * What surrounds the log.
   *
   * @param isLowOnSpace set while no new entries should come; read by any thread
   * @param oldSegmentsMax beyond which groups are asked for snapshots
   */
  record Surroundings(
      DiskWatchdog.Gauge gauge,
      AtomicBoolean isLowOnSpace,
      int oldSegmentsMax,
      Consumer<Throwable> onFatal) {}

  private static final Duration LOOK_FOR_SPACE_EVERY = Duration.ofSeconds(1);

  private final WriteAheadLog log;
  private final Surroundings around;
  private final TimerScheduler<Command> timers;
  // The highest sequence number of each that waits for an answer.
  private final Map<ActorRef<Reply>, Long> waiting = new LinkedHashMap<>();
  private final Map<GroupId, ActorRef<Reply>> groups = new HashMap<>();
  private Set<GroupId> askedForSnapshot = Set.of();
  private boolean flushing;
  private boolean failed;

  private LogWriter(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      WriteAheadLog log,
      Surroundings around) {
    super(context);
    this.timers = timers;
    this.log = log;
    this.around = around;
  }

  /** The log is closed when the actor stops. */
  static Behavior<Command> create(WriteAheadLog log, Surroundings around) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  context.setLoggerName(LogWriter.class);
                  return new LogWriter(context, timers, log, around);
                }));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onAnyMessage(this::on)
        .onSignal(PostStop.class, stop -> close())
        .build();
  }

  private Behavior<Command> on(Command command) {
    if (failed) {
      return this;
    }
    try {
      switch (command) {
        case Append append -> append(append);
        case Healed healed -> {
          log.healed(healed.group());
          flushLater();
        }
        case Flush flush -> flush();
        case LookForSpace look -> {
          log.retrySpace();
          lookAtSpace();
        }
      }
    } catch (IOException | RuntimeException e) {
      fail(e);
    }
    return this;
  }

  private void append(Append append) throws LogFailedException {
    groups.put(append.group(), append.replyTo());
    log.append(append.group(), append.persist());
    waiting.put(append.replyTo(), append.persist().sequence());
    flushLater();
  }

  private void flushLater() {
    if (!flushing) {
      flushing = true;
      getContext().getSelf().tell(Flush.NOW);
    }
  }

  private void flush() throws LogFailedException {
    flushing = false;
    around.gauge().begin(log.file());
    log.sync();
    around.gauge().end();
    waiting.forEach((replyTo, sequence) -> replyTo.tell(new Persisted(sequence)));
    waiting.clear();
    lookAtSpace();
    askForSnapshots();
  }

  /** Each once, until it holds up nothing any more. */
  private void askForSnapshots() {
    Set<GroupId> holding = log.holdingUp(around.oldSegmentsMax());
    for (GroupId group : holding) {
      ActorRef<Reply> late = groups.get(group);
      if (late != null && !askedForSnapshot.contains(group)) {
        late.tell(new SnapshotWanted());
      }
    }
    askedForSnapshot = holding;
  }

  private void lookAtSpace() {
    boolean isLow = log.isLowOnSpace();
    if (isLow != around.isLowOnSpace().getAndSet(isLow)) {
      if (isLow) {
        getContext()
            .getLog()
            .error("disk full: file={}; no new proposals until there is space again", log.file());
      } else {
        getContext().getLog().info("disk has space again: file={}", log.file());
      }
    }
    if (isLow) {
      timers.startSingleTimer(LookForSpace.NOW, LOOK_FOR_SPACE_EVERY);
    }
  }

  private void fail(Exception cause) {
    failed = true;
    around.gauge().end();
    getContext().getLog().error("log writer stopped: {}", cause.getMessage(), cause);
    groups.values().forEach(group -> group.tell(new Failed()));
    around.onFatal().accept(cause);
  }

  private Behavior<Command> close() throws IOException {
    log.close();
    return this;
  }
}
