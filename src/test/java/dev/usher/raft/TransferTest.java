package dev.usher.raft;

import static dev.usher.raft.TestNode.messages;
import static dev.usher.raft.TestNode.n;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Handing leadership over, thesis §3.10. */
class TransferTest {
  @Test
  void theTargetLeadsAtOnce() {
    Cluster cluster = new Cluster(3);
    TestNode leader = cluster.awaitLeader();
    cluster.run(100);
    TestNode target = cluster.others(leader).getLast();
    leader.step(transferTo(target.id));
    cluster.settle();
    assertThat(target.status().role()).isEqualTo(Role.LEADER);
    assertThat(leader.status().role()).isEqualTo(Role.FOLLOWER);
    assertThat(target.status().term()).isEqualTo(leader.status().term());
  }

  @Test
  void withoutATargetTheLongestLogIsChosen() {
    TestNode leader = TestNode.ofThree().leadInStep();
    leader.propose(1, "a");
    leader.ack(3, 2);
    assertThat(leader.step(new Input.TransferLeadership(Optional.empty())))
        .containsExactly(new Output.Send(n(3), new Message.TimeoutNow(1)));
  }

  @Test
  void aTargetThatLagsCatchesUpFirst() {
    TestNode leader = TestNode.ofThree().leadInStep();
    leader.propose(1, "a");
    assertThat(messages(leader.step(transferTo(n(2))), Message.TimeoutNow.class)).isEmpty();
    assertThat(messages(leader.ack(2, 2), Message.TimeoutNow.class)).hasSize(1);
  }

  @Test
  void meanwhileProposalsAreRefused() {
    TestNode leader = TestNode.ofThree().leadInStep();
    leader.step(transferTo(n(2)));
    assertThat(leader.propose(1, "a"))
        .containsExactly(new Output.ProposalRejected(1, Output.RejectReason.TRANSFERRING));
  }

  @Test
  void aTransferThatDoesNotHappenIsAborted() {
    TestNode leader = TestNode.ofThree().leadInStep();
    leader.step(transferTo(n(2)));
    for (int ms = 0; ms < 300; ms += 50) {
      leader.ack(3, 1);
      leader.advance(50);
    }
    assertThat(leader.outputs).contains(new Output.TransferAborted());
    assertThat(leader.status().role()).isEqualTo(Role.LEADER);
    assertThat(leader.propose(1, "a")).contains(new Output.ProposalAccepted(1, 1, 2));
  }

  @Test
  void aTargetThatIsNoOtherVoterIsAbortedAtOnce() {
    TestNode leader = TestNode.ofThree().leadInStep();
    assertThat(leader.step(transferTo(n(9)))).containsExactly(new Output.TransferAborted());
    assertThat(leader.step(transferTo(n(1)))).containsExactly(new Output.TransferAborted());
  }

  @Test
  void aFollowerIgnoresTheRequest() {
    assertThat(TestNode.ofThree().step(transferTo(n(2)))).isEmpty();
  }

  /** The leader is alive and heard, yet the vote is given: that is what the flag is for. */
  @Test
  void stickinessDoesNotHinderATransfer() {
    TestNode voter = TestNode.ofThree();
    voter.receive(2, TestNode.append(1, 0, 0, 0));
    var answers = voter.receive(3, new Message.VoteRequest(2, 0, 0, true));
    assertThat(answers).contains(new Output.StateChanged(Role.FOLLOWER, 2, Optional.empty()));
    assertThat(messages(voter.outputs, Message.VoteResponse.class))
        .contains(new Message.VoteResponse(2, true));
  }

  @Test
  void anOldTimeoutNowIsIgnored() {
    TestNode node = TestNode.ofThree(TestNode.recovered(5, 1));
    assertThat(node.receive(2, new Message.TimeoutNow(4))).isEmpty();
  }

  private static Input transferTo(NodeId target) {
    return new Input.TransferLeadership(Optional.of(target));
  }
}
