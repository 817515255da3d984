package dev.usher.auth;

import static dev.usher.auth.Doorman.EMAIL;
import static dev.usher.auth.Doorman.PASSWORD;
import static dev.usher.auth.Doorman.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.auth.AuthProtocol.LoggedIn;
import dev.usher.auth.AuthProtocol.LoginReply;
import dev.usher.auth.AuthProtocol.Refused;
import dev.usher.auth.AuthProtocol.Secret;
import dev.usher.directory.DirectoryLimits;
import java.util.ArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class LoginTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final Secret WRONG = new Secret("wrong password");

  private final Doorman door = new Doorman(KIT);

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  @Test
  void theRightPasswordOpensASession() {
    door.create();
    var session = (LoggedIn) door.login("ANN@example.org", PASSWORD);

    assertThat(session.user().email()).isEqualTo(EMAIL);
    assertThat(session.expireTimeMs() - session.createTimeMs())
        .isEqualTo(AuthSettings.DEFAULT.sessionLifetime().toMillis());
    assertThat(session.token().value()).hasSize(43);
  }

  @Test
  void everyLoginHasATokenOfItsOwn() {
    door.create();

    assertThat(door.loggedIn().token()).isNotEqualTo(door.loggedIn().token());
  }

  @Test
  void anUnknownUserAndAWrongPasswordAreAnsweredAlike() {
    door.create();
    var wrong = door.login(EMAIL, WRONG);

    assertThat(reason(wrong)).isEqualTo("CREDENTIALS_INVALID");
    assertThat(door.login("nobody@example.org", WRONG)).isEqualTo(wrong);
    assertThat(door.login("no address", WRONG)).isEqualTo(wrong);
    assertThat(door.login(EMAIL, new Secret("x".repeat(10_000)))).isEqualTo(wrong);
    assertThat(door.login(EMAIL, new Secret(""))).isEqualTo(wrong);
  }

  @Test
  void anUnknownUserCostsTheSameWork() {
    var hashes = new ArrayList<Runnable>();
    var counting =
        new Doorman(
            KIT,
            AuthSettings.DEFAULT,
            work -> {
              hashes.add(work);
              work.run();
            },
            1);
    counting.create();
    int before = counting.replica.applied().size();
    counting.login(EMAIL, WRONG);
    int known = counting.replica.applied().size() - before;
    assertThat(hashes).hasSize(2);
    counting.login("nobody@example.org", WRONG);

    assertThat(hashes).hasSize(3);
    assertThat(counting.replica.applied().size() - before).isEqualTo(2 * known);
  }

  @Test
  void failuresLockTheAccountUntilTheLogSaysSo() {
    door.create();
    for (int i = 0; i < DirectoryLimits.LOGIN_FAILURES_FREE; i++) {
      assertThat(reason(door.login(EMAIL, WRONG))).isEqualTo("CREDENTIALS_INVALID");
    }
    var locked = (Refused) door.login(EMAIL, PASSWORD);

    assertThat(locked.reason()).isEqualTo("LOGIN_THROTTLED");
    assertThat(locked.retryAfter()).isEqualTo(DirectoryLimits.LOCKOUT_FIRST);
    door.replica.advanceTime(DirectoryLimits.LOCKOUT_FIRST);
    assertThat(door.login(EMAIL, PASSWORD)).isInstanceOf(LoggedIn.class);
  }

  @Test
  void aSuccessForgivesEarlierFailures() {
    door.create();
    for (int round = 0; round < 2; round++) {
      for (int i = 1; i < DirectoryLimits.LOGIN_FAILURES_FREE; i++) {
        door.login(EMAIL, WRONG);
      }
      assertThat(door.login(EMAIL, PASSWORD)).isInstanceOf(LoggedIn.class);
    }
  }

  @Test
  void onlySoManyPasswordsWaitToBeHashed() throws InterruptedException {
    var held = new LinkedBlockingQueue<Runnable>();
    var busy = new Doorman(KIT, AuthSettings.DEFAULT, held::add, 2);
    var first = busy.startLogin(EMAIL, WRONG);
    var second = busy.startLogin(EMAIL, WRONG);
    var third = (Refused) busy.startLogin(EMAIL, WRONG).receiveMessage(Doorman.PATIENCE);

    assertThat(third.reason()).isEqualTo("LOGIN_THROTTLED");
    assertThat(third.retryAfter()).isPositive();
    run(held);
    run(held);
    assertThat(reason(first.receiveMessage(Doorman.PATIENCE))).isEqualTo("CREDENTIALS_INVALID");
    assertThat(reason(second.receiveMessage(Doorman.PATIENCE))).isEqualTo("CREDENTIALS_INVALID");
  }

  @Test
  void onlySoManyRequestsAreUnderWay() throws InterruptedException {
    var held = new LinkedBlockingQueue<Runnable>();
    var settings = new AuthSettings(AuthSettings.DEFAULT.sessionLifetime(), 1);
    var busy = new Doorman(KIT, settings, held::add, 2);
    var first = busy.startLogin(EMAIL, WRONG);
    LoginReply second = busy.startLogin(EMAIL, WRONG).receiveMessage(Doorman.PATIENCE);

    assertThat(reason(second)).isEqualTo("OVERLOADED");
    run(held);
    first.receiveMessage(Doorman.PATIENCE);
    assertThat(reason(busy.get("u1"))).isEqualTo("RESOURCE_NOT_FOUND");
  }

  private static void run(LinkedBlockingQueue<Runnable> held) throws InterruptedException {
    var work = held.poll(60, TimeUnit.SECONDS);
    assertThat(work).isNotNull();
    work.run();
  }
}
