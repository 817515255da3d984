package dev.usher.booking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which row of the crash matrix (docs/booking.md §2) is tested where; no step is without a row. */
class CrashMatrixRowsTest {
  /** A test outside of {@link CrashMatrixTest}, which crashes at all steps. */
  private record Elsewhere(Class<?> test, String method) {}

  private record Row(int number, Set<CrashPoint> points, Optional<Elsewhere> elsewhere) {
    static Row at(int number, CrashPoint first, CrashPoint... more) {
      return new Row(number, EnumSet.of(first, more), Optional.empty());
    }

    static Row in(int number, Class<?> test, String method) {
      return new Row(number, Set.of(), Optional.of(new Elsewhere(test, method)));
    }
  }

  private static final List<Row> ROWS =
      List.of(
          Row.at(1, CrashPoint.CHECK),
          Row.at(2, CrashPoint.INTEND, CrashPoint.RECHECK),
          Row.at(3, CrashPoint.AUTHORIZE),
          Row.at(4, CrashPoint.AUTHORIZE, CrashPoint.QUERY),
          Row.at(5, CrashPoint.AUTHORIZE, CrashPoint.COMMIT),
          Row.at(6, CrashPoint.COMMIT),
          Row.at(7, CrashPoint.COMMIT, CrashPoint.REPEAT),
          Row.at(8, CrashPoint.VOID),
          Row.at(9, CrashPoint.CAPTURE),
          Row.at(10, CrashPoint.CAPTURE),
          Row.in(11, SagaFaultsTest.class, "row11ACaptureThatFailsForGoodFreesTheSeats"),
          Row.at(12, CrashPoint.END),
          Row.at(13, CrashPoint.AWAIT_BUYER, CrashPoint.STOP_WAITING),
          Row.in(
              14,
              SagaFaultsTest.class,
              "row14AHoldThatExpiredWhileThePaymentWasOnItsWayIsStillHonoured"),
          Row.in(
              15,
              ReconcilerTest.class,
              "row15ACommitThatComesAfterTheFenceIsRefusedAndTheSeatStaysFree"),
          Row.in(
              16, BookingSagaTest.class, "theSameRequestAtTwoNodesAtOnceIsOneBookingAndOneCharge"),
          Row.in(
              17,
              CrashMatrixTest.class,
              "row17AProviderThatIsDownForHoursIsPaidOrFreedWhenItIsBack"),
          Row.in(19, SagaRecoveryTest.class, "aDeclineIsRememberedForADayAndThenForgotten"),
          Row.at(21, CrashPoint.DECLINE),
          Row.in(22, CheckInRaceTest.class, "row22WhicheverIsFirstInTheLogWins"));

  /**
   * 18 is the engine's: {@code ReplicationTest.logTimeNeverDecreases}. 20 is the provider client's:
   * {@code Authorization.firstAskedMs}.
   */
  private static final Set<Integer> NOT_OF_A_SAGA = Set.of(18, 20);

  @Test
  void everyRowIsTestedSomewhere() {
    assertThat(IntStream.rangeClosed(1, 22).filter(row -> !NOT_OF_A_SAGA.contains(row)).boxed())
        .allMatch(number -> ROWS.stream().anyMatch(row -> row.number() == number));
    assertThat(ROWS.stream().flatMap(row -> row.elsewhere().stream()))
        .allSatisfy(
            there ->
                assertThat(Arrays.stream(there.test().getDeclaredMethods()))
                    .anyMatch(method -> method.getName().equals(there.method())));
  }

  @Test
  void everyStepOfASagaIsInARow() {
    assertThat(ROWS.stream().flatMap(row -> row.points().stream())).contains(CrashPoint.values());
  }
}
