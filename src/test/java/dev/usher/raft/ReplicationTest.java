package dev.usher.raft;

import static dev.usher.raft.TestNode.append;
import static dev.usher.raft.TestNode.entry;
import static dev.usher.raft.TestNode.log;
import static dev.usher.raft.TestNode.messages;
import static dev.usher.raft.TestNode.n;
import static dev.usher.raft.TestNode.only;
import static dev.usher.raft.TestNode.recovered;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Log replication, §5.3. */
class ReplicationTest {
  /** akka-raft#66: a request that is late and short says nothing about what follows it. */
  @Test
  void delayedShorterAppendMustNotTruncate() {
    TestNode follower = TestNode.ofThree();
    follower.receive(2, append(1, 0, 0, 0, entry(1, 1), entry(1, 2), entry(1, 3)));
    follower.receive(2, append(1, 0, 0, 0, entry(1, 1)));
    assertThat(follower.diskLog).isEqualTo(log(1, 1, 1));
  }

  /** §5.3: a real conflict of terms cuts off what conflicts and all that follows, no more. */
  @Test
  void aConflictTruncatesFromItsPlaceOn() {
    TestNode follower = TestNode.ofThree(recovered(2, 1, 1, 2, 2));
    follower.receive(2, append(3, 1, 1, 0, entry(1, 2), entry(3, 3)));
    assertThat(follower.diskLog).isEqualTo(log(1, 1, 3));
  }

  /** §5.3: one round trip for each conflicting term, not for each entry. */
  @Test
  void aRefusalSkipsAWholeTerm() {
    TestNode follower = TestNode.ofThree(recovered(9, 1, 1, 4, 4, 4, 4, 4));
    assertThat(refusal(follower, append(9, 7, 6, 0))).isEqualTo(hint(9, 7, 6, 4));
    assertThat(refusal(follower, append(9, 6, 3, 0))).isEqualTo(hint(9, 6, 2, 1));
    assertThat(refusal(follower, append(9, 20, 9, 0))).isEqualTo(hint(9, 20, 7, 4));
  }

  @Test
  void aLeaderProbesAtTheHint() {
    TestNode leader = TestNode.ofThree(recovered(6, 1, 1, 4, 4, 6, 6)).lead();
    var probe =
        messages(leader.receive(2, hint(7, 6, 6, 5)), Message.AppendRequest.class).getFirst();
    assertThat(probe.prevIndex()).isEqualTo(4);
    assertThat(probe.prevTerm()).isEqualTo(4);
  }

  /** CCF, RATIS-2135: a late refusal cannot take back what the follower has confirmed. */
  @Test
  void rejectHintCannotMoveBelowMatch() {
    TestNode leader = TestNode.ofThree(recovered(1, 1, 1, 1)).leadInStep();
    assertThat(leader.receive(2, hint(2, 3, 0, 0))).isEmpty();
    leader.receive(2, hint(2, 9, 0, 0));
    leader.outbox.clear();
    leader.advance(50);
    assertThat(sentTo(leader, 2)).extracting(Message.AppendRequest::prevIndex).containsOnly(4L);
  }

  /** RATIS-2135: answers overtake each other; the match index only grows. */
  @Test
  void lateResponseDoesNotRegressMatch() {
    TestNode leader = TestNode.ofThree().leadInStep();
    leader.propose(1, "a");
    leader.propose(2, "b");
    leader.ack(2, 3);
    leader.ack(2, 1);
    leader.ack(2, 0);
    assertThat(leader.status().commitIndex()).isEqualTo(3);
    var next = messages(leader.propose(3, "c"), Message.AppendRequest.class);
    assertThat(next).extracting(Message.AppendRequest::prevIndex).containsOnly(3L);
  }

  /** CCF: a refusal is no acknowledgement, whatever index it names. */
  @Test
  void nackNeverAdvancesCommit() {
    TestNode leader = TestNode.ofThree().lead();
    long last = leader.status().lastIndex();
    leader.receive(2, new Message.AppendRejected(1, last, last, 1, 0));
    leader.receive(3, new Message.AppendRejected(1, last, last, 1, 0));
    assertThat(leader.status().commitIndex()).isZero();
  }

  @Test
  void requestsFollowEachOtherWithoutWaitingUpToTheWindow() {
    TestNode leader = TestNode.ofThree().leadInStep();
    for (int i = 0; i < 20; i++) {
      leader.propose(i, "x");
    }
    assertThat(sentTo(leader, 2)).hasSize(leader.config.maxInFlightAppends());
  }

  @Test
  void whatCameMeanwhileGoesOutTogether() {
    TestNode leader = TestNode.ofThree().leadInStep();
    for (int i = 0; i < 40; i++) {
      leader.propose(i, "x");
    }
    leader.outbox.clear();
    leader.ack(2, 2);
    assertThat(sentTo(leader, 2)).hasSize(1);
    assertThat(sentTo(leader, 2).getFirst().entries()).hasSize(40 - 16);
  }

  /** A lost request is noticed by the next heartbeat, whose place the follower does not have. */
  @Test
  void lostEntriesAreSentAgain() {
    Cluster cluster = new Cluster(3);
    TestNode leader = cluster.awaitLeader();
    cluster.run(100);
    leader.propose(1, "a");
    leader.outbox.clear();
    cluster.run(100);
    assertThat(cluster.nodes).allMatch(node -> node.status().commitIndex() == 2);
  }

  /** One more message and its answer for every commit would be half of all messages. */
  @Test
  void theNextEntriesTellTheCommitIndex() {
    TestNode leader = TestNode.ofThree().leadInStep();
    leader.propose(1, "a");
    assertThat(messages(leader.ack(2, 2), Message.AppendRequest.class)).isEmpty();
    assertThat(messages(leader.propose(2, "b"), Message.AppendRequest.class))
        .hasSize(2)
        .allMatch(request -> request.leaderCommit() == 2);
  }

  @Test
  void anIdleFollowerLearnsTheCommitIndexWithTheNextTick() {
    TestNode leader = TestNode.ofThree().leadInStep();
    leader.propose(1, "a");
    leader.ack(2, 2);
    leader.outbox.clear();
    leader.advance(1);
    assertThat(sentTo(leader, 2)).containsExactly(append(1, 2, 1, 2));
    assertThat(sentTo(leader, 3)).as("its entries are on their way").isEmpty();
    leader.outbox.clear();
    leader.advance(1);
    assertThat(leader.outbox).as("it is told once").isEmpty();
  }

  @Test
  void tooMuchInFlightIsOverloaded() {
    RaftConfig small =
        new RaftConfig(n(1), TestNode.ids(3), 50, 150, 300, 2, 10, 1024, 1 << 20, 16);
    TestNode leader = new TestNode(small, Recovered.NOTHING).leadInStep();
    leader.propose(1, "1234567");
    assertThat(leader.propose(2, "123456")).containsExactly(overloaded(2));
    leader.propose(3, "123");
    assertThat(leader.propose(4, "")).containsExactly(overloaded(4));
    leader.ack(2, leader.status().lastIndex());
    assertThat(only(leader.propose(5, "larger than ten bytes"), Output.ProposalAccepted.class))
        .hasSize(1);
  }

  @Test
  void proposalsThatComeTogetherShareOneWriteAndOneRequest() {
    TestNode leader = TestNode.ofThree().leadInStep();
    List<Output> outputs =
        leader.step(
            new Input.ProposeAll(
                List.of(
                    new Input.Propose(1, TestNode.payload("a")),
                    new Input.Propose(2, TestNode.payload("b")),
                    new Input.Propose(3, TestNode.payload("c")))));
    assertThat(only(outputs, Output.ProposalAccepted.class))
        .extracting(Output.ProposalAccepted::proposalId)
        .containsExactly(1L, 2L, 3L);
    assertThat(only(outputs, Output.Persist.class))
        .singleElement()
        .satisfies(persist -> assertThat(persist.entries()).hasSize(3));
    assertThat(only(outputs, Output.Send.class)).hasSize(2);
  }

  @Test
  void aFollowerRefusesProposals() {
    assertThat(TestNode.ofThree().propose(1, "a"))
        .containsExactly(new Output.ProposalRejected(1, Output.RejectReason.NOT_LEADER));
  }

  @Test
  void logTimeNeverDecreases() {
    TestNode leader = TestNode.ofThree().leadInStep();
    leader.propose(1, "a");
    leader.wallSkewMs = -60_000;
    leader.propose(2, "b");
    leader.wallSkewMs = 60_000;
    leader.propose(3, "c");
    List<Long> times = leader.diskLog.stream().map(Entry::timeMs).toList();
    assertThat(times).isSorted();
    assertThat(times.get(2)).isEqualTo(times.get(1));
    assertThat(times.get(3)).isEqualTo(times.get(1) + 60_000);
  }

  private static List<Message.AppendRequest> sentTo(TestNode leader, int to) {
    return messages(
        leader.outbox.stream()
            .filter(send -> send.to().equals(n(to)))
            .map(Output.class::cast)
            .toList(),
        Message.AppendRequest.class);
  }

  private static Output overloaded(long id) {
    return new Output.ProposalRejected(id, Output.RejectReason.OVERLOADED);
  }

  private static Message.AppendRejected hint(long term, long prev, long index, long hintTerm) {
    return new Message.AppendRejected(term, prev, index, hintTerm, 0);
  }

  private static Message.AppendRejected refusal(TestNode follower, Message request) {
    return messages(follower.receive(2, request), Message.AppendRejected.class).getFirst();
  }
}
