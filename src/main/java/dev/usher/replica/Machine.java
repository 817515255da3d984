package dev.usher.replica;

import dev.usher.raft.Entry;
import dev.usher.raft.Output;
import dev.usher.raft.SnapshotMeta;
import dev.usher.raft.StatePoint;
import dev.usher.raft.log.SnapshotReader;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;

/** A group's state machine as the engine's shell sees it, whatever its view. Never blocks. */
interface Machine {
  /** The answers to the entries are given in their order, on another thread. */
  void apply(List<Entry> entries, Consumer<List<Outcome>> answers);

  /** How far it has come, at least. */
  StateMachineActor.Progress progress();

  /** Hands the state out as it is behind everything that was given to apply before. */
  void takeSnapshot(Output.StartSnapshot start, ActorRef<SnapshotActor.Command> writer);

  /**
   * Hands the state out as it is behind everything that was given to apply before, for whoever
   * keeps it elsewhere; nothing when it does not stand at this point, since a snapshot is being
   * installed.
   */
  void export(StatePoint point, Consumer<Optional<GroupState>> reply);

  /** Replaces the state, behind everything that was given to apply before. */
  void install(
      SnapshotMeta snapshot, SnapshotReader reader, ActorRef<StateMachineActor.Installed> replyTo);

  /** The machine of this actor, which keeps its progress there. */
  static <V> Machine of(
      ActorRef<StateMachineActor.Command<V>> actor,
      AtomicReference<StateMachineActor.Progress> progress) {
    return new Machine() {
      @Override
      public void apply(List<Entry> entries, Consumer<List<Outcome>> answers) {
        actor.tell(new StateMachineActor.Apply<>(entries, answers));
      }

      @Override
      public StateMachineActor.Progress progress() {
        return progress.get();
      }

      @Override
      public void takeSnapshot(Output.StartSnapshot start, ActorRef<SnapshotActor.Command> writer) {
        actor.tell(new StateMachineActor.TakeSnapshot<>(start, writer));
      }

      @Override
      public void export(StatePoint point, Consumer<Optional<GroupState>> reply) {
        actor.tell(new StateMachineActor.Export<>(point, reply));
      }

      @Override
      public void install(
          SnapshotMeta snapshot,
          SnapshotReader reader,
          ActorRef<StateMachineActor.Installed> replyTo) {
        actor.tell(new StateMachineActor.Install<>(snapshot, reader, replyTo));
      }
    };
  }
}
