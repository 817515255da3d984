package dev.usher.replica;

import static dev.usher.replica.TestCluster.ALL;
import static dev.usher.replica.TestCluster.GROUP;
import static dev.usher.replica.TestCluster.PATIENCE;
import static dev.usher.replica.TestCluster.get;
import static dev.usher.replica.TestCluster.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.usher.cli.local.FreshLayout;
import dev.usher.raft.NodeId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three whole nodes, each with an actor system of its own, over gRPC on loopback ports. */
class ReplicaNodeTest {
  private static final Config CONFIG =
      ConfigFactory.parseString(TestCluster.CONFIGURATION).withFallback(ConfigFactory.load());
  private static final ActorTestKit KIT = ActorTestKit.create(CONFIG);

  private record Running(ActorSystem<Void> system, ReplicaNode node) {}

  @TempDir Path directory;
  private final SortedMap<NodeId, MemberAddress> peers = new TreeMap<>();
  private final Map<NodeId, Running> running = new ConcurrentHashMap<>();
  private final TestProbe<Object> probe = KIT.createTestProbe();

  @BeforeEach
  void startNodes() throws IOException {
    var ports = FreshLayout.freePorts(ALL.size()).iterator();
    for (NodeId node : ALL) {
      peers.put(node, new MemberAddress(new PeerAddress("127.0.0.1", ports.next()), ""));
    }
    ALL.forEach(this::start);
  }

  @AfterEach
  void killNodes() {
    List.copyOf(running.keySet()).forEach(this::kill);
  }

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  @Test
  void aKilledLeaderIsReplacedAndCatchesUpWhenItReturns() {
    propose(TestCluster.TWO, "k1", "before");
    NodeId leader = awaitLeader();
    kill(leader);

    propose(without(leader)[0], "k2", "during");
    start(leader);

    await(() -> ledger(leader).equals(List.of("before", "during")));
    propose(leader, "k3", "after");
    ALL.forEach(node -> await(() -> ledger(node).equals(List.of("before", "during", "after"))));
  }

  @Test
  void everyNodeKnowsTheStatusOfAllAndLeadershipCanBeMovedFromAny() {
    NodeId leader = awaitLeader();
    NodeId target = without(leader)[0];
    NodeId asked = without(leader)[1];
    await(
        () -> get(node(asked).statusOfAll()).stream().allMatch(peer -> peer.status().isPresent()));

    // One that takes longer than an election timeout is given up, and asked for again.
    await(
        () ->
            replica(asked).leader().equals(Optional.of(target))
                || get(node(asked).transferLeadership(GROUP.id(), Optional.of(target)))
                    == TransferResult.DONE);
    await(() -> replica(asked).leader().equals(Optional.of(target)));
  }

  @Test
  void aStoppedNodeFreesItsDirectoryAndPort() {
    awaitLeader();
    Running stopping = running.get(TestCluster.ONE);
    assertThat(stopping).isNotNull();

    get(stopping.node().stop());
    ReplicaNode again = get(begin(stopping.system(), TestCluster.ONE, directory));

    assertThat(get(again.status()).node()).isEqualTo(TestCluster.ONE);
  }

  @Test
  void aBusyPeerPortIsNamedAndNothingIsLeftRunning() throws IOException {
    kill(TestCluster.ONE);
    PeerAddress own = Objects.requireNonNull(peers.get(TestCluster.ONE)).peers();
    ActorSystem<Void> system = system(TestCluster.ONE);
    try (ServerSocket busy = new ServerSocket(own.port(), 1, InetAddress.getByName(own.host()))) {
      assertThatThrownBy(() -> get(begin(system, TestCluster.ONE, directory)))
          .hasMessageContaining("cannot listen for peers on " + own);
      assertThat(busy.isBound()).isTrue();
    }

    // The log's lock was given back.
    running.put(
        TestCluster.ONE, new Running(system, get(begin(system, TestCluster.ONE, directory))));
  }

  private void start(NodeId node) {
    ActorSystem<Void> system = system(node);
    running.put(node, new Running(system, get(begin(system, node, directory))));
  }

  private static ActorSystem<Void> system(NodeId node) {
    return ActorSystem.create(Behaviors.empty(), node.value(), CONFIG);
  }

  private CompletionStage<ReplicaNode> begin(ActorSystem<?> system, NodeId node, Path logs) {
    return ReplicaNode.start(
        system,
        new ReplicaSettings(
            "test",
            TestCluster.config(node),
            peers,
            "127.0.0.1",
            logs.resolve(node.value()),
            8 << 20),
        List.of(GROUP),
        () -> NodeFacts.NONE,
        fatal -> system.log().error("fatal", fatal));
  }

  /** No goodbye: everything of the node goes at once. */
  private void kill(NodeId node) {
    Running dying = running.remove(node);
    if (dying != null) {
      dying.system().terminate();
      get(dying.system().getWhenTerminated());
    }
  }

  private ReplicaNode node(NodeId node) {
    Running found = running.get(node);
    if (found == null) {
      throw new AssertionError(node + " does not run");
    }
    return found.node();
  }

  private Replica<List<String>> replica(NodeId node) {
    return node(node).replica(GROUP);
  }

  private void propose(NodeId node, String requestKey, String line) {
    assertThat(get(replica(node).propose(Ledger.proposal(requestKey, line), PATIENCE)))
        .isInstanceOf(Outcome.Done.class);
  }

  private List<String> ledger(NodeId node) {
    return get(replica(node).readStale(List::copyOf));
  }

  private NodeId awaitLeader() {
    await(() -> replica(TestCluster.ONE).leader().filter(this::leads).isPresent());
    return replica(TestCluster.ONE).leader().orElseThrow();
  }

  private boolean leads(NodeId node) {
    return replica(node).isLeader();
  }

  private void await(BooleanSupplier condition) {
    probe.awaitAssert(
        PATIENCE,
        () -> {
          assertThat(condition.getAsBoolean()).isTrue();
          return Done.getInstance();
        });
  }
}
