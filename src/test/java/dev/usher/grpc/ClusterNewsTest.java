package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.api.cluster.v1.ClusterChange;
import dev.usher.api.cluster.v1.ClusterChange.Kind;
import dev.usher.api.cluster.v1.ClusterStatus;
import dev.usher.api.cluster.v1.GroupStatus;
import dev.usher.api.cluster.v1.Node;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class ClusterNewsTest {
  private final AtomicLong nanos = new AtomicLong();
  private final ClusterNews news =
      new ClusterNews(
          new ClusterNews.Rhythm(Duration.ofSeconds(1), Duration.ofSeconds(15)), nanos::get);

  @Test
  void theFirstStatusIsToldWithoutChanges() {
    var told = news.of(status(follower(5, 7))).orElseThrow();
    assertThat(told.getStatus()).isEqualTo(status(follower(5, 7)));
    assertThat(told.getChangesList()).isEmpty();
  }

  @Test
  void aNewLeaderIsToldAtOnce() {
    news.of(status(follower(5, 7)));
    var told = news.of(status(leader(6, 7))).orElseThrow();
    assertThat(told.getChangesList())
        .extracting(ClusterChange::getKind, ClusterChange::getBefore, ClusterChange::getAfter)
        .containsExactly(
            Tuple.tuple(Kind.KIND_ROLE, "follower", "leader"),
            Tuple.tuple(Kind.KIND_LEADER, "nodes/node-2", "nodes/node-1"),
            Tuple.tuple(Kind.KIND_TERM, "5", "6"));
    assertThat(told.getChangesList())
        .extracting(ClusterChange::getNode, ClusterChange::getGroup)
        .containsOnly(Tuple.tuple("nodes/node-1", "groups/system"));
  }

  @Test
  void indexesAloneAreToldOnceASecond() {
    news.of(status(follower(5, 7)));
    pass(Duration.ofMillis(999));
    assertThat(news.of(status(follower(5, 8)))).isEmpty();
    pass(Duration.ofMillis(1));
    assertThat(news.of(status(follower(5, 9)))).isPresent();
    assertThat(news.of(status(follower(5, 10)))).isEmpty();
  }

  @Test
  void growingOlderIsNoNewsButKeepsTheStreamAlive() {
    news.of(status(follower(5, 7).setUptimeSeconds(1)));
    pass(Duration.ofSeconds(14));
    assertThat(news.of(status(follower(5, 7).setUptimeSeconds(15)))).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(news.of(status(follower(5, 7).setUptimeSeconds(16)))).isPresent();
  }

  @Test
  void aNodeThatDoesNotAnswerIsUnreachableAndNothingElse() {
    news.of(status(follower(5, 7)));
    var silent = Node.newBuilder().setName("nodes/node-1");
    assertThat(news.of(status(silent)).orElseThrow().getChangesList())
        .extracting(ClusterChange::getKind, ClusterChange::getAfter)
        .containsExactly(Tuple.tuple(Kind.KIND_REACHABILITY, "unreachable"));
  }

  @Test
  void nodesThatComeAndGoAreTold() {
    var changes =
        ClusterNews.changes(status(follower(5, 7)), status(follower(5, 7).setName("nodes/node-4")));
    assertThat(changes)
        .extracting(ClusterChange::getKind, ClusterChange::getNode, ClusterChange::getAfter)
        .containsExactly(
            Tuple.tuple(Kind.KIND_NODE, "nodes/node-1", ""),
            Tuple.tuple(Kind.KIND_NODE, "nodes/node-4", "known"));
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static ClusterStatus status(Node.Builder node) {
    return ClusterStatus.newBuilder().addNodes(node).build();
  }

  private static Node.Builder follower(long term, long applied) {
    return node(GroupStatus.Role.ROLE_FOLLOWER, "nodes/node-2", term, applied);
  }

  private static Node.Builder leader(long term, long applied) {
    return node(GroupStatus.Role.ROLE_LEADER, "nodes/node-1", term, applied);
  }

  private static Node.Builder node(GroupStatus.Role role, String leader, long term, long applied) {
    return Node.newBuilder()
        .setName("nodes/node-1")
        .setReachable(true)
        .setMembership("Up")
        .addGroups(
            GroupStatus.newBuilder()
                .setGroup("groups/system")
                .setRole(role)
                .setLeader(leader)
                .setTerm(term)
                .setAppliedIndex(applied));
  }
}
