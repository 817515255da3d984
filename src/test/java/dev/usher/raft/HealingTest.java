package dev.usher.raft;

import static dev.usher.raft.TestNode.append;
import static dev.usher.raft.TestNode.entry;
import static dev.usher.raft.TestNode.messages;
import static dev.usher.raft.TestNode.n;
import static dev.usher.raft.TestNode.only;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A damaged log under the leader that it had before, which may have nothing to write for weeks. */
class HealingTest {
  /** Entry 1 is left of a log of nobody knows what length; n2 has led in term 2 all along. */
  private static TestNode damaged() {
    return damagedUntil(Long.MAX_VALUE);
  }

  private static TestNode damagedUntil(long index) {
    return TestNode.ofThree(
        new Recovered(
            new HardState(2, Optional.of(n(2))),
            Optional.empty(),
            TestNode.log(1),
            OptionalLong.of(index)));
  }

  private static void heartbeat(TestNode node, long term, long prevIndex, long prevTerm) {
    node.receive(2, append(term, prevIndex, prevTerm, 0));
  }

  private static boolean hasHealed(TestNode node) {
    return only(node.outputs, Output.LogHealed.class).count() == 1;
  }

  private static Message.LogEndRequest question(TestNode node) {
    return messages(node.outputs, Message.LogEndRequest.class).getLast();
  }

  private static void answer(TestNode node, long term, long ticket, long lastIndex) {
    node.receive(2, new Message.LogEndResponse(term, ticket, lastIndex));
  }

  @Test
  void aDamagedLogHealsInAnIdleGroupUnderTheSameLeader() {
    Cluster cluster = new Cluster(3);
    TestNode leader = cluster.awaitLeader();
    leader.propose(1, "a");
    leader.propose(2, "b");
    cluster.run(500);
    TestNode victim = cluster.others(leader).getFirst();
    long term = leader.status().term();
    cluster.crash(victim);
    victim.diskLog.subList(1, victim.diskLog.size()).clear();
    victim.damagedUntil = OptionalLong.of(Long.MAX_VALUE);
    cluster.restart(victim);

    cluster.runUntil("the log is healed", () -> victim.damagedUntil.isEmpty());

    assertThat(leader.status().role()).isEqualTo(Role.LEADER);
    assertThat(leader.status().term()).as("no election was needed").isEqualTo(term);
    assertThat(victim.diskLog).isEqualTo(leader.diskLog);
    cluster.crash(leader);
    cluster.runUntil("the two that are left elect one", () -> cluster.leader().isPresent());
  }

  /** A lost question or answer costs one heartbeat; an answer ends the asking. */
  @Test
  void itAsksAtEachHeartbeatUntilItIsAnswered() {
    TestNode node = damaged();
    heartbeat(node, 2, 3, 1);
    heartbeat(node, 2, 3, 1);
    assertThat(messages(node.outputs, Message.LogEndRequest.class)).hasSize(2);
    answer(node, 2, question(node).ticket(), 3);
    heartbeat(node, 2, 3, 1);
    assertThat(messages(node.outputs, Message.LogEndRequest.class)).hasSize(2);
  }

  @Test
  void anIntactLogAsksNothing() {
    TestNode node = TestNode.ofThree(TestNode.recovered(2, 1));
    heartbeat(node, 2, 1, 1);
    assertThat(messages(node.outputs, Message.LogEndRequest.class)).isEmpty();
  }

  @Test
  void itIsNotHealedBeforeItsDiskEqualsTheLeadersLogUpToTheAnswer() {
    TestNode node = damaged();
    heartbeat(node, 2, 3, 1);
    answer(node, 2, question(node).ticket(), 3);
    node.receive(2, append(2, 1, 1, 0, entry(1, 2)));
    assertThat(hasHealed(node)).isFalse();
    node.diskWorks = false;
    node.receive(2, append(2, 2, 1, 0, entry(2, 3)));
    assertThat(hasHealed(node)).as("not on the disk yet").isFalse();
    node.persistAll();
    assertThat(hasHealed(node)).isTrue();
  }

  /** What it holds beyond what was compared may be another leader's. */
  @Test
  void whatWasNotComparedWithTheLeaderDoesNotCount() {
    TestNode node =
        TestNode.ofThree(
            new Recovered(
                new HardState(2, Optional.of(n(2))),
                Optional.empty(),
                TestNode.log(1, 1, 1),
                OptionalLong.of(9)));
    heartbeat(node, 2, 2, 1);
    answer(node, 2, question(node).ticket(), 3);
    heartbeat(node, 2, 2, 1);
    assertThat(hasHealed(node)).isFalse();
    heartbeat(node, 2, 3, 1);
    assertThat(hasHealed(node)).isTrue();
  }

  /** The damage ends where it is known to end, however much the leader has written since. */
  @Test
  void anAnswerNeverMovesTheEndOfTheDamageOn() {
    TestNode node = damagedUntil(2);
    heartbeat(node, 2, 3, 1);
    answer(node, 2, question(node).ticket(), 50);
    node.receive(2, append(2, 1, 1, 0, entry(2, 2)));
    assertThat(hasHealed(node)).isTrue();
  }

  /** The life before may have acknowledged more after that answer was given, and lost it again. */
  @Test
  void anAnswerForAnEarlierLifeHealsNothing() {
    TestNode node = damaged();
    heartbeat(node, 2, 3, 1);
    long earlier = question(node).ticket();
    node.restart();
    node.outputs.clear();
    heartbeat(node, 2, 3, 1);
    assertThat(question(node).ticket()).isNotEqualTo(earlier);
    answer(node, 2, earlier, 1);
    heartbeat(node, 2, 1, 1);
    assertThat(hasHealed(node)).isFalse();
    answer(node, 2, question(node).ticket(), 1);
    heartbeat(node, 2, 1, 1);
    assertThat(hasHealed(node)).isTrue();
  }

  /** The next term has another leader and another log, which heals by its first entry (§5.4.3). */
  @Test
  void anAnswerOfAnOlderTermHealsNothing() {
    TestNode node = damaged();
    heartbeat(node, 2, 3, 1);
    long ticket = question(node).ticket();
    node.outputs.clear();
    heartbeat(node, 3, 1, 1);
    answer(node, 2, ticket, 1);
    heartbeat(node, 3, 1, 1);
    assertThat(hasHealed(node)).isFalse();
    assertThat(messages(node.outputs, Message.LogEndRequest.class)).isEmpty();
    node.receive(2, append(3, 1, 1, 0, entry(3, 2)));
    assertThat(hasHealed(node)).isTrue();
  }

  /** An acknowledgement that is still on its way may commit it, so the commit index is too low. */
  @Test
  void aLeaderTellsTheEndOfItsLogCommittedOrNot() {
    TestNode leader = TestNode.ofThree().lead();
    leader.propose(1, "a");
    long last = leader.status().lastIndex();
    leader.receive(3, new Message.LogEndRequest(leader.status().term(), 77));
    assertThat(leader.status().commitIndex()).isLessThan(last);
    assertThat(messages(leader.outputs, Message.LogEndResponse.class))
        .containsExactly(new Message.LogEndResponse(leader.status().term(), 77, last));
  }

  @Test
  void onlyTheLeaderOfTheTermAnswers() {
    TestNode node = TestNode.ofThree(TestNode.recovered(2, 1));
    node.receive(3, new Message.LogEndRequest(2, 77));
    node.advance(node.config.electionTimeoutMaxMs());
    node.receive(3, new Message.LogEndRequest(2, 77));
    node.campaign().lead();
    node.receive(3, new Message.LogEndRequest(2, 77));
    assertThat(messages(node.outputs, Message.LogEndResponse.class)).isEmpty();
  }

  /** Until it is healed it promises nothing: the answer alone is not what was lost. */
  @Test
  void itVotesForNobodyBetweenTheAnswerAndTheHealing() {
    TestNode node = damaged();
    heartbeat(node, 2, 3, 1);
    answer(node, 2, question(node).ticket(), 3);
    node.receive(3, new Message.VoteRequest(3, 99, 99, true));
    assertThat(messages(node.outputs, Message.VoteResponse.class))
        .noneMatch(Message.VoteResponse::granted);
  }
}
