package dev.usher.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.raft.Bytes;
import dev.usher.raft.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateMachineHostTest {
  private final Ledger ledger = new Ledger();
  private final StateMachineHost<?> host = new StateMachineHost<>(ledger);
  private long index;

  @Test
  void aRepeatedRequestGetsItsFirstAnswerAndIsAppliedOnce() {
    Outcome first = apply(0, Ledger.proposal("k", "a"));
    apply(0, Ledger.proposal("other", "b"));

    Outcome second = apply(0, Ledger.proposal("k", "a"));

    assertThat(second).isEqualTo(first).isEqualTo(new Outcome.Done(1, Ledger.command("#1")));
    assertThat(ledger.view()).containsExactly("a", "b");
  }

  @Test
  void aRequestKeyWithOtherParametersIsRefused() {
    apply(0, Ledger.proposal("k", "a"));

    assertThat(apply(0, Ledger.proposal("k", "b")))
        .isEqualTo(new Outcome.Rejected(Outcome.Reason.REQUEST_ID_REUSED));
    assertThat(ledger.view()).containsExactly("a");
  }

  @Test
  void anEmptyRequestKeyIsNotDeduplicated() {
    apply(0, Ledger.proposal("", "a"));
    apply(0, Ledger.proposal("", "a"));

    assertThat(ledger.view()).containsExactly("a", "a");
  }

  @Test
  void anAnswerIsKeptForTwentyFourHoursOfLogTimeAndForgottenAfter() {
    apply(1_000, Ledger.proposal("k", "a"));

    apply(1_000 + RequestTable.RETENTION_MS, Ledger.proposal("k", "a"));
    assertThat(ledger.view()).containsExactly("a");

    apply(1_001 + RequestTable.RETENTION_MS, Ledger.proposal("k", "a"));
    assertThat(ledger.view()).containsExactly("a", "a");
  }

  @Test
  void expiryForgetsTheOldOnesOnly() {
    RequestTable table = new RequestTable();
    for (int i = 0; i < 10; i++) {
      table.put("k" + i, new RequestTable.Answer(Bytes.EMPTY, i + 1, Bytes.EMPTY, i));
    }

    table.expire(RequestTable.RETENTION_MS + 4);

    assertThat(table.size()).isEqualTo(6);
    assertThat(table.find("k3")).isEmpty();
    assertThat(table.find("k4")).isPresent();
  }

  @Test
  void appliedIndexAtomicWithState() {
    // etcd#13766: a state with another index than its own applies an entry twice, or never.
    for (int i = 1; i <= 20; i++) {
      apply(i, Ledger.proposal("key-" + i, i % 5 == 0 ? "due:" + (i + 2) : "line-" + i));
      StateMachineHost<List<String>> restored = new StateMachineHost<>(new Ledger());
      restored.restore(host.snapshot());

      assertThat(restored.appliedIndex()).isEqualTo(i);
      assertThat(restored.digest()).isEqualTo(host.digest());
      Entry same =
          new Entry(1, i, i, Entry.Kind.COMMAND, EnvelopeCodec.encode(Ledger.proposal("", "x")));
      assertThatThrownBy(() -> restored.apply(same))
          .hasMessageContaining("entry " + i + " cannot follow applied index " + i);
    }
  }

  @Test
  void theAnswersAlreadyGivenAreInTheSnapshotWithTheirAge() {
    Outcome first = apply(1_000, Ledger.proposal("k", "a"));
    StateMachineHost<List<String>> restored = new StateMachineHost<>(new Ledger());
    restored.restore(host.snapshot());
    Bytes again = EnvelopeCodec.encode(Ledger.proposal("k", "a"));

    assertThat(
            restored.apply(
                new Entry(2, 2, 1_000 + RequestTable.RETENTION_MS, Entry.Kind.COMMAND, again)))
        .isEqualTo(first);
    assertThat(
            restored.apply(
                new Entry(2, 3, 1_001 + RequestTable.RETENTION_MS, Entry.Kind.COMMAND, again)))
        .isEqualTo(new Outcome.Done(3, Ledger.command("#2")));
  }

  @Test
  void poisonCommandDoesNotStallApply() {
    // sofa-jraft#1246: bytes that nobody can read are an answer, never an exception in apply.
    Bytes poison = Bytes.wrap(new byte[] {(byte) 0xff, 1, 2, 3});

    Outcome answer = host.apply(new Entry(1, ++index, 0, Entry.Kind.COMMAND, poison));

    assertThat(answer).isEqualTo(new Outcome.Done(1, Bytes.EMPTY));
    assertThat(apply(0, Ledger.proposal("k", "a"))).isInstanceOf(Outcome.Done.class);
    assertThat(ledger.view()).containsExactly("a");
  }

  @Test
  void aProposalBeyondTheLimitsIsRefusedBeforeItIsProposed() {
    Bytes large = Bytes.wrap(new byte[Proposal.COMMAND_BYTES_MAX + 1]);

    assertThatThrownBy(() -> new Proposal("k".repeat(257), Bytes.EMPTY, Bytes.EMPTY))
        .hasMessageContaining("at most 256 characters");
    assertThatThrownBy(() -> new Proposal("k", large, Bytes.EMPTY))
        .hasMessageContaining("at most 64 bytes");
    assertThatThrownBy(() -> new Proposal("k", Bytes.EMPTY, large))
        .hasMessageContaining("a command has at most");
  }

  @Test
  void everyEntryLetsLogTimeAdvance() {
    apply(0, Ledger.proposal("", "due:50"));

    host.apply(new Entry(2, ++index, 50, Entry.Kind.NO_OP, Bytes.EMPTY));

    assertThat(ledger.view()).containsExactly("due:50", "rang:50");
  }

  @Test
  void anEmptyCommandOnlyLetsTimeAdvance() {
    apply(0, Ledger.proposal("", "due:50"));

    host.apply(new Entry(1, ++index, 60, Entry.Kind.COMMAND, EnvelopeCodec.TIME_ADVANCE));

    assertThat(ledger.view()).containsExactly("due:50", "rang:50");
  }

  @Test
  void aGapInTheLogIsAnInvariantBroken() {
    assertThatThrownBy(() -> host.apply(new Entry(1, 2, 0, Entry.Kind.NO_OP, Bytes.EMPTY)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("entry 2 cannot follow applied index 0");
  }

  private Outcome apply(long timeMs, Proposal proposal) {
    return host.apply(
        new Entry(1, ++index, timeMs, Entry.Kind.COMMAND, EnvelopeCodec.encode(proposal)));
  }
}
