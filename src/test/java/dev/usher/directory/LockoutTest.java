package dev.usher.directory;

import static dev.usher.directory.Desk.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.directory.proto.DirectoryCommand;
import dev.usher.directory.proto.RecordLoginFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LockoutTest {
  private final Desk desk = new Desk();

  @Test
  void fourFailuresAreFreeAndTheFifthLocksForASecond() {
    desk.fail(4);
    assertThat(desk.ann().lockedUntilMs()).isZero();

    desk.fail(1);

    assertThat(desk.ann().loginFailures()).isEqualTo(5);
    assertThat(desk.ann().lockedUntilMs()).isEqualTo(desk.timeMs() + 1000);
  }

  @Test
  void eachFurtherFailureDoublesTheLockoutUpToFifteenMinutes() {
    assertThat(Accounts.lockoutAfter(4)).isZero();
    assertThat(Accounts.lockoutAfter(5)).isEqualTo(Duration.ofSeconds(1));
    assertThat(Accounts.lockoutAfter(6)).isEqualTo(Duration.ofSeconds(2));
    assertThat(Accounts.lockoutAfter(14)).isEqualTo(Duration.ofSeconds(512));
    assertThat(Accounts.lockoutAfter(15)).isEqualTo(Duration.ofMinutes(15));
    assertThat(Accounts.lockoutAfter(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void aLockoutEndsByLogTimeAndTheFailuresStillCount() {
    desk.fail(5);
    assertThat(desk.model.nextDeadlineMs()).hasValue(desk.timeMs() + 1000);

    desk.pass(Duration.ofSeconds(1));
    assertThat(desk.ann().lockedUntilMs()).isZero();
    desk.fail(1);

    assertThat(desk.ann().lockedUntilMs()).isEqualTo(desk.timeMs() + 2000);
  }

  @Test
  void noSessionBeginsDuringALockout() {
    desk.fail(5);

    desk.refused(DirectoryReason.LOGIN_THROTTLED, session("s1", "ann", 1));
    desk.pass(Duration.ofSeconds(1));
    desk.done(session("s1", "ann", 1));
  }

  @Test
  void aSuccessfulLoginForgetsTheFailures() {
    desk.fail(4);

    desk.done(session("s1", "ann", 1));

    assertThat(desk.ann().loginFailures()).isZero();
  }

  @Test
  void aFailureDuringALockoutProlongsIt() {
    desk.fail(6);

    assertThat(desk.ann().lockedUntilMs()).isEqualTo(desk.timeMs() + 2000);
    assertThat(desk.model.nextDeadlineMs()).hasValue(desk.timeMs() + 2000);
  }

  @Test
  void aFailureOfAnUnknownAccountIsNotFound() {
    desk.refused(
        DirectoryReason.RESOURCE_NOT_FOUND,
        DirectoryCommand.newBuilder()
            .setRecordLoginFailure(RecordLoginFailure.newBuilder().setUserId("nobody")));
  }
}
