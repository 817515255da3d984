package dev.usher.seats;

import static dev.usher.seats.Box.cancel;
import static dev.usher.seats.Box.captured;
import static dev.usher.seats.Box.commit;
import static dev.usher.seats.Box.refunded;
import static dev.usher.seats.Box.voided;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.seats.SeatView.DebtKind;
import dev.usher.seats.SeatView.Debts;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How much is owed and since when: what an alarm needs to know. */
class DebtsByKindTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Box box = Box.withEvent();

  @Test
  void theOldestDebtOfEachKindTellsItsAgeByLogTime() {
    long startMs = box.timeMs();
    box.committed("b1", "ann", "a-1");
    box.after(MINUTE).committed("b2", "ann", "a-2");
    box.after(MINUTE).refused(SeatReason.SEAT_UNAVAILABLE, commit("b3", "bob", 2500, "a-2"));

    assertThat(box.view().debtsByKind())
        .isEqualTo(
            Map.of(
                DebtKind.CAPTURE,
                new Debts(2, startMs),
                DebtKind.VOID,
                new Debts(1, startMs + 2 * MINUTE.toMillis())));
  }

  @Test
  void aDebtThatIsPaidIsGoneAndTheNextOneIsTheOldest() {
    box.committed("b1", "ann", "a-1");
    box.after(MINUTE).committed("b2", "ann", "a-2");
    long secondMs = box.timeMs();

    box.after(MINUTE).done(captured("b1", 2500));

    assertThat(box.view().debtsByKind())
        .isEqualTo(Map.of(DebtKind.CAPTURE, new Debts(1, secondMs)));
    box.done(captured("b2", 2500));
    assertThat(box.view().debtsByKind()).isEmpty();
  }

  @Test
  void anotherKindOfDebtIsANewDebt() {
    box.committed("b1", "ann", "a-1");
    box.after(MINUTE).done(cancel("b1", "ann"));
    long cancelledMs = box.timeMs();
    assertThat(box.view().debtsByKind())
        .isEqualTo(Map.of(DebtKind.VOID, new Debts(1, cancelledMs)));

    // The capture was on its way: what is owed now is a refund.
    box.after(MINUTE).done(captured("b1", 2500));

    assertThat(box.view().debtsByKind())
        .isEqualTo(Map.of(DebtKind.REFUND, new Debts(1, cancelledMs + MINUTE.toMillis())));
  }

  @Test
  void aDebtThatIsPaidInPartIsAsOldAsBefore() {
    box.confirmed("b1", "ann", "a-1");
    box.done(cancel("b1", "ann"));
    var owed = box.view().debtsByKind();

    box.after(MINUTE).done(refunded("b1", 1000));

    assertThat(box.view().debtsByKind()).isEqualTo(owed).hasSize(1);
  }

  @Test
  void aSnapshotKeepsTheAges() {
    box.committed("b1", "ann", "a-1");
    box.after(MINUTE).refused(SeatReason.SEAT_UNAVAILABLE, commit("b2", "bob", 2500, "a-1"));

    var twin = box.twin(box.model.snapshot());

    assertThat(twin.view().debtsByKind()).isEqualTo(box.view().debtsByKind()).hasSize(2);
    twin.done(voided("b2"));
    assertThat(twin.view().debtsByKind()).containsOnlyKeys(DebtKind.CAPTURE);
  }
}
