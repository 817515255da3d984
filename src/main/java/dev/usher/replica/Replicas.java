package dev.usher.replica;

import dev.usher.raft.DirectoryId;
import dev.usher.raft.GroupId;
import dev.usher.raft.MembershipChange;
import dev.usher.raft.NodeId;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** All groups of one node, whatever carries their frames. */
final class Replicas implements Drainer.Node {
  /** The dispatcher of the one thread that blocks on the disk; the configuration defines it. */
  private static final String LOG_DISPATCHER = "usher.log-dispatcher";

  private static final Duration STATUS_WITHIN = Duration.ofMillis(500);

  /** So many old segments may wait for the snapshot of an idle group. */
  private static final int OLD_SEGMENTS_MAX = 4;

  private final ReplicaSettings settings;
  private final KnownNodes nodes;
  private final DirectoryId directoryId;
  private final Supplier<NodeFacts> facts;
  private final Map<GroupId, HostedGroup<?>> groups = new TreeMap<>();
  private final PeerAsks asks;
  private final DigestRound digests;
  private final Draining draining = new Draining();
  private final ActorRef<Drainer.Command> drainer;
  private final PeerFrames frames;
  private final Executor callbacks;

  /** Starts everything as children of the context's actor, which closes the log with them. */
  Replicas(
      ActorContext<?> context,
      ReplicaSettings settings,
      List<GroupSpec<?>> specs,
      Storage storage,
      KnownNodes nodes,
      PeerTransport transport,
      Supplier<NodeFacts> facts,
      Consumer<Throwable> onFatal) {
    this.settings = settings;
    this.nodes = nodes;
    this.directoryId = storage.log().directoryId();
    this.facts = facts;
    SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());
    this.callbacks = context.getSystem().executionContext();
    Forwarder forwarder = new Forwarder(transport, random.split());
    this.asks = new PeerAsks(transport, random, callbacks);
    this.digests =
        new DigestRound(
            settings.self(), nodes, transport, new PendingReplies<>(random.nextLong(), callbacks));
    this.frames = new PeerFrames(this, nodes, transport, forwarder, asks, digests);
    DiskWatchdog.Gauge gauge = new DiskWatchdog.Gauge(Clock.system());
    context.spawn(DiskWatchdog.create(gauge, settings.diskHangMax(), onFatal), "disk-watchdog");
    AtomicBoolean isDiskFull = new AtomicBoolean();
    ActorRef<LogWriter.Command> writer =
        context.spawn(
            LogWriter.create(
                storage.log(),
                new LogWriter.Surroundings(gauge, isDiskFull, OLD_SEGMENTS_MAX, onFatal)),
            "log-writer",
            DispatcherSelector.fromConfig(LOG_DISPATCHER));
    HostedGroup.Shared shared =
        new HostedGroup.Shared(
            settings.raft().withDirectory(directoryId),
            Clock.system(),
            random,
            storage,
            writer,
            isDiskFull::get,
            nodes,
            context.getSystem().dispatchers().lookup(DispatcherSelector.blocking()),
            transport,
            forwarder,
            callbacks,
            onFatal);
    for (GroupSpec<?> spec : specs) {
      groups.put(spec.id(), HostedGroup.start(context, spec, shared));
    }
    this.drainer = context.spawn(Drainer.create(this), "drainer");
  }

  /** Throws IllegalArgumentException when the node was not started with this group. */
  <V> Replica<V> replica(GroupSpec<V> spec) {
    HostedGroup<?> group = groups.get(spec.id());
    if (group == null || !group.spec().equals(spec)) {
      throw new IllegalArgumentException("this node was not started with group " + spec.id());
    }
    // The very spec that the replica was made from, so V is its view.
    @SuppressWarnings("unchecked")
    Replica<V> replica = (Replica<V>) group.replica();
    return replica;
  }

  /** This node's own; fails when a group of it has stopped. */
  CompletableFuture<NodeStatus> status() {
    List<CompletableFuture<GroupStatus>> asked = new ArrayList<>();
    for (HostedGroup<?> group : groups.values()) {
      CompletableFuture<GroupStatus> status = new CompletableFuture<>();
      group.raft().tell(new RaftActor.GetStatus(completing(status)));
      asked.add(status.orTimeout(STATUS_WITHIN.toMillis(), TimeUnit.MILLISECONDS));
    }
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenApply(
            all ->
                new NodeStatus(
                    settings.self(),
                    asked.stream().map(CompletableFuture::join).toList(),
                    draining.isOn(),
                    facts.get()));
  }

  /** What hangs on a future must not run on the thread of the engines. */
  private <T> Consumer<T> completing(CompletableFuture<T> future) {
    return value -> callbacks.execute(() -> future.complete(value));
  }

  /** Everybody's, in the order of their names; empty for who does not answer in time. */
  @Override
  public CompletableFuture<List<PeerStatus>> statusOfAll() {
    List<CompletableFuture<PeerStatus>> asked = new ArrayList<>();
    for (NodeId node : nodes.members()) {
      CompletableFuture<Optional<NodeStatus>> answer =
          node.equals(settings.self())
              ? status().handle((own, failed) -> Optional.ofNullable(own))
              : asks.status(node, STATUS_WITHIN);
      asked.add(
          answer.thenApply(status -> new PeerStatus(node, nodes.clientAddress(node), status)));
    }
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenApply(all -> asked.stream().map(CompletableFuture::join).toList());
  }

  /** Asks the leader, wherever it is. */
  @Override
  public CompletableFuture<TransferResult> transferLeadership(GroupId id, Optional<NodeId> target) {
    HostedGroup<?> group = ours(id);
    Optional<NodeId> leader = group.replica().leader();
    if (leader.isEmpty()) {
      return CompletableFuture.completedFuture(TransferResult.NO_LEADER);
    }
    if (group.replica().isLeader()) {
      CompletableFuture<TransferResult> result = new CompletableFuture<>();
      group.raft().tell(new RaftActor.Transfer(target, completing(result)));
      return result;
    }
    Duration timeout = Duration.ofMillis(1000 + 4 * settings.raft().electionTimeoutMaxMs());
    return asks.transfer(leader.get(), id, target, timeout)
        .thenApply(answer -> answer.orElse(TransferResult.NO_LEADER));
  }

  /** Asks the leader, wherever it is; done when the members are committed. */
  CompletableFuture<MembershipChange.Outcome> changeMembers(
      GroupId id, MembershipChange change, Duration timeout) {
    HostedGroup<?> group = ours(id);
    Optional<NodeId> leader = group.replica().leader();
    if (leader.isEmpty()) {
      return CompletableFuture.completedFuture(MembershipChange.Outcome.NOT_LEADER);
    }
    if (group.replica().isLeader()) {
      CompletableFuture<MembershipChange.Outcome> outcome = new CompletableFuture<>();
      group.raft().tell(new RaftActor.Change(change, completing(outcome)));
      return outcome.completeOnTimeout(
          MembershipChange.Outcome.UNKNOWN, timeout.toMillis(), TimeUnit.MILLISECONDS);
    }
    return asks.change(leader.get(), id, change, timeout)
        .thenApply(answer -> answer.orElse(MembershipChange.Outcome.UNKNOWN));
  }

  /** Every replica's digest right after one entry. */
  CompletableFuture<GroupDigests> digests(GroupId id, Duration timeout) {
    return digests.of(ours(id), timeout);
  }

  /** Tells a node to drain, or to serve again; false when it did not hear in time. */
  CompletableFuture<Boolean> drain(NodeId node, boolean on, Duration timeout) {
    if (node.equals(settings.self())) {
      drain(on);
      return CompletableFuture.completedFuture(true);
    }
    return asks.drain(node, on, timeout);
  }

  /** Makes this node drain, or serve again. */
  void drain(boolean on) {
    draining.set(on);
    drainer.tell(new Drainer.Drain(on));
  }

  Draining draining() {
    return draining;
  }

  KnownNodes nodes() {
    return nodes;
  }

  @Override
  public NodeId self() {
    return settings.self();
  }

  @Override
  public Set<GroupId> led() {
    return groups.values().stream()
        .filter(group -> group.replica().isLeader())
        .map(group -> group.spec().id())
        .collect(Collectors.toSet());
  }

  SortedSet<GroupId> groupIds() {
    return new TreeSet<>(groups.keySet());
  }

  /** The state of a group on this node, not behind anything that was answered before. */
  CompletableFuture<GroupState> export(GroupId id, Duration timeout) {
    return ours(id).export(timeout);
  }

  DirectoryId directoryId() {
    return directoryId;
  }

  /** Empty when the node was not started with this group. */
  Optional<HostedGroup<?>> hosted(GroupId id) {
    return Optional.ofNullable(groups.get(id));
  }

  private HostedGroup<?> ours(GroupId id) {
    return hosted(id)
        .orElseThrow(
            () -> new IllegalArgumentException("this node was not started with group " + id));
  }

  /** For what comes from the other nodes. */
  PeerTransport.Receiver receiver() {
    return frames;
  }
}
