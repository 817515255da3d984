package dev.usher.auth;

import static dev.usher.auth.Doorman.EMAIL;
import static dev.usher.auth.Doorman.PASSWORD;
import static dev.usher.auth.Doorman.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.auth.AuthProtocol.Authenticated;
import dev.usher.auth.AuthProtocol.FoundUser;
import dev.usher.auth.AuthProtocol.LoggedIn;
import dev.usher.auth.AuthProtocol.LoggedOut;
import dev.usher.auth.AuthProtocol.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final ActorTestKit KIT = ActorTestKit.create();

  private final Doorman door = new Doorman(KIT);

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  private LoggedIn session() {
    door.create();
    return door.loggedIn();
  }

  @Test
  void aTokenTellsWhoseItIs() {
    var session = session();
    var principal =
        new Principal(session.user().userId(), session.sessionId(), Set.of(Role.CUSTOMER));

    assertThat(door.authenticate(session.token(), true)).isEqualTo(new Authenticated(principal));
    assertThat(door.authenticate(session.token(), false)).isEqualTo(new Authenticated(principal));
  }

  @Test
  void noTokenAndAWrongTokenAreRefused() {
    session();

    assertThat(reason(door.authenticate(new Secret(""), true))).isEqualTo("SESSION_REQUIRED");
    assertThat(reason(door.authenticate(new Secret("guess"), false))).isEqualTo("SESSION_EXPIRED");
    assertThat(reason(door.authenticate(new Secret("x".repeat(10_000)), true)))
        .isEqualTo("SESSION_EXPIRED");
  }

  @Test
  void theTokenItselfIsNotInTheLog() {
    var session = session();
    var log = new StringBuilder();
    door.replica
        .applied()
        .forEach(c -> log.append(new String(c.toArray(), StandardCharsets.ISO_8859_1)));

    assertThat(log).contains(session.sessionId()).doesNotContain(session.token().value());
  }

  @Test
  void aSessionEndsAtItsLifetimeByLogTime() {
    var session = session();
    door.replica.setTime(session.expireTimeMs() - 1);
    assertThat(door.authenticate(session.token(), true)).isInstanceOf(Authenticated.class);
    door.replica.setTime(session.expireTimeMs());

    assertThat(reason(door.authenticate(session.token(), true))).isEqualTo("SESSION_EXPIRED");
  }

  @Test
  void loggingOutEndsTheSessionAndTwiceIsAsGoodAsOnce() {
    var session = session();
    var userId = session.user().userId();

    assertThat(door.logout(userId, session.sessionId())).isEqualTo(new LoggedOut());
    assertThat(reason(door.authenticate(session.token(), true))).isEqualTo("SESSION_EXPIRED");
    assertThat(door.logout(userId, session.sessionId())).isEqualTo(new LoggedOut());
  }

  @Test
  void nobodyEndsSomebodyElsesSession() {
    var session = session();

    assertThat(reason(door.logout("u-eve", session.sessionId()))).isEqualTo("RESOURCE_NOT_FOUND");
    assertThat(door.authenticate(session.token(), true)).isInstanceOf(Authenticated.class);
  }

  @Test
  void aKnownTokenIsGoodOnThisNodeWhileThereIsNoLeader() {
    var session = session();
    door.replica.setAvailable(false);

    assertThat(door.authenticate(session.token(), false)).isInstanceOf(Authenticated.class);
    assertThat(reason(door.authenticate(session.token(), true))).isEqualTo("NO_LEADER");
    assertThat(reason(door.authenticate(new Secret("unknown"), false))).isEqualTo("NO_LEADER");
  }

  @Test
  void theOperatorsAccountIsMadeOnceHoweverManyNodesTry() {
    var probe = KIT.createTestProbe();
    for (int node = 1; node <= 3; node++) {
      var operator =
          KIT.spawn(OperatorAccount.create(door.auth, door.directory, "Op@usher.local", PASSWORD));
      probe.expectTerminated(operator, Doorman.PATIENCE);
    }
    var session = (LoggedIn) door.login("op@usher.local", PASSWORD);

    assertThat(session.user().roles())
        .containsExactlyInAnyOrder("OPERATOR", "ORGANIZER", "FINANCE", "CUSTOMER");
    assertThat(door.directory.replica().readStale(view -> view.userCount()).toCompletableFuture())
        .isCompletedWithValue(1);
  }

  @Test
  void anAccountThatIsThereIsLeftAsItIs() {
    var mine = session().user();
    var probe = KIT.createTestProbe();
    var operator =
        KIT.spawn(
            OperatorAccount.create(door.auth, door.directory, EMAIL, new Secret("another one")));
    probe.expectTerminated(operator, Doorman.PATIENCE);

    assertThat(((FoundUser) door.get(mine.userId())).user().passwordHash())
        .isEqualTo(mine.passwordHash());
  }

  @Test
  void theOperatorsAccountWaitsForALeader() {
    door.replica.setAvailable(false);
    var operator =
        LoggingTestKit.warn("operator account waits for a leader")
            .expect(
                KIT.system(),
                () ->
                    KIT.spawn(OperatorAccount.create(door.auth, door.directory, EMAIL, PASSWORD)));
    door.replica.setAvailable(true);

    KIT.createTestProbe().expectTerminated(operator, Doorman.PATIENCE);
    assertThat(door.login(EMAIL, PASSWORD)).isInstanceOf(LoggedIn.class);
  }
}
