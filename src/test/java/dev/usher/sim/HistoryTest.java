package dev.usher.sim;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The checker of histories must itself be right. */
class HistoryTest {
  private final History history = new History();

  private History.Operation swap(long value, long calledUs) {
    return history.call(0, value, calledUs);
  }

  private History.Operation read(long calledUs) {
    return history.call(0, 0, calledUs);
  }

  @Test
  void whatOverlapsMayHaveHappenedInAnyOrder() {
    swap(1, 0).answered(10, 2);
    swap(2, 5).answered(6, 0);
    read(7).answered(20, 1);
    assertThatCode(history::check).doesNotThrowAnyException();
  }

  @Test
  void aReadThatSeesLessThanWasAnsweredBeforeIsCaught() {
    swap(1, 0).answered(10, 0);
    read(11).answered(12, 0);
    assertThatThrownBy(history::check).hasMessageContaining("linearizable");
  }

  @Test
  void aLostSwapIsCaught() {
    swap(1, 0).answered(10, 0);
    swap(2, 11).answered(20, 0);
    assertThatThrownBy(history::check).isInstanceOf(SimFailure.class);
  }

  @Test
  void aSwapThatTookEffectTwiceIsCaught() {
    swap(1, 0).answered(10, 0);
    swap(2, 11).answered(20, 1);
    read(21).answered(22, 1);
    assertThatThrownBy(history::check).isInstanceOf(SimFailure.class);
  }

  @Test
  void whatHasNoAnswerMayHaveHappenedOrNot() {
    swap(1, 0);
    swap(2, 1);
    read(5).answered(6, 0);
    read(7).answered(8, 2);
    assertThatCode(history::check).doesNotThrowAnyException();
    read(9).answered(10, 0);
    assertThatThrownBy(history::check).isInstanceOf(SimFailure.class);
  }

  @Test
  void seatsAreIndependent() {
    history.call(0, 1, 0).answered(1, 0);
    history.call(1, 2, 2).answered(3, 0);
    assertThatCode(history::check).doesNotThrowAnyException();
  }
}
