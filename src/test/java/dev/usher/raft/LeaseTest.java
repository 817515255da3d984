package dev.usher.raft;

import static dev.usher.raft.TestNode.append;
import static dev.usher.raft.TestNode.messages;
import static dev.usher.raft.TestNode.n;
import static dev.usher.raft.TestNode.only;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Reads on the word of a majority that votes for nobody for a while, thesis §6.4.1. */
class LeaseTest {
  private static final RaftConfig LEASE = TestNode.config(1, 3).withLease(10);

  /** A leader whose heartbeat of this moment a majority has answered. */
  private static TestNode leader() {
    TestNode leader = new TestNode(LEASE, Recovered.NOTHING).leadInStep();
    confirm(leader);
    return leader;
  }

  /** Sends a heartbeat 50 ms from now; the answer comes at once. */
  private static void confirm(TestNode leader) {
    var sent = messages(leader.advance(50), Message.AppendRequest.class);
    leader.ack(n(2), leader.status().lastIndex(), sent.getLast().readRound());
  }

  private static List<Output> read(TestNode leader) {
    return leader.step(new Input.Read(1));
  }

  @Test
  void underALeaseAReadIsReadyAtOnce() {
    TestNode leader = leader();
    assertThat(read(leader)).containsExactly(new Output.ReadReady(1, 1));
    assertThat(leader.receive(2, new Message.ReadIndexRequest(1, 7)))
        .containsExactly(new Output.Send(n(2), new Message.ReadIndexGranted(1, 7, 1)));
  }

  /** It would wait until it has applied what it does not know to be committed. */
  @Test
  void whoeverAsksForAReadIsToldTheCommitIndexFirst() {
    TestNode leader = leader();
    leader.propose(1, "a");
    leader.ack(2, 2);
    var answers = leader.receive(2, new Message.ReadIndexRequest(1, 7));
    assertThat(answers)
        .hasSize(2)
        .endsWith(new Output.Send(n(2), new Message.ReadIndexGranted(1, 7, 2)));
    assertThat(messages(answers, Message.AppendRequest.class))
        .singleElement()
        .matches(told -> told.entries().isEmpty() && told.leaderCommit() == 2);
    assertThat(leader.receive(2, new Message.ReadIndexRequest(1, 8)))
        .as("it is told once")
        .containsExactly(new Output.Send(n(2), new Message.ReadIndexGranted(1, 8, 2)));
  }

  /** sofa-jraft#34: a pause must not carry a lease over; the clock is read before it is used. */
  @Test
  void leaseExpiresOnPausedLeader() {
    TestNode leader = leader();
    leader.nowMs += LEASE.leaseMs() - 1;
    assertThat(only(read(leader), Output.ReadReady.class)).hasSize(1);
    leader.nowMs += 1;
    assertThat(only(read(leader), Output.ReadReady.class)).isEmpty();
  }

  /** The followers' promise began when they heard the leader, which is after it spoke. */
  @Test
  void aLeaseCountsFromWhenItWasAskedFor() {
    TestNode leader = new TestNode(LEASE, Recovered.NOTHING).leadInStep();
    long round = messages(leader.advance(50), Message.AppendRequest.class).getLast().readRound();
    leader.nowMs += LEASE.leaseMs();
    leader.ack(n(2), 1, round);
    assertThat(only(read(leader), Output.ReadReady.class)).isEmpty();
  }

  /** Its target is voted for at once, perhaps much later: the message may be under way still. */
  @Test
  void aTransferEndsLeasesForTheTerm() {
    TestNode leader = leader();
    leader.ack(2, 1);
    leader.step(new Input.TransferLeadership(Optional.of(n(2))));
    assertThat(only(read(leader), Output.ReadReady.class)).isEmpty();
    for (int i = 0; i < 8; i++) {
      confirm(leader);
    }
    assertThat(leader.outputs).contains(new Output.TransferAborted());
    leader.outputs.clear();
    assertThat(only(read(leader), Output.ReadReady.class)).isEmpty();
  }

  /** A newer term that was heard of does not undo the promise to the leader of the older one. */
  @Test
  void aNewerTermDoesNotEndThePromise() {
    TestNode voter = new TestNode(LEASE, Recovered.NOTHING);
    voter.receive(2, append(1, 0, 0, 0));
    voter.receive(3, new Message.AppendRejected(2, 0, 0, 0, 0));
    assertThat(voter.status().term()).isEqualTo(2);
    voter.receive(3, new Message.VoteRequest(2, 9, 9, false));
    voter.receive(3, new Message.VoteRequest(3, 9, 9, false));
    assertThat(messages(voter.outputs, Message.VoteResponse.class))
        .noneMatch(Message.VoteResponse::granted);
    voter.advance(150);
    voter.receive(3, new Message.VoteRequest(3, 9, 9, false));
    assertThat(messages(voter.outputs, Message.VoteResponse.class))
        .contains(new Message.VoteResponse(3, true));
  }

  /** A restart forgets to whom the promise was given, so it waits as long as one lasts. */
  @Test
  void aRestartedVoterKeepsThePromise() {
    TestNode voter = new TestNode(LEASE, Recovered.NOTHING);
    voter.advance(1000);
    voter.restart();
    voter.receive(3, new Message.VoteRequest(1, 9, 9, false));
    assertThat(messages(voter.outputs, Message.VoteResponse.class)).isEmpty();
    voter.advance(150);
    voter.receive(3, new Message.VoteRequest(1, 9, 9, false));
    assertThat(messages(voter.outputs, Message.VoteResponse.class)).hasSize(1);
  }

  @Test
  void withoutLeasesEveryReadAsks() {
    TestNode leader = TestNode.ofThree().leadInStep();
    confirm(leader);
    assertThat(only(read(leader), Output.ReadReady.class)).isEmpty();
  }

  @Test
  void aNewLeaderHasNoLeaseBeforeItHasCommitted() {
    TestNode leader = new TestNode(LEASE, Recovered.NOTHING).lead();
    long round = messages(leader.advance(50), Message.AppendRequest.class).getLast().readRound();
    leader.ack(n(2), 0, round);
    assertThat(only(read(leader), Output.ReadReady.class)).isEmpty();
  }
}
