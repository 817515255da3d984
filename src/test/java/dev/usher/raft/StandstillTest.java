package dev.usher.raft;

import static dev.usher.raft.TestNode.append;
import static dev.usher.raft.TestNode.n;
import static dev.usher.raft.TestNode.only;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A node that stood still finds the clock far ahead, and behind that tick everything that the
 * others said meanwhile. That it heard nobody is its own doing; its answers' silence is, too. (etcd
 * counts ticks instead of time for this, and drops those that it missed.)
 */
class StandstillTest {
  private static final long LONG = 10_000;

  @Test
  void aFollowerWaitsForTheLeaderThatItCouldNotHear() {
    TestNode follower = new TestNode(TestNode.config(1, 3), Recovered.NOTHING);
    follower.receive(2, append(1, 0, 0, 0));
    follower.standStill(LONG);
    assertThat(follower.status().role()).isEqualTo(Role.FOLLOWER);
    follower.advance(follower.config.electionTimeoutMaxMs());
    assertThat(follower.status().role()).isEqualTo(Role.PRE_CANDIDATE);
  }

  @Test
  void aCandidateWaitsForTheVotesThatItCouldNotHear() {
    TestNode candidate = new TestNode(TestNode.config(1, 3), Recovered.NOTHING).campaign();
    candidate.standStill(LONG);
    candidate.receive(2, new Message.VoteResponse(candidate.status().term(), true));
    assertThat(candidate.status().role()).isEqualTo(Role.LEADER);
  }

  /** Check-quorum is about followers that are gone, not about a leader that was. */
  @Test
  void aLeaderWaitsForTheAnswersThatItCouldNotHear() {
    TestNode leader = new TestNode(TestNode.config(1, 3), Recovered.NOTHING).lead();
    leader.standStill(LONG);
    assertThat(leader.status().role()).isEqualTo(Role.LEADER);
    leader.advance(leader.config.electionTimeoutMaxMs());
    assertThat(leader.status().role()).isEqualTo(Role.FOLLOWER);
  }

  @Test
  void aLeaderWaitsForTheDiskWhoseAnswerItCouldNotHear() {
    TestNode leader = new TestNode(TestNode.config(1, 1), Recovered.NOTHING);
    leader.advance(300);
    leader.diskWorks = false;
    leader.propose(1, "a");
    leader.standStill(LONG);
    assertThat(leader.status().role()).isEqualTo(Role.LEADER);
    leader.persistAll();
    assertThat(leader.status().commitIndex()).isEqualTo(2);
  }

  /** The others did not stand still: what they promised ran out by their clocks. */
  @Test
  void aLeaseDoesNotWait() {
    TestNode leader =
        new TestNode(TestNode.config(1, 3).withLease(10), Recovered.NOTHING).leadInStep();
    leader.standStill(LONG);
    assertThat(only(leader.step(new Input.Read(1)), Output.ReadReady.class)).isEmpty();
  }

  /** A leader that others have left learns it from them, as soon as it hears anything. */
  @Test
  void aLeaderThatWasReplacedMeanwhileFollows() {
    TestNode leader = new TestNode(TestNode.config(1, 3), Recovered.NOTHING).lead();
    leader.standStill(LONG);
    leader.receive(2, append(leader.status().term() + 1, 0, 0, 0));
    assertThat(leader.status().leader()).isEqualTo(Optional.of(n(2)));
    assertThat(leader.applied).isEqualTo(List.of());
  }
}
