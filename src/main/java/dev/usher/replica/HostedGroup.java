package dev.usher.replica;

import dev.usher.raft.Bytes;
import dev.usher.raft.RaftConfig;
import dev.usher.raft.Recovered;
import dev.usher.raft.SnapshotMeta;
import dev.usher.raft.log.SnapshotReader;
import dev.usher.raft.log.SnapshotStore;
import dev.usher.raft.log.UnsupportedFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One group on this node: its actors and how the house sees it. */
record HostedGroup<V>(
    GroupSpec<V> spec,
    ActorRef<RaftActor.Command> raft,
    ActorRef<StateMachineActor.Command<V>> machine,
    GroupReplica<V> replica) {
  private static final Logger log = LoggerFactory.getLogger(HostedGroup.class);

  /** What all groups of a node share. */
  record Shared(
      RaftConfig config,
      Clock clock,
      RandomGenerator.SplittableGenerator random,
      Storage storage,
      ActorRef<LogWriter.Command> log,
      BooleanSupplier isDiskFull,
      KnownNodes nodes,
      Executor blocking,
      PeerTransport transport,
      Forwarder forwarder,
      Executor callbacks,
      Consumer<Throwable> onFatal) {}

  /** Where a group goes on from. */
  private record Start<V>(StateMachineHost<V> host, Recovered recovered) {}

  /** Starts a group's actors as children of the context's; its snapshot is read before. */
  static <V> HostedGroup<V> start(ActorContext<?> context, GroupSpec<V> spec, Shared shared) {
    RaftConfig config = shared.config();
    Start<V> start = recover(spec, shared.storage());
    AtomicReference<StateMachineActor.Progress> progress =
        new AtomicReference<>(StateMachineActor.Progress.of(start.host()));
    // Reads wait for the state machine as long as their callers do, so there may be as many.
    ActorRef<StateMachineActor.Command<V>> machine =
        context.spawn(
            StateMachineActor.create(
                spec.id(), start.host(), progress, config.maxInFlightProposals(), shared.onFatal()),
            "machine-" + spec.id());
    GroupReplica<V> replica =
        new GroupReplica<>(
            new GroupReplica.Parts<>(
                spec.id(),
                config.self(),
                shared.clock(),
                shared.forwarder(),
                machine,
                shared.callbacks(),
                config.maxInFlightProposals()));
    RaftSurroundings surroundings =
        new RaftSurroundings(
            spec.id(),
            config,
            shared.clock(),
            shared.random().split(),
            command -> PeerLoop.afterFrames(() -> shared.log().tell(command)),
            shared.transport(),
            Machine.of(machine, progress),
            shared.storage().snapshots(),
            shared.blocking(),
            shared.isDiskFull(),
            members -> shared.nodes().changed(spec.id(), members),
            replica::leadershipChanged,
            shared.callbacks(),
            shared.onFatal());
    ActorRef<RaftActor.Command> raft =
        context.spawn(
            RaftActor.create(surroundings, start.recovered()),
            "raft-" + spec.id(),
            PeerLoop.dispatcher());
    long tryTimeoutMs = Math.max(1000, 4 * config.electionTimeoutMaxMs());
    replica.connect(
        raft,
        context.spawn(
            Retrier.create(replica, shared.clock(), tryTimeoutMs), "retrier-" + spec.id()));
    return new HostedGroup<>(spec, raft, machine, replica);
  }

  /**
   * The state as the group's snapshot has it. One that is damaged is as a damaged log: the node
   * fetches everything from the others, and is no voter until then.
   */
  private static <V> Start<V> recover(GroupSpec<V> spec, Storage storage) {
    Recovered recovered = storage.log().takeRecovered(spec.id());
    StateMachineHost<V> host = new StateMachineHost<>(spec.machine().get());
    if (recovered.snapshot().isEmpty()) {
      return new Start<>(host, recovered);
    }
    SnapshotMeta snapshot = recovered.snapshot().get();
    try (SnapshotReader reader = storage.snapshots().read(SnapshotStore.Name.of(snapshot))) {
      reader.verify();
      host.restore(SnapshotPieces.read(reader.content()));
      log.info("snapshot read: group={} index={}", spec.id(), snapshot.lastIndex());
      return new Start<>(host, recovered);
    } catch (UnsupportedFormatException e) {
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      log.error(
          "snapshot lost: group={} index={} cause={}; the state is fetched from the other nodes",
          spec.id(),
          snapshot.lastIndex(),
          e.getMessage());
      return new Start<>(
          new StateMachineHost<>(spec.machine().get()), storage.log().snapshotLost(spec.id()));
    }
  }

  /** The state of this node, with everything in it that was answered anywhere before the call. */
  CompletableFuture<GroupState> export(Duration timeout) {
    return replica
        .read(view -> true, timeout)
        .toCompletableFuture()
        .thenCompose(
            caughtUp -> {
              CompletableFuture<Optional<GroupState>> state = new CompletableFuture<>();
              raft.tell(new RaftActor.Export(state::complete));
              return state.completeOnTimeout(
                  Optional.empty(), timeout.toMillis(), TimeUnit.MILLISECONDS);
            })
        .thenApply(state -> state.orElseThrow(() -> new UnavailableException(spec.id())));
  }

  /** The digest of the state right after this entry; empty when that is past. */
  void digest(long index, Consumer<Optional<Bytes>> reply) {
    machine.tell(new StateMachineActor.Digest<>(index, reply));
  }
}
