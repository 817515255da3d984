package dev.usher.replica;

import dev.usher.raft.Entry;
import dev.usher.raft.GroupId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
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

  record Apply<V>(List<Entry> entries, ActorRef<Applied> replyTo) implements Command<V> {}

  /** Run this when {@code minIndex} has been applied; 0 means now. */
  record Read<V>(long minIndex, Reading<V> reading) implements Command<V> {}

  /**
   * The answers to the entries, in their order.
   *
   * @param nextDeadlineMs log time at which the state machine has something due
   */
  record Applied(List<Entry> entries, List<Outcome> outcomes, OptionalLong nextDeadlineMs)
      implements RaftActor.Command {}

  private final GroupId group;
  private final StateMachineHost<V> host;
  private final int waitingMax;
  private final Consumer<Throwable> onFatal;
  private final PriorityQueue<Read<V>> waiting =
      new PriorityQueue<>(Comparator.comparingLong((Read<V> read) -> read.minIndex()));

  private StateMachineActor(
      ActorContext<Command<V>> context,
      GroupId group,
      StateMachine<V> machine,
      int waitingMax,
      Consumer<Throwable> onFatal) {
    super(context);
    this.group = group;
    this.host = new StateMachineHost<>(machine);
    this.waitingMax = waitingMax;
    this.onFatal = onFatal;
  }

  /**
   * A host for one state machine, from its first entry on.
   *
   * @param waitingMax how many reads may wait for their index; one more is refused
   * @param onFatal called when the state machine throws, which it must never do: its state is then
   *     unknown and nothing more is applied
   */
  static <V> Behavior<Command<V>> create(
      GroupId group, StateMachine<V> machine, int waitingMax, Consumer<Throwable> onFatal) {
    return Behaviors.setup(
        context -> {
          context.setLoggerName(StateMachineActor.class);
          return new StateMachineActor<>(context, group, machine, waitingMax, onFatal);
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
    };
  }

  private Behavior<Command<V>> apply(Apply<V> apply) {
    List<Outcome> outcomes = new ArrayList<>(apply.entries().size());
    try {
      for (Entry entry : apply.entries()) {
        outcomes.add(host.apply(entry));
        runDue();
      }
    } catch (RuntimeException e) {
      getContext()
          .getLog()
          .error("state machine broken: group={} index={}", group, host.appliedIndex(), e);
      onFatal.accept(e);
      return Behaviors.stopped();
    }
    apply.replyTo().tell(new Applied(apply.entries(), outcomes, host.nextDeadlineMs()));
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
