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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All groups of one node, whatever carries their frames. */
final class Replicas implements PeerTransport.Receiver, Drainer.Node {
  private static final Logger log = LoggerFactory.getLogger(Replicas.class);

  /** The dispatcher of the one thread that blocks on the disk; the configuration defines it. */
  private static final String LOG_DISPATCHER = "usher.log-dispatcher";

  private static final Duration STATUS_WITHIN = Duration.ofMillis(500);
  private static final int UNKNOWN_GROUPS_LOGGED_MAX = 100;

  /** So many old segments may wait for the snapshot of an idle group. */
  private static final int OLD_SEGMENTS_MAX = 4;

  private final ReplicaSettings settings;
  private final KnownNodes nodes;
  private final DirectoryId directoryId;
  private final PeerTransport transport;
  private final Supplier<NodeFacts> facts;
  private final Forwarder forwarder;
  private final Map<GroupId, HostedGroup<?>> groups = new TreeMap<>();
  private final PendingReplies<NodeStatus> statuses;
  private final PendingReplies<TransferResult> transfers;
  private final PendingReplies<MembershipChange.Outcome> changes;
  private final PendingReplies<Boolean> drains;
  private final DigestRound digests;
  private final Draining draining = new Draining();
  private final ActorRef<Drainer.Command> drainer;
  private final Set<String> unknownGroups = ConcurrentHashMap.newKeySet();

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
    this.transport = transport;
    this.facts = facts;
    SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());
    Executor callbacks = context.getSystem().executionContext();
    this.forwarder = new Forwarder(transport, random.split());
    this.statuses = new PendingReplies<>(random.nextLong(), callbacks);
    this.transfers = new PendingReplies<>(random.nextLong(), callbacks);
    this.changes = new PendingReplies<>(random.nextLong(), callbacks);
    this.drains = new PendingReplies<>(random.nextLong(), callbacks);
    this.digests =
        new DigestRound(
            settings.self(), nodes, transport, new PendingReplies<>(random.nextLong(), callbacks));
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
      group.raft().tell(new RaftActor.GetStatus(status::complete));
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

  /** Everybody's, in the order of their names; empty for who does not answer in time. */
  @Override
  public CompletableFuture<List<PeerStatus>> statusOfAll() {
    List<CompletableFuture<PeerStatus>> asked = new ArrayList<>();
    for (NodeId node : nodes.members()) {
      CompletableFuture<Optional<NodeStatus>> answer =
          node.equals(settings.self())
              ? status().handle((own, failed) -> Optional.ofNullable(own))
              : statuses.ask(STATUS_WITHIN, id -> transport.send(node, new Frame.StatusAsked(id)));
      asked.add(
          answer.thenApply(status -> new PeerStatus(node, nodes.clientAddress(node), status)));
    }
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenApply(all -> asked.stream().map(CompletableFuture::join).toList());
  }

  /** Asks the leader, wherever it is. */
  @Override
  public CompletableFuture<TransferResult> transferLeadership(GroupId id, Optional<NodeId> target) {
    HostedGroup<?> group = hosted(id);
    Optional<NodeId> leader = group.replica().leader();
    if (leader.isEmpty()) {
      return CompletableFuture.completedFuture(TransferResult.NO_LEADER);
    }
    if (group.replica().isLeader()) {
      CompletableFuture<TransferResult> result = new CompletableFuture<>();
      group.raft().tell(new RaftActor.Transfer(target, result::complete));
      return result;
    }
    Duration timeout = Duration.ofMillis(1000 + 4 * settings.raft().electionTimeoutMaxMs());
    return transfers
        .ask(
            timeout,
            request -> transport.send(leader.get(), new Frame.TransferAsked(request, id, target)))
        .thenApply(answer -> answer.orElse(TransferResult.NO_LEADER));
  }

  /** Asks the leader, wherever it is; done when the members are committed. */
  CompletableFuture<MembershipChange.Outcome> changeMembers(
      GroupId id, MembershipChange change, Duration timeout) {
    HostedGroup<?> group = hosted(id);
    Optional<NodeId> leader = group.replica().leader();
    if (leader.isEmpty()) {
      return CompletableFuture.completedFuture(MembershipChange.Outcome.NOT_LEADER);
    }
    if (group.replica().isLeader()) {
      CompletableFuture<MembershipChange.Outcome> outcome = new CompletableFuture<>();
      group.raft().tell(new RaftActor.Change(change, outcome::complete));
      return outcome.completeOnTimeout(
          MembershipChange.Outcome.UNKNOWN, timeout.toMillis(), TimeUnit.MILLISECONDS);
    }
    return changes
        .ask(
            timeout,
            request -> transport.send(leader.get(), new Frame.MembershipAsked(request, id, change)))
        .thenApply(answer -> answer.orElse(MembershipChange.Outcome.UNKNOWN));
  }

  /** Every replica's digest right after one entry. */
  CompletableFuture<GroupDigests> digests(GroupId id, Duration timeout) {
    return digests.of(hosted(id), timeout);
  }

  /** Tells a node to drain, or to serve again; false when it did not hear in time. */
  CompletableFuture<Boolean> drain(NodeId node, boolean on, Duration timeout) {
    if (node.equals(settings.self())) {
      drain(on);
      return CompletableFuture.completedFuture(true);
    }
    return drains
        .ask(timeout, id -> transport.send(node, new Frame.DrainAsked(id, on)))
        .thenApply(Optional::isPresent);
  }

  private void drain(boolean on) {
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
    return hosted(id).export(timeout);
  }

  DirectoryId directoryId() {
    return directoryId;
  }

  private HostedGroup<?> hosted(GroupId id) {
    HostedGroup<?> group = groups.get(id);
    if (group == null) {
      throw new IllegalArgumentException("this node was not started with group " + id);
    }
    return group;
  }

  @Override
  public void received(NodeId from, DirectoryId directory, Frame frame) {
    switch (frame) {
      case Frame.Raft raft ->
          raftOf(from, raft.group())
              .ifPresent(
                  actor -> actor.tell(new RaftActor.FromPeer(from, directory, raft.message())));
      case Frame.Proposed proposed -> proposed(from, proposed);
      case Frame.Answered answered -> forwarder.answered(from, answered.id(), answered.fate());
      case Frame.StatusAsked asked -> {
        var unused =
            status()
                .thenAccept(
                    status -> transport.send(from, new Frame.StatusTold(asked.id(), status)));
      }
      case Frame.StatusTold told -> statuses.answered(told.id(), told.status());
      case Frame.TransferAsked asked ->
          raftOf(from, asked.group())
              .ifPresent(
                  actor ->
                      actor.tell(
                          new RaftActor.Transfer(
                              asked.target(),
                              result ->
                                  transport.send(
                                      from, new Frame.TransferTold(asked.id(), result)))));
      case Frame.TransferTold told -> transfers.answered(told.id(), told.result());
      case Frame.MembershipAsked asked ->
          raftOf(from, asked.group())
              .ifPresent(
                  actor ->
                      actor.tell(
                          new RaftActor.Change(
                              asked.change(),
                              outcome ->
                                  transport.send(
                                      from, new Frame.MembershipTold(asked.id(), outcome)))));
      case Frame.MembershipTold told -> changes.answered(told.id(), told.outcome());
      case Frame.DigestAsked asked -> {
        HostedGroup<?> group = groups.get(asked.group());
        if (group != null) {
          digests.asked(from, group, asked);
        }
      }
      case Frame.DigestTold told -> digests.told(told);
      case Frame.DrainAsked asked -> {
        drain(asked.drain());
        transport.send(from, new Frame.DrainTold(asked.id()));
      }
      case Frame.DrainTold told -> drains.answered(told.id(), true);
    }
  }

  @Override
  public void cameIn(NodeId peer, DirectoryId directory, Optional<MemberAddress> address) {
    nodes.heard(peer, directory, address);
  }

  private void proposed(NodeId from, Frame.Proposed proposed) {
    raftOf(from, proposed.group())
        .ifPresent(
            actor ->
                actor.tell(
                    new RaftActor.Propose(
                        proposed.envelope(),
                        fate ->
                            transport.send(
                                from, new Frame.Answered(proposed.group(), proposed.id(), fate)))));
  }

  private Optional<ActorRef<RaftActor.Command>> raftOf(NodeId from, GroupId id) {
    HostedGroup<?> group = groups.get(id);
    if (group == null) {
      if (unknownGroups.size() < UNKNOWN_GROUPS_LOGGED_MAX && unknownGroups.add(from + "/" + id)) {
        log.warn("frame refused: peer={} cause=unknown group {}", from, id);
      }
      return Optional.empty();
    }
    return Optional.of(group.raft());
  }

  @Override
  public void disconnected(NodeId peer) {
    forwarder.disconnected(peer);
  }
}
