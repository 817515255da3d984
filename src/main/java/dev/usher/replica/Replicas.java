package dev.usher.replica;

import dev.usher.raft.Bytes;
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
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All groups of one node, whatever carries their frames. */
final class Replicas implements PeerTransport.Receiver {
  private static final Logger log = LoggerFactory.getLogger(Replicas.class);

  /** The dispatcher of the one thread that blocks on the disk; the configuration defines it. */
  private static final String LOG_DISPATCHER = "usher.log-dispatcher";

  /** More entries than are made by others until the question has arrived everywhere, usually. */
  private static final int DIGEST_AHEAD = 32;

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
  private final PendingReplies<Optional<Bytes>> digests;
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
    this.forwarder = new Forwarder(transport, random.split());
    this.statuses = new PendingReplies<>(random.nextLong());
    this.transfers = new PendingReplies<>(random.nextLong());
    this.changes = new PendingReplies<>(random.nextLong());
    this.digests = new PendingReplies<>(random.nextLong());
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
            context.getSystem().executionContext(),
            onFatal);
    for (GroupSpec<?> spec : specs) {
      groups.put(spec.id(), HostedGroup.start(context, spec, shared));
    }
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
                    facts.get()));
  }

  /** Everybody's, in the order of their names; empty for who does not answer in time. */
  CompletableFuture<List<PeerStatus>> statusOfAll() {
    List<CompletableFuture<PeerStatus>> asked = new ArrayList<>();
    for (NodeId node : nodes.addresses().keySet()) {
      CompletableFuture<Optional<NodeStatus>> answer =
          node.equals(settings.self())
              ? status().handle((own, failed) -> Optional.ofNullable(own))
              : statuses.ask(STATUS_WITHIN, id -> transport.send(node, new Frame.StatusAsked(id)));
      asked.add(answer.thenApply(status -> new PeerStatus(node, status)));
    }
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenApply(all -> asked.stream().map(CompletableFuture::join).toList());
  }

  /** Asks the leader, wherever it is. */
  CompletableFuture<TransferResult> transferLeadership(GroupId id, Optional<NodeId> target) {
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

  /**
   * Every replica's digest right after one entry, which is chosen a little ahead of the leader's
   * log and reached with entries that do nothing: so everybody is asked before being there.
   */
  CompletableFuture<GroupDigests> digests(GroupId id, Duration timeout) {
    HostedGroup<?> group = hosted(id);
    return empty(group, timeout)
        .thenCompose(
            index -> {
              long chosen = index + DIGEST_AHEAD;
              var digests = digests(group, chosen, timeout);
              return reach(group, chosen, timeout)
                  .thenCompose(reached -> digests)
                  .thenApply(found -> new GroupDigests(id, chosen, found));
            });
  }

  /** Proposes what does nothing; gives its index. */
  private static CompletableFuture<Long> empty(HostedGroup<?> group, Duration timeout) {
    Proposal nothing = new Proposal("", Bytes.EMPTY, Bytes.EMPTY);
    return group
        .replica()
        .propose(nothing, timeout)
        .thenCompose(
            outcome ->
                outcome instanceof Outcome.Done done
                    ? CompletableFuture.completedFuture(done.revision())
                    : CompletableFuture.<Long>failedFuture(
                        new UnavailableException(group.spec().id())))
        .toCompletableFuture();
  }

  private static CompletableFuture<Long> reach(HostedGroup<?> group, long index, Duration timeout) {
    return empty(group, timeout)
        .thenCompose(
            at ->
                at >= index ? CompletableFuture.completedFuture(at) : reach(group, index, timeout));
  }

  private CompletableFuture<SortedMap<NodeId, Optional<Bytes>>> digests(
      HostedGroup<?> group, long index, Duration timeout) {
    GroupId id = group.spec().id();
    SortedMap<NodeId, CompletableFuture<Optional<Bytes>>> asked = new TreeMap<>();
    for (NodeId node : nodes.addresses().keySet()) {
      asked.put(
          node,
          node.equals(settings.self())
              ? ownDigest(group, index, timeout)
              : digests
                  .ask(timeout, ask -> transport.send(node, new Frame.DigestAsked(ask, id, index)))
                  .thenApply(answer -> answer.flatMap(digest -> digest)));
    }
    return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
        .thenApply(
            all -> {
              SortedMap<NodeId, Optional<Bytes>> digests = new TreeMap<>();
              asked.forEach((node, digest) -> digests.put(node, digest.join()));
              return digests;
            });
  }

  private static CompletableFuture<Optional<Bytes>> ownDigest(
      HostedGroup<?> group, long index, Duration timeout) {
    CompletableFuture<Optional<Bytes>> digest = new CompletableFuture<>();
    group.digest(index, digest::complete);
    return digest.completeOnTimeout(Optional.empty(), timeout.toMillis(), TimeUnit.MILLISECONDS);
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
      case Frame.DigestAsked asked -> digestAsked(from, asked);
      case Frame.DigestTold told -> digests.answered(told.id(), told.digest());
    }
  }

  private void digestAsked(NodeId from, Frame.DigestAsked asked) {
    HostedGroup<?> group = groups.get(asked.group());
    if (group != null) {
      group.digest(
          asked.index(), digest -> transport.send(from, new Frame.DigestTold(asked.id(), digest)));
    }
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
