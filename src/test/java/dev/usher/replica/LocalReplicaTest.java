package dev.usher.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.raft.GroupId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalReplicaTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private final LocalReplica<List<String>> replica =
      new LocalReplica<>(new GroupId("system"), new Ledger());

  @Test
  void proposalsAreAppliedAtOnceAndInOrder() {
    replica.propose(Ledger.proposal("a", "one"), TIMEOUT);
    replica.propose(Ledger.proposal("b", "two"), TIMEOUT);
    replica.propose(Ledger.proposal("a", "one"), TIMEOUT);

    assertThat(replica.applied()).containsExactly(Ledger.command("one"), Ledger.command("two"));
    assertThat(replica.read(List::copyOf, TIMEOUT).toCompletableFuture().join())
        .containsExactly("one", "two");
  }

  @Test
  void timeThatPassesADeadlineIsAppliedWithoutAProposal() {
    long dueMs = LocalReplica.START_MS + 5_000;
    replica.propose(Ledger.proposal("", "due:" + dueMs), TIMEOUT);

    replica.advanceTime(Duration.ofSeconds(5));

    assertThat(replica.readStale(List::copyOf).toCompletableFuture().join())
        .containsExactly("due:" + dueMs, "rang:" + dueMs);
  }

  @Test
  void withoutALeaderNothingIsAppliedAndReadsFail() {
    replica.setAvailable(false);

    assertThat(replica.propose(Ledger.proposal("a", "one"), TIMEOUT).toCompletableFuture())
        .isCompletedWithValue(new Outcome.Rejected(Outcome.Reason.NO_LEADER));
    assertThat(replica.read(List::copyOf, TIMEOUT).toCompletableFuture())
        .isCompletedExceptionally();
    assertThat(replica.applied()).isEmpty();
  }
}
