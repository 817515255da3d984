package dev.usher.raft;

import static dev.usher.raft.TestNode.append;
import static dev.usher.raft.TestNode.entry;
import static dev.usher.raft.TestNode.messages;
import static dev.usher.raft.TestNode.n;
import static dev.usher.raft.TestNode.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A log that had been durable and is damaged: Protocol-Aware Recovery, FAST '18; camunda. */
class DamagedLogTest {
  /** Entry 1 is there; 2 to 4 had been, and this node may have acknowledged them. */
  private static TestNode damaged() {
    return TestNode.ofThree(
        new Recovered(
            new HardState(2, Optional.of(n(3))),
            Optional.empty(),
            TestNode.log(1),
            OptionalLong.of(4)));
  }

  private static boolean votes(TestNode node, long term) {
    node.outputs.clear();
    node.receive(3, new Message.VoteRequest(term, 99, 99, true));
    return messages(node.outputs, Message.VoteResponse.class).stream()
        .anyMatch(Message.VoteResponse::granted);
  }

  /** A torn tail may be cut off and forgotten; this may not: another majority needs the entry. */
  @Test
  void corruptMiddleEntryIsNotATornTail() {
    TestNode node = damaged();
    assertThat(votes(node, 3)).isFalse();
    node.receive(3, new Message.PreVoteRequest(4, 99, 99));
    assertThat(messages(node.outputs, Message.PreVoteResponse.class))
        .noneMatch(Message.PreVoteResponse::granted);
    node.advance(10_000);
    assertThat(node.status().role()).isEqualTo(Role.FOLLOWER);
    assertThat(votes(TestNode.ofThree(TestNode.recovered(2, 1)), 3)).as("undamaged").isTrue();
  }

  @Test
  void theVoteIsNotLost() {
    TestNode node = damaged();
    assertThat(node.status().term()).isEqualTo(2);
    assertThat(node.core.member.vote()).isEqualTo(n(3));
  }

  @Test
  void itHealsWhenTheDamageHasComeBack() {
    TestNode node = damaged();
    node.receive(2, append(2, 1, 1, 3, entry(1, 2), entry(1, 3)));
    assertThat(only(node.outputs, Output.LogHealed.class)).isEmpty();
    assertThat(votes(node, 3)).isFalse();
    node.receive(2, append(3, 3, 1, 3, entry(2, 4)));
    assertThat(only(node.outputs, Output.LogHealed.class)).hasSize(1);
    node.advance(150);
    assertThat(votes(node, 4)).isTrue();
  }

  /**
   * Its log may never be that long again: what it acknowledged last was perhaps never committed.
   */
  @Test
  void itHealsWithAnEntryOfALaterTerm() {
    TestNode node = damaged();
    node.receive(2, append(3, 1, 1, 1, entry(3, 2)));
    assertThat(only(node.outputs, Output.LogHealed.class)).hasSize(1);
  }

  @Test
  void itHealsOnlyOnceItsDiskHasIt() {
    TestNode node = damaged();
    node.receive(2, append(3, 1, 1, 1));
    node.diskWorks = false;
    node.receive(2, append(3, 1, 1, 1, entry(3, 2)));
    assertThat(only(node.outputs, Output.LogHealed.class)).isEmpty();
    node.persistAll();
    assertThat(only(node.outputs, Output.LogHealed.class)).hasSize(1);
  }

  @Test
  void itStaysDamagedOverARestart() {
    TestNode node = damaged();
    node.receive(2, append(2, 1, 1, 1, entry(1, 2)));
    node.restart();
    assertThat(votes(node, 3)).isFalse();
  }

  /** The leader knows better what the follower had: it must believe the loss to send it again. */
  @Test
  void aLeaderSendsWhatItsFollowerInsistsToHaveLost() {
    TestNode leader = TestNode.ofThree(TestNode.recovered(1, 1, 1, 1)).leadInStep();
    leader.outbox.clear();
    for (int i = 0; i < 8; i++) {
      leader.receive(2, new Message.AppendRejected(2, 4, 1, 1, 0));
      leader.receive(2, new Message.AppendRejected(2, 4, 1, 1, 0));
      leader.ack(3, 4);
      leader.advance(50);
    }
    assertThat(messages(leader.outputs, Message.AppendRequest.class))
        .anyMatch(request -> request.prevIndex() == 1 && request.entries().size() == 3);
    assertThat(leader.status().commitIndex()).as("and nothing is taken back").isEqualTo(4);
  }

  /**
   * Protocol-Aware Recovery: when the majority has lost what was committed, the minority that still
   * has it stops rather than to follow suit.
   */
  @Test
  void intactMinorityRefusesTruncationBelowCommit() {
    TestNode intact = TestNode.ofThree();
    intact.receive(2, append(1, 0, 0, 2, entry(1, 1), entry(1, 2)));
    assertThatThrownBy(() -> intact.receive(3, append(5, 1, 1, 2, entry(5, 2))))
        .isInstanceOf(InvariantViolation.class)
        .hasMessageContaining("what is committed is never truncated");
    assertThat(intact.diskLog).containsExactly(entry(1, 1), entry(1, 2));
  }
}
