package dev.usher.replica;

import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import dev.usher.raft.log.WriteAheadLog;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
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

  private static final Duration STATUS_WITHIN = Duration.ofMillis(500);
  private static final int UNKNOWN_GROUPS_LOGGED_MAX = 100;

  private final ReplicaSettings settings;
  private final PeerTransport transport;
  private final Supplier<NodeFacts> facts;
  private final Forwarder forwarder;
  private final Map<GroupId, HostedGroup<?>> groups = new TreeMap<>();
  private final PendingReplies<NodeStatus> statuses;
  private final PendingReplies<TransferResult> transfers;
  private final Set<String> unknownGroups = ConcurrentHashMap.newKeySet();

  /** Starts everything as children of the context's actor, which closes the log with them. */
  Replicas(
      ActorContext<?> context,
      ReplicaSettings settings,
      List<GroupSpec<?>> specs,
      WriteAheadLog writeAheadLog,
      PeerTransport transport,
      Supplier<NodeFacts> facts,
      Consumer<Throwable> onFatal) {
    this.settings = settings;
    this.transport = transport;
    this.facts = facts;
    SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());
    this.forwarder = new Forwarder(transport, random.split());
    this.statuses = new PendingReplies<>(random.nextLong());
    this.transfers = new PendingReplies<>(random.nextLong());
    ActorRef<LogWriter.Command> writer =
        context.spawn(
            LogWriter.create(writeAheadLog, onFatal),
            "log-writer",
            DispatcherSelector.fromConfig(LOG_DISPATCHER));
    HostedGroup.Shared shared =
        new HostedGroup.Shared(
            settings.raft(),
            Clock.system(),
            random,
            writeAheadLog,
            writer,
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
    for (NodeId node : settings.raft().voters()) {
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
    HostedGroup<?> group = groups.get(id);
    if (group == null) {
      throw new IllegalArgumentException("this node was not started with group " + id);
    }
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

  @Override
  public void received(NodeId from, Frame frame) {
    switch (frame) {
      case Frame.Raft raft ->
          raftOf(from, raft.group())
              .ifPresent(actor -> actor.tell(new RaftActor.FromPeer(from, raft.message())));
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
