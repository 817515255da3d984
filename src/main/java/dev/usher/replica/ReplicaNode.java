package dev.usher.replica;

import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import dev.usher.raft.log.FileDisk;
import dev.usher.raft.log.WriteAheadLog;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * The replicated side of one node: its log, its groups, its links to the peers. Needs two
 * dispatchers in the system's configuration: {@code usher.raft-dispatcher} with the executor {@code
 * PeerLoop$Configurator}, and {@code usher.log-dispatcher}, one thread of its own, for example a
 * {@code PinnedDispatcher}.
 */
public final class ReplicaNode {
  private static final AtomicLong NODES_STARTED = new AtomicLong();

  private record Started(Replicas replicas, PeerLinks links) {}

  private final Replicas replicas;
  private final MemberChanges members;
  private final ActorRef<ReplicaGuardian.Command> guardian;
  private final CompletableFuture<Done> stopped;
  private final PeerServer server;
  private final FileDisk disk;

  private ReplicaNode(
      Replicas replicas,
      MemberChanges members,
      ActorRef<ReplicaGuardian.Command> guardian,
      CompletableFuture<Done> stopped,
      PeerServer server,
      FileDisk disk) {
    this.replicas = replicas;
    this.members = members;
    this.guardian = guardian;
    this.stopped = stopped;
    this.server = server;
    this.disk = disk;
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
    FileDisk disk = new FileDisk();
    Storage storage;
    try {
      storage = Storage.open(disk, settings, allocator);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
    KnownNodes nodes = new KnownNodes(settings.self(), settings.raft().voters(), settings.peers());
    PeerIdentity identity =
        new PeerIdentity(
            settings.cluster(),
            settings.self(),
            storage.log().directoryId(),
            settings.own(),
            groups.stream().map(GroupSpec::id).collect(Collectors.toCollection(TreeSet::new)),
            nodes);
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
        .thenCompose(made -> listen(settings, identity, disk, made, guardian, stopped));
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
            context, nodes, identity, LinkTiming.ofHeartbeat(settings.raft().heartbeatMs()));
    Replicas replicas =
        new Replicas(context, settings, groups, storage, nodes, links, facts, onFatal);
    links.tell(replicas.receiver());
    return new Started(replicas, links);
  }

  private static CompletionStage<ReplicaNode> listen(
      ReplicaSettings settings,
      PeerIdentity identity,
      FileDisk disk,
      Started made,
      ActorRef<ReplicaGuardian.Command> guardian,
      CompletableFuture<Done> stopped) {
    int port = settings.own().peers().port();
    try {
      PeerServer server =
          PeerServer.listen(
              identity, made.replicas().receiver(), Clock.system(), settings.bindHost(), port);
      // The actors may also end with their system, without a word to this node.
      CompletableFuture<Done> freed = stopped.whenComplete((done, failed) -> server.close());
      MemberChanges members = new MemberChanges(made.replicas(), Introduction.overGrpc(identity));
      return CompletableFuture.completedFuture(
          new ReplicaNode(made.replicas(), members, guardian, freed, server, disk));
    } catch (IOException failure) {
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
    }
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

  /** Adds, promotes, removes and drains members, from whatever node asks. */
  public MemberControl members() {
    return members;
  }

  /** How this node stands to its cluster. */
  public Belonging belonging() {
    return replicas.nodes().belonging();
  }

  /** All members of any group, as far as this node knows, and this node. */
  public SortedSet<NodeId> nodes() {
    return replicas.nodes().members();
  }

  /** Whether this node drains; for the edge, which is to send clients elsewhere then. */
  public Draining draining() {
    return replicas.draining();
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

  /** What this node's disk was asked since the start: log, votes and snapshots. */
  public FileDisk.Usage diskUsage() {
    return disk.usage();
  }

  /** Stops listening, the links, the groups and at last the log, whose directory is free then. */
  public CompletionStage<Done> stop() {
    server.shutdown();
    guardian.tell(ReplicaGuardian.Command.STOP);
    return stopped;
  }
}
