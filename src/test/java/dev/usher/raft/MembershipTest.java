package dev.usher.raft;

import static dev.usher.raft.TestNode.append;
import static dev.usher.raft.TestNode.messages;
import static dev.usher.raft.TestNode.n;
import static dev.usher.raft.TestNode.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.raft.MembershipChange.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Members that come and go: §6, thesis §4. */
class MembershipTest {
  static final Configuration.Identity SOMEBODY = Configuration.Identity.UNKNOWN;

  private static Input add(long id, int node) {
    return new Input.ChangeMembership(id, new MembershipChange.AddLearner(n(node), SOMEBODY));
  }

  private static Input promote(long id, int node) {
    return new Input.ChangeMembership(id, new MembershipChange.Promote(n(node)));
  }

  static Input remove(long id, int node) {
    return new Input.ChangeMembership(id, new MembershipChange.Remove(n(node)));
  }

  private static List<Outcome> outcomes(List<Output> outputs) {
    return only(outputs, Output.MembershipAnswered.class)
        .map(Output.MembershipAnswered::outcome)
        .toList();
  }

  static Entry configuration(long term, long index, Configuration members) {
    return new Entry(
        term, index, TestNode.WALL, Entry.Kind.CONFIGURATION, ConfigurationText.encode(members));
  }

  /** Ongaro, raft-dev 2015: two leaders could each commit a change that the other has not seen. */
  @Test
  void reconfigOnlyAfterCommitInOwnTerm() {
    TestNode leader = TestNode.ofThree().lead();
    assertThat(outcomes(leader.step(add(1, 4)))).containsExactly(Outcome.NOT_READY);
    leader.ack(2, 1);
    assertThat(outcomes(leader.step(add(2, 4)))).isEmpty();
    assertThat(leader.core.configuration().learners()).containsExactly(n(4));
  }

  /** Ongaro 2015, §6: the next change begins when the one before is committed. */
  @Test
  void onlyOneUncommittedConfigChange() {
    TestNode leader = TestNode.ofThree().leadInStep();
    leader.step(add(1, 4));
    assertThat(outcomes(leader.step(remove(2, 3)))).containsExactly(Outcome.BUSY);
    assertThat(outcomes(leader.ack(2, 2))).containsExactly(Outcome.DONE);
    assertThat(outcomes(leader.step(remove(3, 3)))).isEmpty();
    assertThat(leader.core.configuration().isJoint()).isTrue();
    leader.ack(2, 3);
    assertThat(outcomes(leader.step(add(4, 5))))
        .as("the second half")
        .containsExactly(Outcome.BUSY);
  }

  @Test
  void onlyALeaderChangesMembers() {
    assertThat(outcomes(TestNode.ofThree().step(add(1, 4)))).containsExactly(Outcome.NOT_LEADER);
  }

  @Test
  void noChangeDuringATransferNorTheOtherWayRound() {
    TestNode leader = TestNode.ofThree().leadInStep();
    leader.step(new Input.TransferLeadership(Optional.of(n(2))));
    assertThat(outcomes(leader.step(add(1, 4)))).containsExactly(Outcome.BUSY);
  }

  @Test
  void whatMakesNoSenseIsNotPossible() {
    TestNode leader = TestNode.ofThree().leadInStep();
    assertThat(outcomes(leader.step(add(1, 2)))).containsExactly(Outcome.NOT_POSSIBLE);
    assertThat(outcomes(leader.step(promote(2, 2)))).containsExactly(Outcome.NOT_POSSIBLE);
    assertThat(outcomes(leader.step(remove(3, 9)))).containsExactly(Outcome.NOT_POSSIBLE);
    TestNode alone = new TestNode(TestNode.config(1, 1), Recovered.NOTHING).campaign();
    assertThat(outcomes(alone.step(remove(4, 1)))).containsExactly(Outcome.NOT_POSSIBLE);
  }

  /** Thesis §4.2.1: a learner gets everything and decides nothing. */
  @Test
  void aLearnerCountsForNothing() {
    TestNode leader = TestNode.ofThree().leadInStep();
    leader.step(add(1, 4));
    leader.ack(2, 2);
    leader.propose(9, "a");
    leader.ack(4, 3);
    assertThat(leader.status().commitIndex()).isEqualTo(2);
    assertThat(outcomes(leader.step(new Input.TransferLeadership(Optional.of(n(4)))))).isEmpty();
    assertThat(leader.outputs).contains(new Output.TransferAborted());
  }

  @Test
  void aLearnerIsPromotedOnlyWhenItHasCaughtUp() {
    TestNode leader = TestNode.ofThree().leadInStep();
    leader.step(add(1, 4));
    leader.ack(2, 2);
    assertThat(outcomes(leader.step(promote(2, 4)))).containsExactly(Outcome.NOT_CAUGHT_UP);
    leader.ack(4, 2);
    assertThat(outcomes(leader.step(promote(3, 4)))).isEmpty();
    assertThat(leader.core.configuration().isJoint()).isTrue();
  }

  /** §6: while joint, elections and commits need both majorities. */
  @Test
  void aJointConfigurationNeedsBothMajorities() {
    Configuration joint =
        new Configuration(
            new TreeSet<>(List.of(n(1), n(4), n(5))),
            TestNode.ids(3),
            new TreeSet<>(),
            Configuration.of(TestNode.ids(5)).members());
    TestNode leader =
        TestNode.ofThree(
            new Recovered(new HardState(1, Optional.empty()), List.of(configuration(1, 1, joint))));
    leader.advance(300);
    leader.receive(2, new Message.PreVoteResponse(1, 2, true));
    assertThat(leader.status().role()).isEqualTo(Role.PRE_CANDIDATE);
    leader.receive(4, new Message.PreVoteResponse(1, 2, true));
    leader.receive(4, new Message.VoteResponse(2, true));
    leader.receive(5, new Message.VoteResponse(2, true));
    assertThat(leader.status().role()).as("the old half is missing").isEqualTo(Role.CANDIDATE);
    leader.receive(3, new Message.VoteResponse(2, true));
    assertThat(leader.status().role()).isEqualTo(Role.LEADER);
    leader.ack(4, 2);
    leader.ack(5, 2);
    assertThat(leader.status().commitIndex()).isZero();
    leader.ack(2, 2);
    assertThat(leader.status().commitIndex()).isEqualTo(2);
    assertThat(leader.core.configuration().isJoint())
        .as("a new leader ends what the one before began")
        .isFalse();
  }

  /** §6: in effect as soon as it is in the log; taken back when it is truncated. */
  @Test
  void aConfigurationIsInEffectFromTheLogAndIsTakenBack() {
    Configuration four = Configuration.of(TestNode.ids(4));
    TestNode follower = TestNode.ofThree();
    follower.receive(2, append(1, 0, 0, 0, configuration(1, 1, four)));
    assertThat(follower.core.configuration()).isEqualTo(four);
    assertThat(follower.outputs).contains(new Output.ConfigurationChanged(four));
    follower.receive(3, append(2, 0, 0, 0, TestNode.entry(2, 1)));
    assertThat(follower.core.configuration()).isEqualTo(Configuration.of(TestNode.ids(3)));
  }

  /**
   * logcabin#56, §6: it leads on until the group without it has decided so, and not counting
   * itself.
   */
  @Test
  void leaderRemovesItself() {
    TestNode leader = TestNode.ofThree().leadInStep();
    leader.step(remove(1, 1));
    leader.ack(2, 2);
    leader.ack(3, 2);
    assertThat(leader.core.configuration().voters()).containsExactly(n(2), n(3));
    assertThat(leader.status().role()).isEqualTo(Role.LEADER);
    leader.ack(2, 3);
    assertThat(leader.status().commitIndex()).as("its own copy does not count").isEqualTo(2);
    var last = leader.ack(3, 3);
    assertThat(outcomes(last)).containsExactly(Outcome.DONE);
    assertThat(messages(last, Message.TimeoutNow.class)).hasSize(1);
    assertThat(leader.status().role()).isEqualTo(Role.FOLLOWER);
    leader.advance(10_000);
    assertThat(leader.status().role()).as("it campaigns no more").isEqualTo(Role.FOLLOWER);
  }

  /**
   * hashicorp/raft#524, §6: a server that was removed and does not know it must not unseat anybody.
   */
  @Test
  void removedServerCannotDisrupt() {
    Cluster cluster = new Cluster(3);
    TestNode leader = cluster.awaitLeader();
    cluster.run(100);
    TestNode removed = cluster.others(leader).getFirst();
    cluster.isolate(removed);
    leader.step(new Input.ChangeMembership(1, new MembershipChange.Remove(removed.id)));
    cluster.run(1000);
    assertThat(outcomes(leader.outputs)).containsExactly(Outcome.DONE);
    cluster.heal();
    long term = leader.status().term();
    cluster.run(2000);
    assertThat(leader.status().role()).isEqualTo(Role.LEADER);
    assertThat(leader.status().term()).isEqualTo(term);
  }

  @Test
  void whenLeadershipIsLostTheFateOfAChangeIsUnknown() {
    TestNode leader = TestNode.ofThree().leadInStep();
    leader.step(add(1, 4));
    assertThat(outcomes(leader.receive(2, append(5, 0, 0, 0)))).containsExactly(Outcome.UNKNOWN);
  }

  /**
   * §6: a node that has not heard of the members yet takes entries from a leader that it does not
   * know.
   */
  @Test
  void aNewNodeIsToldByALeaderThatItDoesNotKnow() {
    RaftConfig joining = RaftConfig.standard(n(4), new TreeSet<>());
    TestNode fresh = new TestNode(joining, Recovered.NOTHING);
    fresh.advance(10_000);
    assertThat(fresh.status().role()).as("it waits to be added").isEqualTo(Role.FOLLOWER);
    fresh.receive(1, append(1, 0, 0, 0, TestNode.entry(1, 1)));
    assertThat(fresh.diskLog).hasSize(1);
    assertThat(fresh.receive(2, new Message.VoteRequest(2, 9, 9, true)))
        .as("and its vote may be needed before it knows why")
        .isNotEmpty();
    assertThat(messages(fresh.outputs, Message.VoteResponse.class))
        .containsExactly(new Message.VoteResponse(2, true));
  }
}
