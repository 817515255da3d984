package dev.usher.replica;

import dev.usher.raft.RaftConfig;
import dev.usher.raft.Recovered;
import dev.usher.raft.log.WriteAheadLog;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** One group on this node: its actors and how the house sees it. */
record HostedGroup<V>(
    GroupSpec<V> spec, ActorRef<RaftActor.Command> raft, GroupReplica<V> replica) {
  /** What all groups of a node share. */
  record Shared(
      RaftConfig config,
      Clock clock,
      RandomGenerator.SplittableGenerator random,
      WriteAheadLog recovered,
      ActorRef<LogWriter.Command> log,
      PeerTransport transport,
      Forwarder forwarder,
      Executor callbacks,
      Consumer<Throwable> onFatal) {}

  /** Starts a group's actors as children of the context's. */
  static <V> HostedGroup<V> start(ActorContext<?> context, GroupSpec<V> spec, Shared shared) {
    RaftConfig config = shared.config();
    // Reads wait for the state machine as long as their callers do, so there may be as many.
    ActorRef<StateMachineActor.Command<V>> machine =
        context.spawn(
            StateMachineActor.create(
                spec.id(), spec.machine().get(), config.maxInFlightProposals(), shared.onFatal()),
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
    RaftActor.Surroundings surroundings =
        new RaftActor.Surroundings(
            spec.id(),
            config,
            shared.clock(),
            shared.random().split(),
            shared.log(),
            shared.transport(),
            (entries, replyTo) -> machine.tell(new StateMachineActor.Apply<>(entries, replyTo)),
            replica::leadershipChanged,
            shared.callbacks(),
            shared.onFatal());
    Recovered recovered = shared.recovered().takeRecovered(spec.id());
    ActorRef<RaftActor.Command> raft =
        context.spawn(RaftActor.create(surroundings, recovered), "raft-" + spec.id());
    long tryTimeoutMs = Math.max(1000, 4 * config.electionTimeoutMaxMs());
    replica.connect(
        raft,
        context.spawn(
            Retrier.create(replica, shared.clock(), tryTimeoutMs), "retrier-" + spec.id()));
    return new HostedGroup<>(spec, raft, replica);
  }
}
