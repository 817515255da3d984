package dev.usher.node.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.raft.NodeId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.pekko.actor.setup.Setup;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Three clustered systems in one JVM; who leads the system group is said by the test. */
class ClusteredSystemTest {
  private static final ActorTestKit kit = ActorTestKit.create();
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final List<Node> nodes = new ArrayList<>();
  private volatile int leader;

  @AfterAll
  static void shutdown() {
    kit.shutdownTestKit();
  }

  @AfterEach
  void stopAll() throws Exception {
    for (var node : nodes) {
      node.clustered.stop().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void withoutALeaderOfTheSystemGroupNobodyFormsACluster() {
    leader = -1;
    startNodes(2);

    var probe = kit.createTestProbe();
    probe.awaitAssert(PATIENCE, () -> assertAsked(nodes.get(0), 3));

    assertThat(nodes.get(0).clustered.address()).isEmpty();
    assertThat(nodes.get(1).clustered.membership()).isNotEqualTo("UP");
  }

  @Test
  void threeNodesFormOneClusterWithoutSeeds() {
    leader = 1;
    startNodes(3);

    awaitOneCluster();
  }

  @Test
  void aDownedNodeIsStartedAnewInsideTheProcessAndComesBack() {
    leader = 0;
    startNodes(3);
    awaitOneCluster();
    var before = nodes.get(2).system().orElseThrow();

    var cluster = Cluster.get(nodes.get(0).system().orElseThrow());
    cluster.manager().tell(new Down(Cluster.get(before).selfMember().address()));

    kit.createTestProbe()
        .awaitAssert(
            PATIENCE,
            () -> {
              assertThat(nodes.get(2).system()).isPresent();
              assertThat(nodes.get(2).system().orElseThrow()).isNotSameAs(before);
              return true;
            });
    awaitOneCluster();
  }

  @Test
  void theNodeThatFormedTheClusterJoinsItWhenItIsRestarted() throws Exception {
    leader = 0;
    startNodes(3);
    awaitOneCluster();

    // It still leads when it is back: that must not make it form a second cluster.
    nodes.get(0).clustered.stop().toCompletableFuture().get(20, TimeUnit.SECONDS);
    nodes.set(0, new Node(0, nodes.get(0).port));
    nodes.get(0).clustered.start(kit.system());

    awaitOneCluster();
  }

  @Test
  void aNodeThatFormedAloneJoinsTheOthersWhenItMeetsThem() {
    leader = 0;
    startNodes(3, 0);
    awaitUp(nodes.get(0));
    nodes.get(0).cutOff = true;
    leader = 1;
    nodes.get(1).clustered.start(kit.system());
    nodes.get(2).clustered.start(kit.system());
    awaitUp(nodes.get(1));
    awaitUp(nodes.get(2));

    nodes.get(0).cutOff = false;

    awaitOneCluster();
  }

  @Test
  void whoIsNoMemberOfTheGroupsKeepsAwayLeavesAndComesBackWhenItIsAddedAgain() {
    leader = 0;
    startNodes(3, 0, 1);
    nodes.get(2).belongs = false;
    nodes.get(2).clustered.start(kit.system());
    awaitUp(nodes.get(0));
    awaitUp(nodes.get(1));
    assertThat(nodes.get(2).clustered.membership()).isEqualTo("APART");
    nodes.get(2).belongs = true;
    awaitOneCluster();

    nodes.get(1).belongs = false;
    kit.createTestProbe()
        .awaitAssert(
            PATIENCE,
            () -> {
              assertThat(nodes.get(1).clustered.membership()).isEqualTo("APART");
              assertThat(nodes.get(0).members()).hasSize(2);
              return true;
            });

    nodes.get(1).belongs = true;
    awaitOneCluster();
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var node = new Node(0, taken.getLocalPort());

      assertThatThrownBy(() -> node.clustered.start(kit.system()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
    }
  }

  private void startNodes(int count) {
    startNodes(count, IntStream.range(0, count).toArray());
  }

  private void startNodes(int count, int... started) {
    for (int i = 0; i < count; i++) {
      nodes.add(new Node(i, freePort()));
    }
    for (int i : started) {
      nodes.get(i).clustered.start(kit.system());
    }
  }

  private void awaitUp(Node node) {
    kit.createTestProbe()
        .awaitAssert(
            PATIENCE,
            () -> {
              assertThat(node.clustered.isUp()).isTrue();
              return true;
            });
  }

  private void awaitOneCluster() {
    kit.createTestProbe()
        .awaitAssert(
            PATIENCE,
            () -> {
              for (var node : nodes) {
                assertThat(node.members()).hasSize(nodes.size());
              }
              return true;
            });
  }

  private static boolean assertAsked(Node node, int times) {
    assertThat(node.asked.get()).isGreaterThanOrEqualTo(times);
    return true;
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Node implements Peers {
    private final int index;
    private final int port;
    private final ClusteredSystem clustered;
    private final Supplier<Optional<ActorSystem<?>>> system;
    private volatile boolean cutOff;
    private volatile boolean belongs = true;
    private final AtomicInteger asked = new AtomicInteger();

    Node(int index, int port) {
      this.index = index;
      this.port = port;
      var settings =
          new ClusterSettings(
              new NodeId("node-" + (index + 1)), "127.0.0.1", port, "usher.journal");
      clustered =
          new ClusteredSystem(
              settings,
              this,
              () -> {
                throw new AssertionError("gave up");
              },
              new Setup() {});
      system = clustered.register(started -> started);
    }

    Optional<ActorSystem<?>> system() {
      return system.get();
    }

    Set<String> members() {
      Set<String> addresses = new HashSet<>();
      system()
          .ifPresent(
              up ->
                  Cluster.get(up)
                      .state()
                      .getMembers()
                      .forEach(member -> addresses.add(member.address().toString())));
      return addresses;
    }

    @Override
    public CompletionStage<List<String>> clusterAddresses() {
      asked.incrementAndGet();
      return CompletableFuture.completedFuture(
          nodes.stream()
              .filter(other -> other != this && !other.cutOff && !cutOff)
              .flatMap(other -> other.clustered.address().stream())
              .toList());
    }

    @Override
    public boolean belongs() {
      return belongs;
    }

    @Override
    public int count() {
      return nodes.size();
    }

    @Override
    public boolean leads() {
      return leader == index;
    }

    @Override
    public CompletionStage<Boolean> leadershipConfirmed() {
      return CompletableFuture.completedFuture(leads());
    }
  }
}
