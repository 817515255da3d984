package dev.usher.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.raft.Bytes;
import dev.usher.raft.Entry;
import dev.usher.raft.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PendingProposalsTest {
  private static final Outcome DONE = new Outcome.Done(1, Bytes.EMPTY);

  private final PendingProposals pending = new PendingProposals(2, Runnable::run);
  private final List<Fate> fates = new ArrayList<>();
  private long nextId;

  @Test
  void anAppliedProposalGetsItsAnswer() {
    place(1, 1, fates::add);

    pending.decided(List.of(entry(1, 1))).accept(List.of(DONE));

    assertThat(fates).containsExactly(new Fate.Settled(DONE));
  }

  @Test
  void proposalBoundToTermAndIndex() {
    // CONSENSUS §3, 22: an overwritten entry never answers OK.
    place(1, 1, fates::add);

    pending.decided(List.of(entry(2, 1))).accept(List.of(DONE));

    assertThat(fates).containsExactly(new Fate.NotLeader());
  }

  @Test
  void aPlaceThatIsGivenAgainLosesTheFirst() {
    place(1, 1, fates::add);

    place(3, 1, fate -> {});

    assertThat(fates).containsExactly(new Fate.Lost());
  }

  @Test
  void aNewTermLosesWhatOlderTermsPlaced() {
    place(1, 1, fates::add);
    place(2, 2, fates::add);

    pending.loseAllBut(2);

    assertThat(fates).containsExactly(new Fate.Lost());
  }

  @Test
  void itIsFullAtItsLimitAndNotAfterAnAnswer() {
    place(1, 1, fates::add);
    place(1, 2, fates::add);
    assertThat(pending.isFull()).isTrue();

    Consumer<List<Outcome>> answers = pending.decided(List.of(entry(1, 1)));
    assertThat(pending.isFull()).isTrue();
    answers.accept(List.of(DONE));

    assertThat(pending.isFull()).isFalse();
  }

  @Test
  void whatIsDecidedIsAnsweredByTheStateMachineWhoeverLeadsThen() {
    place(1, 1, fates::add);
    Consumer<List<Outcome>> answers = pending.decided(List.of(entry(1, 1)));

    pending.loseAllBut(2);
    answers.accept(List.of(DONE));

    assertThat(fates).containsExactly(new Fate.Settled(DONE));
  }

  @Test
  void whatIsRefusedIsAnsweredWithTheReason() {
    pending.gather(7, new RaftActor.Propose(Bytes.EMPTY, fates::add));

    pending.rejected(new Output.ProposalRejected(7, Output.RejectReason.OVERLOADED));

    assertThat(fates).containsExactly(new Fate.Overloaded());
  }

  @Test
  void onlyTheFirstOfThoseProposedTogetherAsksForIt() {
    assertThat(pending.gather(1, new RaftActor.Propose(Bytes.EMPTY, fates::add))).isTrue();
    assertThat(pending.gather(2, new RaftActor.Propose(Bytes.EMPTY, fates::add))).isFalse();

    assertThat(pending.takeGathered().proposals()).hasSize(2);

    assertThat(pending.gather(3, new RaftActor.Propose(Bytes.EMPTY, fates::add))).isTrue();
  }

  private void place(long term, long index, Consumer<Fate> reply) {
    long id = nextId++;
    pending.gather(id, new RaftActor.Propose(Bytes.EMPTY, reply));
    pending.accepted(new Output.ProposalAccepted(id, term, index));
  }

  private static Entry entry(long term, long index) {
    return new Entry(term, index, 0, Entry.Kind.COMMAND, Bytes.EMPTY);
  }
}
