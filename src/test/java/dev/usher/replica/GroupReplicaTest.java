package dev.usher.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.raft.Bytes;
import dev.usher.raft.DirectoryId;
import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import dev.usher.raft.Now;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a caller is told, try by try; time and the leader's answers are the test's. */
class GroupReplicaTest {
  private static final NodeId SELF = new NodeId("node-1");
  private static final NodeId PEER = new NodeId("node-2");
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final long TRY_TIMEOUT_MS = 1_000;
  private static final Outcome DONE = new Outcome.Done(5, Bytes.EMPTY);

  private final TestNetwork network = new TestNetwork();
  private final TestInbox<RaftActor.Command> raft = TestInbox.create();
  private final TestInbox<Retrier.Command> toRetrier = TestInbox.create();
  private final TestInbox<StateMachineActor.Command<List<String>>> machine = TestInbox.create();
  private long nowMs;
  private final GroupReplica<List<String>> replica =
      new GroupReplica<>(
          new GroupReplica.Parts<>(
              new GroupId("system"),
              SELF,
              this::now,
              new Forwarder(network.transport(SELF), new SplittableRandom(1)),
              machine.getRef(),
              Runnable::run,
              2));
  private final BehaviorTestKit<Retrier.Command> retrier =
      BehaviorTestKit.create(Retrier.create(replica, this::now, TRY_TIMEOUT_MS));

  @BeforeEach
  void connect() {
    replica.connect(raft.getRef(), toRetrier.getRef());
  }

  @Test
  void aSettledProposalIsAnsweredAtTheFirstTry() {
    leads(SELF, 1);
    CompletableFuture<Outcome> outcome = propose("k");

    nextTry().reply().accept(new Fate.Settled(DONE));

    assertThat(outcome).isCompletedWithValue(DONE);
  }

  @Test
  void withoutALeaderAProposalIsRejectedWhenItsTimeIsUp() {
    CompletableFuture<Outcome> outcome = propose("k");
    runRetrier();
    assertThat(outcome).isNotDone();

    pass(TIMEOUT);

    assertThat(outcome).isCompletedWithValue(new Outcome.Rejected(Outcome.Reason.NO_LEADER));
  }

  @Test
  void aProposalThatFoundNoLeaderIsTriedWhenThereIsOne() {
    CompletableFuture<Outcome> outcome = propose("k");
    leads(SELF, 1);

    nextTry().reply().accept(new Fate.Settled(DONE));

    assertThat(outcome).isCompletedWithValue(DONE);
  }

  @Test
  void aLostProposalIsTriedAgainWithItsKey() {
    leads(SELF, 1);
    CompletableFuture<Outcome> outcome = propose("k");
    RaftActor.Propose first = nextTry();
    first.reply().accept(new Fate.Lost());
    runRetrier();
    leads(SELF, 3);

    RaftActor.Propose second = nextTry();
    assertThat(second.envelope()).isEqualTo(first.envelope());
    second.reply().accept(new Fate.Settled(DONE));

    assertThat(outcome).isCompletedWithValue(DONE);
  }

  @Test
  void aLostProposalWithoutAKeyIsUnknownAtOnce() {
    leads(SELF, 1);
    CompletableFuture<Outcome> outcome = propose("");

    nextTry().reply().accept(new Fate.Lost());
    runRetrier();

    assertThat(outcome).isCompletedWithValue(new Outcome.Unknown());
    assertThat(raft.hasMessages()).isFalse();
  }

  @Test
  void onceLostItIsNeverCalledRejected() {
    leads(SELF, 1);
    CompletableFuture<Outcome> outcome = propose("k");
    nextTry().reply().accept(new Fate.Lost());
    runRetrier();
    leads(SELF, 2);
    nextTry().reply().accept(new Fate.Overloaded());
    runRetrier();
    assertThat(outcome).isNotDone();

    pass(TIMEOUT);

    assertThat(outcome).isCompletedWithValue(new Outcome.Unknown());
  }

  @Test
  void anOverloadedLeaderIsToldToTheCaller() {
    leads(SELF, 1);
    CompletableFuture<Outcome> outcome = propose("k");

    nextTry().reply().accept(new Fate.Overloaded());
    runRetrier();

    assertThat(outcome).isCompletedWithValue(new Outcome.Rejected(Outcome.Reason.OVERLOADED));
  }

  @Test
  void aTryWithoutAnAnswerIsGivenUpAndMadeAgain() {
    leads(SELF, 1);
    CompletableFuture<Outcome> outcome = propose("k");
    RaftActor.Propose first = nextTry();

    pass(Duration.ofMillis(TRY_TIMEOUT_MS + 1));
    nextTry();
    first.reply().accept(new Fate.Settled(DONE));

    assertThat(outcome).isCompletedWithValue(DONE);
  }

  @Test
  void lateWordOfAnOlderTryIsIgnored() {
    leads(SELF, 1);
    CompletableFuture<Outcome> outcome = propose("k");
    RaftActor.Propose first = nextTry();
    pass(Duration.ofMillis(TRY_TIMEOUT_MS + 1));
    nextTry();

    first.reply().accept(new Fate.Overloaded());
    runRetrier();

    assertThat(outcome).isNotDone();
    assertThat(raft.hasMessages()).isFalse();
  }

  @Test
  void anotherLeaderIsAskedInsteadOfTheOldOne() {
    leads(SELF, 1);
    CompletableFuture<Outcome> outcome = propose("k");
    nextTry();
    network.attach(
        PEER,
        new PeerTransport.Receiver() {
          @Override
          public void cameIn(NodeId peer, DirectoryId directory, Optional<MemberAddress> address) {}

          @Override
          public void received(NodeId from, DirectoryId directory, Frame frame) {
            assertThat(frame).isInstanceOf(Frame.Proposed.class);
            outcome.complete(DONE);
          }

          @Override
          public void disconnected(NodeId peer) {}
        });

    leads(PEER, 2);

    assertThat(outcome).isCompletedWithValue(DONE);
  }

  @Test
  void oneProposalTooManyIsOverloadedUntilAnotherIsAnswered() {
    leads(SELF, 1);
    var first = propose("a");
    var second = propose("b");
    assertThat(first).isNotDone();
    assertThat(second).isNotDone();

    assertThat(propose("c")).isCompletedWithValue(new Outcome.Rejected(Outcome.Reason.OVERLOADED));
    nextTry().reply().accept(new Fate.Settled(DONE));
    assertThat(propose("d")).isNotDone();
  }

  @Test
  void oneReadTooManyFails() {
    for (int i = 0; i < 2; i++) {
      var unused = replica.read(List::size, TIMEOUT);
    }

    assertThat(replica.read(List::size, TIMEOUT).toCompletableFuture()).isCompletedExceptionally();
  }

  private CompletableFuture<Outcome> propose(String requestKey) {
    return replica.propose(Ledger.proposal(requestKey, "line"), TIMEOUT).toCompletableFuture();
  }

  private void leads(NodeId leader, long term) {
    replica.leadershipChanged(new Leadership(term, leader.equals(SELF), Optional.of(leader)));
    runRetrier();
  }

  private void pass(Duration time) {
    nowMs += time.toMillis();
    retrier.run(Retrier.LeaderChanged.NOW);
  }

  private void runRetrier() {
    while (toRetrier.hasMessages()) {
      toRetrier.getAllReceived().forEach(retrier::run);
    }
  }

  private RaftActor.Propose nextTry() {
    return (RaftActor.Propose) raft.receiveMessage();
  }

  private Now now() {
    return new Now(nowMs, nowMs);
  }
}
