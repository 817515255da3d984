package dev.usher.replica;

import dev.usher.raft.GroupId;
import dev.usher.raft.Output;
import dev.usher.raft.log.LogFailedException;
import dev.usher.raft.log.WriteAheadLog;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Owns the node's disk. Takes everything that waits in its mailbox, forces once, then answers: all
 * that queued during a force shares the next one, whatever group it is from. Blocks on the disk, so
 * it needs a thread of its own.
 *
 * <p>After a failed write or force it never answers again: a leader that hears nothing from its
 * disk steps down, and {@code onFatal} ends the process.
 */
final class LogWriter extends AbstractBehavior<LogWriter.Command> {
  sealed interface Command {}

  /** Make this durable and say so. */
  record Append(GroupId group, Output.Persist persist, ActorRef<Persisted> replyTo)
      implements Command {}

  /** Comes behind everything that was in the mailbox when the first append was taken. */
  private enum Flush implements Command {
    NOW
  }

  /** Everything of the group up to this sequence number is durable. */
  record Persisted(long sequence) implements RaftActor.Command {}

  private final WriteAheadLog log;
  private final Consumer<Throwable> onFatal;
  // The highest sequence number of each that waits for an answer.
  private final Map<ActorRef<Persisted>, Long> waiting = new LinkedHashMap<>();
  private boolean failed;

  private LogWriter(ActorContext<Command> context, WriteAheadLog log, Consumer<Throwable> onFatal) {
    super(context);
    this.log = log;
    this.onFatal = onFatal;
  }

  /** The log is closed when the actor stops. */
  static Behavior<Command> create(WriteAheadLog log, Consumer<Throwable> onFatal) {
    return Behaviors.setup(
        context -> {
          context.setLoggerName(LogWriter.class);
          return new LogWriter(context, log, onFatal);
        });
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Append.class, this::append)
        .onMessage(Flush.class, flush -> flush())
        .onSignal(PostStop.class, stop -> close())
        .build();
  }

  private Behavior<Command> append(Append append) {
    if (failed) {
      return this;
    }
    try {
      log.append(append.group(), append.persist());
    } catch (IOException | RuntimeException e) {
      return fail(e);
    }
    if (waiting.isEmpty()) {
      getContext().getSelf().tell(Flush.NOW);
    }
    waiting.put(append.replyTo(), append.persist().sequence());
    return this;
  }

  private Behavior<Command> flush() {
    if (failed) {
      return this;
    }
    try {
      log.sync();
    } catch (LogFailedException e) {
      return fail(e);
    }
    waiting.forEach((replyTo, sequence) -> replyTo.tell(new Persisted(sequence)));
    waiting.clear();
    return this;
  }

  private Behavior<Command> fail(Exception cause) {
    failed = true;
    getContext().getLog().error("log writer stopped: {}", cause.getMessage(), cause);
    onFatal.accept(cause);
    return this;
  }

  private Behavior<Command> close() throws IOException {
    log.close();
    return this;
  }
}
