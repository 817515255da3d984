package dev.usher.raft;

import static dev.usher.raft.TestNode.recovered;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Figure 7: the follower logs (a) to (f) all become the leader's. */
class Figure7Test {
  private static final long[] LEADER = {1, 1, 1, 4, 4, 5, 5, 6, 6, 6};

  @ParameterizedTest
  @MethodSource("followers")
  void theFollowersLogBecomesTheLeaders(long[] terms) {
    Cluster cluster =
        new Cluster(
            3,
            number ->
                switch (number) {
                  case 1 -> recovered(7, LEADER);
                  case 2 -> recovered(7, terms);
                  default -> recovered(7, LEADER);
                });
    TestNode leader = cluster.node(1);
    leader.receive(3, new Message.TimeoutNow(7));
    cluster.settle();
    cluster.run(100);
    assertThat(leader.status().role()).isEqualTo(Role.LEADER);
    TestNode follower = cluster.node(2);
    assertThat(follower.diskLog).isEqualTo(leader.diskLog);
    assertThat(follower.applied).isEqualTo(leader.diskLog);
  }

  /** One round trip for each term that the follower has too much: two for (f), not seven. */
  @ParameterizedTest
  @MethodSource("followers")
  void fewRefusalsAreNeeded(long[] terms) {
    Cluster cluster =
        new Cluster(3, number -> number == 2 ? recovered(7, terms) : recovered(7, LEADER));
    cluster.node(1).receive(3, new Message.TimeoutNow(7));
    cluster.settle();
    cluster.run(100);
    assertThat(TestNode.messages(cluster.node(2).outputs, Message.AppendRejected.class))
        .hasSizeLessThanOrEqualTo(2);
  }

  static Arguments[] followers() {
    return new Arguments[] {
      follower("a", 1, 1, 1, 4, 4, 5, 5, 6, 6),
      follower("b", 1, 1, 1, 4),
      follower("c", 1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6),
      follower("d", 1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7),
      follower("e", 1, 1, 1, 4, 4, 4, 4),
      follower("f", 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3)
    };
  }

  private static Arguments follower(String name, long... terms) {
    return Arguments.of(Named.of("(" + name + ")", terms));
  }
}
