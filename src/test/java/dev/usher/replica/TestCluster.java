package dev.usher.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import dev.usher.raft.RaftConfig;
import dev.usher.raft.Role;
import dev.usher.raft.log.FileDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Three real nodes in one JVM: actors, engine and logs on disk are the real ones, only the network
 * between them is a {@link TestNetwork}. Four times the standard timing, for busy machines.
 */
final class TestCluster implements AutoCloseable {
  static final GroupSpec<List<String>> GROUP = new GroupSpec<>(new GroupId("system"), Ledger::new);
  static final NodeId ONE = new NodeId("node-1");
  static final NodeId TWO = new NodeId("node-2");
  static final NodeId THREE = new NodeId("node-3");
  static final SortedSet<NodeId> ALL = new TreeSet<>(List.of(ONE, TWO, THREE));

  /** Far beyond what anything here needs: a test that waits so long has failed. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  static final String CONFIGURATION =
      """
      usher.raft-dispatcher { type = Dispatcher, executor = "dev.usher.replica.PeerLoop$Configurator" }
      usher.log-dispatcher { type = PinnedDispatcher, executor = "thread-pool-executor" }
      pekko.loglevel = WARNING
      pekko.logger-startup-timeout = 60s
      pekko.coordinated-shutdown.run-by-actor-system-terminate = on
      """;

  static final MemberAddress UNUSED = new MemberAddress(new PeerAddress("unused", 1), "");

  private static final AtomicLong NAMES = new AtomicLong();

  private record Running(
      Replicas replicas,
      ActorRef<ReplicaGuardian.Command> guardian,
      CompletableFuture<Done> stopped) {}

  final TestNetwork network = new TestNetwork();
  private final ActorTestKit kit;
  private final Path directory;
  private final RaftConfig.Snapshots snapshots;
  private final TestProbe<Object> probe;
  private final Map<NodeId, Running> running = new ConcurrentHashMap<>();
  private final Map<Long, NodeId> leaders = new TreeMap<>();
  private final Queue<Throwable> fatal = new ConcurrentLinkedQueue<>();

  TestCluster(ActorTestKit kit, Path directory) {
    this(kit, directory, RaftConfig.Snapshots.ONLY_WHEN_ASKED);
  }

  TestCluster(ActorTestKit kit, Path directory, RaftConfig.Snapshots snapshots) {
    this.kit = kit;
    this.directory = directory;
    this.snapshots = snapshots;
    this.probe = kit.createTestProbe();
    ALL.forEach(this::start);
  }

  static RaftConfig config(NodeId self) {
    return new RaftConfig(self, ALL, 200, 600, 1200, 4096, 16L << 20, 1024, 1 << 20, 16);
  }

  void start(NodeId node) {
    start(config(node));
  }

  /** A node that is in no group: it waits to be added. */
  void startEmpty(NodeId node) {
    start(
        new RaftConfig(node, new TreeSet<>(), 200, 600, 1200, 4096, 16L << 20, 1024, 1 << 20, 16));
  }

  private void start(RaftConfig config) {
    NodeId node = config.self();
    SortedMap<NodeId, MemberAddress> peers = new TreeMap<>();
    ALL.forEach(peer -> peers.put(peer, UNUSED));
    peers.put(node, UNUSED);
    ReplicaSettings settings =
        new ReplicaSettings(
            "test",
            config.withSnapshots(snapshots),
            peers,
            "unused",
            directory.resolve(node.value()),
            8 << 20);
    Storage storage;
    try {
      storage = Storage.open(new FileDisk(), settings, Runnable::run);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    CompletableFuture<Replicas> started = new CompletableFuture<>();
    CompletableFuture<Done> stopped = new CompletableFuture<>();
    ActorRef<ReplicaGuardian.Command> guardian =
        kit.spawn(
            ReplicaGuardian.create(
                context ->
                    new Replicas(
                        context,
                        settings,
                        List.of(GROUP),
                        storage,
                        new KnownNodes(node, config.voters(), settings.peers()),
                        network.transport(node),
                        () -> new NodeFacts("", "Up", 1, 0),
                        fatal::add),
                started,
                stopped),
            node + "-" + NAMES.incrementAndGet());
    Replicas replicas = get(started);
    running.put(node, new Running(replicas, guardian, stopped));
    network.attach(node, storage.log().directoryId(), replicas.receiver());
  }

  void stop(NodeId node) {
    Running ending = running.remove(node);
    assertThat(ending).isNotNull();
    network.detach(node);
    ending.guardian().tell(ReplicaGuardian.Command.STOP);
    get(ending.stopped());
  }

  /** The disk is replaced by an empty one; the node must be stopped. */
  void wipe(NodeId node) {
    assertThat(running).doesNotContainKey(node);
    try (var files = Files.walk(directoryOf(node))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  NodeId someNode() {
    return running.keySet().iterator().next();
  }

  /** The names of this node's snapshot files. */
  List<String> snapshots(NodeId node) {
    try {
      return new FileDisk()
          .list(directoryOf(node)).stream().filter(file -> file.endsWith(".snap")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path directoryOf(NodeId node) {
    return directory.resolve(node.value());
  }

  Replicas node(NodeId node) {
    Running found = running.get(node);
    if (found == null) {
      throw new AssertionError(node + " does not run");
    }
    return found.replicas();
  }

  /** The members as an operator changes them at this node; who is asked answers for itself. */
  MemberControl members(NodeId asked) {
    return new MemberChanges(
        node(asked),
        (node, at, timeout) ->
            CompletableFuture.completedFuture(
                new Introduction(
                    node,
                    node(node).directoryId(),
                    new MemberAddress(at, node + ":7101"),
                    node(node).groupIds())));
  }

  Replica<List<String>> replica(NodeId node) {
    return node(node).replica(GROUP);
  }

  GroupStatus status(NodeId node) {
    return get(node(node).status()).groups().getFirst();
  }

  /** Waits for a leader among these that most of all follow in the same term; gives it. */
  NodeId awaitLeader(NodeId... among) {
    NodeId[] found = new NodeId[1];
    await(
        () -> {
          Optional<NodeId> leader = agreedLeader(List.of(among));
          leader.ifPresent(node -> found[0] = node);
          return leader.isPresent();
        });
    return found[0];
  }

  private Optional<NodeId> agreedLeader(List<NodeId> among) {
    List<GroupStatus> statuses = among.stream().map(this::status).toList();
    Optional<NodeId> leader = Optional.empty();
    for (int i = 0; i < among.size(); i++) {
      if (statuses.get(i).role() == Role.LEADER) {
        NodeId known = leaders.putIfAbsent(statuses.get(i).term(), among.get(i));
        assertThat(known == null || known.equals(among.get(i)))
            .as("one leader in term %s", statuses.get(i).term())
            .isTrue();
        leader = Optional.of(among.get(i));
      }
    }
    Optional<NodeId> agreed = leader;
    boolean allAgree =
        agreed.isPresent() && statuses.stream().allMatch(s -> s.leader().equals(agreed));
    return allAgree ? agreed : Optional.empty();
  }

  NodeId awaitLeader() {
    return awaitLeader(ALL.toArray(NodeId[]::new));
  }

  static NodeId[] without(NodeId node) {
    return ALL.stream().filter(other -> !other.equals(node)).toArray(NodeId[]::new);
  }

  void await(BooleanSupplier condition) {
    probe.awaitAssert(
        PATIENCE,
        () -> {
          assertThat(condition.getAsBoolean()).isTrue();
          return Done.getInstance();
        });
  }

  /** What this node's own copy holds. */
  List<String> ledger(NodeId node) {
    return get(replica(node).readStale(List::copyOf));
  }

  /** What a linearizable read at this node sees. */
  List<String> read(NodeId node) {
    return get(replica(node).read(List::copyOf, PATIENCE));
  }

  Outcome propose(NodeId node, String requestKey, String line) {
    return get(replica(node).propose(Ledger.proposal(requestKey, line), PATIENCE));
  }

  static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(90, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    List.copyOf(running.keySet()).forEach(this::stop);
    assertThat(fatal).isEmpty();
  }
}
