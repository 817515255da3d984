package dev.usher.replica;

import dev.usher.raft.DirectoryId;
import dev.usher.raft.GroupId;
import dev.usher.raft.MembershipChange;
import dev.usher.raft.NodeId;
import dev.usher.raft.log.FileDisk;
import dev.usher.raft.log.WriteAheadLog;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.jspecify.annotations.Nullable;

/**
 * The replicated side of one node: its log, its groups, its links to the peers. Needs the
 * dispatcher {@code usher.log-dispatcher} in the system's configuration: one thread of its own, for
 * example a {@code PinnedDispatcher}.
 */
public final class ReplicaNode {
  private static final AtomicLong NODES_STARTED = new AtomicLong();

  private record Started(Replicas replicas, PeerLinks links) {}

  private final Replicas replicas;
  private final ActorRef<ReplicaGuardian.Command> guardian;
  private final CompletableFuture<Done> stopped;
  private final PeerServer server;
  private final ServerBinding binding;

  private ReplicaNode(
      Replicas replicas,
      ActorRef<ReplicaGuardian.Command> guardian,
      CompletableFuture<Done> stopped,
      PeerServer server,
      ServerBinding binding) {
    this.replicas = replicas;
    this.guardian = guardian;
    this.stopped = stopped;
    this.server = server;
    this.binding = binding;
  }

  /**
   * Opens the log, which blocks while it is read, starts the groups and listens for the peers.
   *
   * @param facts asked for each status, on any thread
   * @param onFatal called, on any thread, when this node must not go on: its disk or a state
   *     machine failed, or an invariant of the engine. The process should end
   * @return fails with the log's own exceptions ({@code DirectoryInUseException}, {@code
   *     CorruptLogException}, {@code DiskFullException}) or when the peer port cannot be had;
   *     nothing is left running then
   */
  public static CompletionStage<ReplicaNode> start(
      ActorSystem<?> system,
      ReplicaSettings settings,
      List<GroupSpec<?>> groups,
      Supplier<NodeFacts> facts,
      Consumer<Throwable> onFatal) {
    Executor allocator = system.dispatchers().lookup(DispatcherSelector.blocking());
    Storage storage;
    try {
      storage = Storage.open(new FileDisk(), settings, allocator);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
    KnownNodes nodes = new KnownNodes(settings.peers());
    PeerIdentity identity =
        new PeerIdentity(
            settings.cluster(), settings.self(), storage.log().directoryId(), nodes::isKnown);
    CompletableFuture<Started> started = new CompletableFuture<>();
    CompletableFuture<Done> stopped = new CompletableFuture<>();
    ActorRef<ReplicaGuardian.Command> guardian =
        system.systemActorOf(
            ReplicaGuardian.create(
                context ->
                    startActors(
                        context, settings, nodes, identity, groups, storage, facts, onFatal),
                started,
                stopped),
            "usher-replica-" + NODES_STARTED.incrementAndGet(),
            Props.empty());
    return started
        .whenComplete((made, failed) -> closeUnlessMade(storage.log(), failed))
        .thenCompose(made -> listen(system, settings, identity, made, guardian, stopped));
  }

  private static void closeUnlessMade(WriteAheadLog log, @Nullable Throwable failed) {
    if (failed != null) {
      try {
        log.close();
      } catch (IOException e) {
        failed.addSuppressed(e);
      }
    }
  }

  private static Started startActors(
      ActorContext<?> context,
      ReplicaSettings settings,
      KnownNodes nodes,
      PeerIdentity identity,
      List<GroupSpec<?>> groups,
      Storage storage,
      Supplier<NodeFacts> facts,
      Consumer<Throwable> onFatal) {
    PeerLinks links =
        new PeerLinks(
            context,
            nodes,
            identity,
            LinkTiming.ofHeartbeat(settings.raft().heartbeatMs()),
            Clock.system());
    Replicas replicas =
        new Replicas(context, settings, groups, storage, nodes, links, facts, onFatal);
    links.tell(replicas);
    return new Started(replicas, links);
  }

  private static CompletionStage<ReplicaNode> listen(
      ActorSystem<?> system,
      ReplicaSettings settings,
      PeerIdentity identity,
      Started made,
      ActorRef<ReplicaGuardian.Command> guardian,
      CompletableFuture<Done> stopped) {
    PeerAddress own = settings.peers().get(settings.self());
    int port = own == null ? 0 : own.port();
    PeerServer server = new PeerServer(identity, made.replicas());
    return server
        .bind(system, settings.bindHost(), port)
        .thenApply(binding -> new ReplicaNode(made.replicas(), guardian, stopped, server, binding))
        .exceptionallyCompose(
            failure -> {
              guardian.tell(ReplicaGuardian.Command.STOP);
              return stopped.thenCompose(
                  done ->
                      CompletableFuture.failedFuture(
                          new IOException(
                              "cannot listen for peers on "
                                  + settings.bindHost()
                                  + ":"
                                  + port
                                  + " ("
                                  + rootMessage(failure)
                                  + "): stop what uses the port, or choose another",
                              failure)));
            });
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  /**
   * The replica of a group that this node was started with.
   *
   * @param spec the same object as in {@link #start}
   */
  public <V> Replica<V> replica(GroupSpec<V> spec) {
    return replicas.replica(spec);
  }

  /** This node's own status. */
  public CompletionStage<NodeStatus> status() {
    return replicas.status();
  }

  /** The status of all nodes, in the order of their names, within 500 ms. */
  public CompletionStage<List<PeerStatus>> statusOfAll() {
    return replicas.statusOfAll();
  }

  /**
   * Hands the leadership of a group over, from whatever node asks.
   *
   * @param target the most up-to-date follower when empty
   */
  public CompletionStage<TransferResult> transferLeadership(
      GroupId group, Optional<NodeId> target) {
    return replicas.transferLeadership(group, target);
  }

  /**
   * Changes the members of a group, from whatever node asks: adds a learner, promotes it, removes
   * anybody. One change at a time.
   *
   * @return what the leader says; UNKNOWN when the time ran out, and it may still happen
   */
  public CompletionStage<MembershipChange.Outcome> changeMembers(
      GroupId group, MembershipChange change, Duration timeout) {
    return replicas.changeMembers(group, change, timeout);
  }

  /**
   * The digest of every known node's copy of a group right after one and the same entry: all that
   * are present must be equal. The entry is made for that, and does nothing else.
   *
   * @return fails with {@link UnavailableException} when the group takes no entry
   */
  public CompletionStage<GroupDigests> digests(GroupId group, Duration timeout) {
    return replicas.digests(group, timeout);
  }

  /**
   * The whole state of a group as this node has it at one index, with everything in it that was
   * answered anywhere before the call. Applying goes on meanwhile.
   *
   * @return fails with {@link UnavailableException} when there is no leader in time, or this node
   *     is just being given a snapshot
   */
  public CompletionStage<GroupState> export(GroupId group, Duration timeout) {
    return replicas.export(group, timeout);
  }

  /** The identity of this node's data directory: what a group knows a new member by. */
  public DirectoryId directoryId() {
    return replicas.directoryId();
  }

  /** Stops listening, the links, the groups and at last the log, whose directory is free then. */
  public CompletionStage<Done> stop() {
    return server
        .stop(binding)
        .handle(
            (ended, failed) -> {
              guardian.tell(ReplicaGuardian.Command.STOP);
              return Done.getInstance();
            })
        .thenCompose(told -> stopped);
  }
}
