package dev.usher.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.usher.cli.local.FreshLayout;
import dev.usher.directory.DirectoryModel;
import dev.usher.directory.DirectoryView;
import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import dev.usher.raft.RaftConfig;
import dev.usher.replica.GroupSpec;
import dev.usher.replica.MemberAddress;
import dev.usher.replica.NodeFacts;
import dev.usher.replica.PeerAddress;
import dev.usher.replica.Replica;
import dev.usher.replica.ReplicaNode;
import dev.usher.replica.ReplicaSettings;
import dev.usher.seats.SeatStateMachine;
import dev.usher.seats.SeatView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;

/** Whole replicas of seats and accounts on loopback ports, each with its own data directory. */
final class OldAndNewCluster implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);
  static final int SEGMENT_BYTES = 8 << 20;
  static final GroupSpec<SeatView> SEATS = SeatStateMachine.group(0);
  static final GroupSpec<DirectoryView> SYSTEM =
      new GroupSpec<>(new GroupId("system"), DirectoryModel::new);

  private static final String CONFIGURATION =
      """
      usher.raft-dispatcher { type = Dispatcher, executor = "dev.usher.replica.PeerLoop$Configurator" }
      usher.log-dispatcher { type = PinnedDispatcher, executor = "thread-pool-executor" }
      pekko.loglevel = WARNING
      pekko.logger-startup-timeout = 60s
      """;

  private final String name;
  private final ActorTestKit kit;
  private final SortedMap<NodeId, MemberAddress> peers = new TreeMap<>();
  private final Map<NodeId, ReplicaNode> running = new TreeMap<>();
  private final Queue<Throwable> fatal = new ConcurrentLinkedQueue<>();

  static ActorTestKit kit() {
    return ActorTestKit.create(
        ConfigFactory.parseString(CONFIGURATION).withFallback(ConfigFactory.load()));
  }

  /** All nodes, started on whatever their directories hold. */
  OldAndNewCluster(ActorTestKit kit, String name, Path directory, NodeId... nodes)
      throws IOException {
    this.kit = kit;
    this.name = name;
    var ports = FreshLayout.freePorts(nodes.length).iterator();
    for (NodeId node : nodes) {
      peers.put(node, new MemberAddress(new PeerAddress("127.0.0.1", ports.next()), ""));
    }
    for (NodeId node : nodes) {
      running.put(node, start(node, directory.resolve(node.value())));
    }
  }

  private ReplicaNode start(NodeId node, Path dataDir) {
    var raft =
        new RaftConfig(
            node,
            new TreeSet<>(peers.keySet()),
            200,
            600,
            1200,
            4096,
            16L << 20,
            1024,
            1 << 20,
            16);
    var settings =
        new ReplicaSettings(name, raft, peers, "127.0.0.1", dataDir.resolve("log"), SEGMENT_BYTES);
    return get(
        ReplicaNode.start(
            kit.system(), settings, List.of(SEATS, SYSTEM), () -> NodeFacts.NONE, fatal::add));
  }

  ReplicaNode any() {
    return running.values().iterator().next();
  }

  List<ReplicaNode> all() {
    return List.copyOf(running.values());
  }

  Replica<SeatView> seats() {
    return any().replica(SEATS);
  }

  Replica<DirectoryView> system() {
    return any().replica(SYSTEM);
  }

  /** Saves groups as the API and the command line do. */
  void save(Path file, GroupId... groups) throws IOException {
    try (var writer = BackupWriter.create(file, false)) {
      for (GroupId group : groups) {
        var parts = new SnapshotParts(name, get(any().export(group, PATIENCE)));
        while (parts.hasNext()) {
          writer.write(parts.next());
        }
      }
      writer.finish();
    }
  }

  static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(90, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    new ArrayList<>(running.values()).forEach(node -> get(node.stop()));
    running.clear();
    assertThat(fatal).isEmpty();
  }
}
