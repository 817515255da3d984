package dev.usher.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.raft.Bytes;
import dev.usher.raft.Entry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingProposalsTest {
  private static final Outcome DONE = new Outcome.Done(1, Bytes.EMPTY);

  private final PendingProposals pending = new PendingProposals(2, Runnable::run);
  private final List<Fate> fates = new ArrayList<>();

  @Test
  void anAppliedProposalGetsItsAnswer() {
    pending.placed(1, 1, fates::add);

    pending.applied(List.of(entry(1, 1)), List.of(DONE));

    assertThat(fates).containsExactly(new Fate.Settled(DONE));
  }

  @Test
  void proposalBoundToTermAndIndex() {
    // CONSENSUS §3, 22: an overwritten entry never answers OK.
    pending.placed(1, 1, fates::add);

    pending.applied(List.of(entry(2, 1)), List.of(DONE));

    assertThat(fates).containsExactly(new Fate.NotLeader());
  }

  @Test
  void aPlaceThatIsGivenAgainLosesTheFirst() {
    pending.placed(1, 1, fates::add);

    pending.placed(3, 1, fate -> {});

    assertThat(fates).containsExactly(new Fate.Lost());
  }

  @Test
  void aNewTermLosesWhatOlderTermsPlaced() {
    pending.placed(1, 1, fates::add);
    pending.placed(2, 2, fates::add);

    pending.loseAllBut(2);

    assertThat(fates).containsExactly(new Fate.Lost());
  }

  @Test
  void itIsFullAtItsLimitAndNotAfterAnAnswer() {
    pending.placed(1, 1, fates::add);
    pending.placed(1, 2, fates::add);
    assertThat(pending.isFull()).isTrue();

    pending.applied(List.of(entry(1, 1)), List.of(DONE));

    assertThat(pending.isFull()).isFalse();
  }

  private static Entry entry(long term, long index) {
    return new Entry(term, index, 0, Entry.Kind.COMMAND, Bytes.EMPTY);
  }
}
