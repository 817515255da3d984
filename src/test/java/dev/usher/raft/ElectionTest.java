package dev.usher.raft;

import static dev.usher.raft.TestNode.messages;
import static dev.usher.raft.TestNode.n;
import static dev.usher.raft.TestNode.only;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Elections: §5.2, §5.4.1; pre-vote, stickiness and check-quorum: thesis §4.2.3, §6.2, §9.6. */
class ElectionTest {
  @Test
  void aClusterElectsOneLeader() {
    Cluster cluster = new Cluster(3);
    TestNode leader = cluster.awaitLeader();
    assertThat(cluster.nodes)
        .filteredOn(node -> node.status().role() == Role.LEADER)
        .containsExactly(leader);
    assertThat(cluster.nodes)
        .allMatch(node -> node.status().leader().equals(Optional.of(leader.id)));
  }

  @Test
  void aClusterOfOneElectsItselfAndCommits() {
    TestNode alone = new TestNode(TestNode.config(1, 1), Recovered.NOTHING);
    alone.advance(300);
    alone.propose(1, "a");
    assertThat(alone.status()).isEqualTo(new Status(Role.LEADER, 1, Optional.of(n(1)), 2, 2));
  }

  /** §5.2: the timeouts lie in the configured interval and differ from one another. */
  @Test
  void electionTimeoutsAreRandomWithinTheirBounds() {
    var timeouts =
        IntStream.rangeClosed(1, 5)
            .mapToLong(
                number -> {
                  TestNode node = new TestNode(TestNode.config(number, 5), Recovered.NOTHING);
                  long ms = 0;
                  while (node.status().role() == Role.FOLLOWER) {
                    node.advance(1);
                    ms++;
                  }
                  return ms;
                })
            .boxed()
            .collect(Collectors.toSet());
    assertThat(timeouts).hasSizeGreaterThan(2).allMatch(ms -> ms >= 150 && ms < 300);
  }

  /** §5.2: a split vote resolves in a later round. */
  @Test
  void aSplitVoteResolves() {
    Cluster cluster = new Cluster(4);
    for (int number : new int[] {1, 2}) {
      TestNode node = cluster.node(number);
      node.receive(3, new Message.TimeoutNow(0));
    }
    cluster.awaitLeader();
  }

  /** CCF#8094, akka-raft#56: stepping down within a term must not forget the vote given in it. */
  @Test
  void sameTermStepDownKeepsVote() {
    TestNode candidate = TestNode.ofThree().campaign();
    long term = candidate.status().term();
    candidate.receive(2, TestNode.append(term, 0, 0, 0));
    assertThat(candidate.status().role()).isEqualTo(Role.FOLLOWER);
    var answers =
        messages(
            candidate.receive(3, new Message.VoteRequest(term, 9, 9, false)),
            Message.VoteResponse.class);
    assertThat(answers).containsExactly(new Message.VoteResponse(term, false));
    assertThat(candidate.diskState).isEqualTo(new HardState(term, Optional.of(n(1))));
  }

  /** akka-raft#47: the same vote twice is one vote. */
  @Test
  void duplicateVoteResponsesCountOnce() {
    TestNode candidate = new TestNode(TestNode.config(1, 5), Recovered.NOTHING).campaign();
    Message vote = new Message.VoteResponse(candidate.status().term(), true);
    candidate.receive(2, vote);
    candidate.receive(2, vote);
    assertThat(candidate.status().role()).isEqualTo(Role.CANDIDATE);
    candidate.receive(3, vote);
    assertThat(candidate.status().role()).isEqualTo(Role.LEADER);
  }

  /** akka-raft#47: a vote given in an earlier term elects nobody. */
  @Test
  void staleTermVotesIgnored() {
    TestNode candidate = TestNode.ofThree(TestNode.recovered(4, 1, 2)).campaign();
    assertThat(candidate.status().term()).isEqualTo(5);
    candidate.receive(2, new Message.VoteResponse(4, true));
    assertThat(candidate.status().role()).isEqualTo(Role.CANDIDATE);
  }

  /** §5.4.1: the vote goes only to a log that is at least as up-to-date. */
  @Test
  void aShorterOrOlderLogGetsNoVote() {
    assertThat(votes(TestNode.recovered(3, 1, 2, 3), 2, 3)).isFalse();
    assertThat(votes(TestNode.recovered(3, 1, 2, 3), 9, 2)).isFalse();
    assertThat(votes(TestNode.recovered(3, 1, 2, 3), 3, 3)).isTrue();
    assertThat(votes(TestNode.recovered(3, 1, 2, 3), 1, 4)).isTrue();
  }

  /** §5.2: one vote in a term, first come first served; the same candidate may ask again. */
  @Test
  void oneVoteInATerm() {
    TestNode voter = TestNode.ofThree();
    Message request = new Message.VoteRequest(1, 0, 0, false);
    assertThat(granted(voter, 2, request)).isTrue();
    assertThat(granted(voter, 3, request)).isFalse();
    assertThat(granted(voter, 2, request)).isTrue();
  }

  /** §5.1: a stale request is refused with the current term, and the sender steps down. */
  @Test
  void aStaleLeaderLearnsTheNewTermAndStepsDown() {
    TestNode leader = TestNode.ofThree().lead();
    leader.receive(2, new Message.AppendRejected(7, 0, 0, 0, 0));
    assertThat(leader.status().role()).isEqualTo(Role.FOLLOWER);
    assertThat(leader.status().term()).isEqualTo(7);
    var answers =
        messages(leader.receive(3, TestNode.append(6, 0, 0, 0)), Message.AppendRejected.class);
    assertThat(answers).extracting(Message.AppendRejected::term).containsExactly(7L);
  }

  /** Cut off, a leader learns of nobody, so it must stop by itself within an election timeout. */
  @Test
  void aLeaderWithoutAQuorumStepsDown() {
    Cluster cluster = new Cluster(3);
    TestNode leader = cluster.awaitLeader();
    cluster.isolate(leader);
    cluster.run(300);
    assertThat(leader.status().role()).isNotEqualTo(Role.LEADER);
  }

  @Test
  void aLeaderThatHearsAMajorityStays() {
    Cluster cluster = new Cluster(3);
    TestNode leader = cluster.awaitLeader();
    long term = leader.status().term();
    cluster.isolate(cluster.others(leader).getFirst());
    cluster.run(5000);
    assertThat(leader.status().role()).isEqualTo(Role.LEADER);
    assertThat(leader.status().term()).isEqualTo(term);
  }

  /** Thesis §4.2.3: who hears a leader does not let a stranger with a greater term disturb it. */
  @Test
  void aVoterThatHearsALeaderIgnoresVoteRequests() {
    TestNode voter = TestNode.ofThree();
    voter.receive(2, TestNode.append(1, 0, 0, 0));
    assertThat(voter.receive(3, new Message.VoteRequest(9, 9, 9, false))).isEmpty();
    assertThat(voter.status().term()).isEqualTo(1);
    assertThat(preVote(voter, 3, 2, 9, 9)).isFalse();
    voter.nowMs += 150;
    assertThat(preVote(voter, 3, 2, 9, 9)).isTrue();
  }

  /** Thesis §9.6: a node that was cut off comes back without raising the term. */
  @Test
  void aNodeThatComesBackDoesNotDisturb() {
    Cluster cluster = new Cluster(3);
    TestNode leader = cluster.awaitLeader();
    long term = leader.status().term();
    TestNode lost = cluster.others(leader).getFirst();
    cluster.isolate(lost);
    cluster.run(5000);
    assertThat(lost.status().role()).isEqualTo(Role.PRE_CANDIDATE);
    cluster.heal();
    cluster.run(500);
    assertThat(leader.status().role()).isEqualTo(Role.LEADER);
    assertThat(cluster.nodes).allMatch(node -> node.status().term() == term);
  }

  /**
   * Cloudflare, 2020-11-02: one follower does not hear the leader but reaches the others. It must
   * not unseat the leader again and again, and the group goes on committing.
   */
  @Test
  void asymmetricPartitionLiveness() {
    Cluster cluster = new Cluster(3);
    TestNode leader = cluster.awaitLeader();
    TestNode deaf = cluster.others(leader).getFirst();
    long term = leader.status().term();
    cluster.cutOneWay(number(leader), number(deaf));
    cluster.run(3000);
    leader.propose(1, "a");
    cluster.run(100);
    assertThat(leader.status().term()).isEqualTo(term);
    assertThat(leader.status().commitIndex()).isEqualTo(leader.status().lastIndex());
  }

  /** Cloudflare, 2020-11-02: a leader that speaks but does not hear gives way. */
  @Test
  void aLeaderThatHearsNobodyGivesWayToOneThatDoes() {
    Cluster cluster = new Cluster(3);
    TestNode leader = cluster.awaitLeader();
    for (TestNode other : cluster.others(leader)) {
      cluster.cutOneWay(number(other), number(leader));
    }
    cluster.runUntil("another leader", () -> cluster.leader().filter(l -> l != leader).isPresent());
  }

  /** §6: a request may come from a member that this node has not heard of; an answer may not. */
  @Test
  void anAnswerFromAStrangerIsIgnored() {
    TestNode candidate = TestNode.ofThree().campaign();
    assertThat(candidate.receive(9, new Message.VoteResponse(1, true))).isEmpty();
    assertThat(candidate.receive(9, new Message.AppendRejected(9, 0, 0, 0, 0))).isEmpty();
    assertThat(candidate.status().role()).isEqualTo(Role.CANDIDATE);
    assertThat(candidate.status().term()).isEqualTo(1);
  }

  @Test
  void everyChangeOfRoleTermOrLeaderIsSaidOnce() {
    TestNode node = TestNode.ofThree().lead();
    assertThat(only(node.outputs, Output.StateChanged.class))
        .containsExactly(
            new Output.StateChanged(Role.PRE_CANDIDATE, 0, Optional.empty()),
            new Output.StateChanged(Role.CANDIDATE, 1, Optional.empty()),
            new Output.StateChanged(Role.LEADER, 1, Optional.of(n(1))));
  }

  private static boolean votes(Recovered recovered, long lastIndex, long lastTerm) {
    return granted(
        TestNode.ofThree(recovered), 2, new Message.VoteRequest(9, lastIndex, lastTerm, false));
  }

  private static boolean granted(TestNode voter, int from, Message request) {
    return messages(voter.receive(from, request), Message.VoteResponse.class).getFirst().granted();
  }

  private static boolean preVote(
      TestNode voter, int from, long term, long lastIndex, long lastTerm) {
    return messages(
            voter.receive(from, new Message.PreVoteRequest(term, lastIndex, lastTerm)),
            Message.PreVoteResponse.class)
        .getFirst()
        .granted();
  }

  private static int number(TestNode node) {
    return Integer.parseInt(node.id.value().substring(1));
  }
}
