package dev.usher.shards;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.usher.raft.NodeId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real cluster members in one JVM; entities say on which node they live. */
class HomeShardsTest {
  private static final ActorTestKit kit = ActorTestKit.create();
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final EntityTypeKey<WhereAreYou> KEY =
      EntityTypeKey.create(WhereAreYou.class, "test-entity");

  private final List<Member> members = new ArrayList<>();

  record WhereAreYou(ActorRef<Here> replyTo) implements CborSerializable {}

  record Here(String node) implements CborSerializable {}

  @AfterAll
  static void shutdown() {
    kit.shutdownTestKit();
  }

  @AfterEach
  void terminateAll() {
    members.forEach(Member::kill);
    members.forEach(member -> awaitTerminated(member.system));
  }

  @Test
  void anEntityLivesWhereItWasMinted() {
    formCluster(2);

    assertThat(members.get(0).whereIs(members.get(0).shards.mint("b1"))).isEqualTo("node-1");
    assertThat(members.get(1).whereIs(members.get(1).shards.mint("b1"))).isEqualTo("node-2");
    assertThat(members.get(0).whereIs(members.get(1).shards.mint("b2"))).isEqualTo("node-2");
  }

  @Test
  void aDeadNodesEntitiesAreReachedElsewhereAndGoHomeWhenItIsBack() {
    formCluster(3);
    var entity = members.get(0).shards.mint("b1");
    assertThat(members.get(1).whereIs(entity)).isEqualTo("node-1");

    members.get(0).kill();
    awaitTerminated(members.get(0).system);
    awaitWhere(members.get(1), entity, "node-2", "node-3");

    members.set(0, new Member("node-1", members.get(0).port));
    members.get(0).join(members.get(1));
    awaitWhere(members.get(1), entity, "node-1");
  }

  private void formCluster(int count) {
    for (int i = 1; i <= count; i++) {
      members.add(new Member("node-" + i, freePort()));
    }
    for (var member : members) {
      member.join(members.getFirst());
    }
  }

  private static void awaitWhere(Member asker, String entity, String... nodes) {
    kit.createTestProbe()
        .awaitAssert(
            PATIENCE,
            () -> {
              assertThat(asker.whereIs(entity)).isIn((Object[]) nodes);
              return true;
            });
  }

  private static void awaitTerminated(ActorSystem<?> system) {
    try {
      system.getWhenTerminated().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Member {
    private final int port;
    private final ActorSystem<Void> system;
    private final HomeShards<WhereAreYou> shards;

    Member(String node, int port) {
      this.port = port;
      var id = new NodeId(node);
      system =
          ActorSystem.create(
              Behaviors.empty(),
              "usher-cluster",
              ConfigFactory.parseMap(
                      Map.of(
                          "pekko.remote.artery.canonical.hostname",
                          "127.0.0.1",
                          "pekko.remote.artery.canonical.port",
                          port,
                          "pekko.cluster.roles",
                          List.of(HomeShards.roleOf(id)),
                          // Ends as a killed process does: without a word to the others.
                          "pekko.coordinated-shutdown.run-by-actor-system-terminate",
                          "off"))
                  .withFallback(ConfigFactory.parseResources("usher-cluster.conf"))
                  .withFallback(ConfigFactory.defaultReferenceUnresolved())
                  .resolve());
      shards = HomeShards.init(system, KEY, id, entityId -> resident(node));
    }

    private static Behavior<WhereAreYou> resident(String node) {
      return Behaviors.receive(WhereAreYou.class)
          .onMessage(
              WhereAreYou.class,
              question -> {
                question.replyTo().tell(new Here(node));
                return Behaviors.same();
              })
          .build();
    }

    void join(Member first) {
      var cluster = Cluster.get(system);
      cluster.manager().tell(Join.create(Cluster.get(first.system).selfMember().address()));
      kit.createTestProbe()
          .awaitAssert(
              PATIENCE,
              () -> {
                assertThat(cluster.selfMember().status()).isEqualTo(MemberStatus.up());
                return true;
              });
    }

    String whereIs(String entity) {
      try {
        return shards
            .ask(entity, WhereAreYou::new, Duration.ofSeconds(5))
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS)
            .node();
      } catch (Exception e) {
        throw new AssertionError("no answer from " + entity, e);
      }
    }

    void kill() {
      system.terminate();
    }
  }
}
