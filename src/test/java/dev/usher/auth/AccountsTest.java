package dev.usher.auth;

import static dev.usher.auth.Doorman.EMAIL;
import static dev.usher.auth.Doorman.PASSWORD;
import static dev.usher.auth.Doorman.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.auth.AuthProtocol.FoundUser;
import dev.usher.auth.AuthProtocol.Secret;
import dev.usher.auth.AuthProtocol.UserCreated;
import java.nio.charset.StandardCharsets;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsTest {
  private static final ActorTestKit KIT = ActorTestKit.create();

  private final Doorman door = new Doorman(KIT);

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  @Test
  void anAccountIsKeptUnderItsAddressInLowerCase() {
    var created = (UserCreated) door.create(" Ann@Example.ORG ", "Ann", PASSWORD, "");

    assertThat(created.user().email()).isEqualTo(EMAIL);
    assertThat(created.user().roles()).containsExactly("CUSTOMER");
    assertThat(door.get(created.user().userId())).isEqualTo(new FoundUser(created.user()));
  }

  @Test
  void thePasswordIsKeptAsArgon2idOnly() {
    var created = (UserCreated) door.create();

    assertThat(created.user().passwordHash()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    var log = new StringBuilder();
    door.replica
        .applied()
        .forEach(c -> log.append(new String(c.toArray(), StandardCharsets.ISO_8859_1)));
    assertThat(log).contains(EMAIL).doesNotContain(PASSWORD.value());
  }

  @Test
  void anAddressHasOneAccount() {
    door.create();

    assertThat(reason(door.create("ANN@example.org", "Other", PASSWORD, "")))
        .isEqualTo("USER_EXISTS");
  }

  @Test
  void aRepeatedRequestGetsTheSameAccount() {
    var first = door.create(EMAIL, "Ann", PASSWORD, "k");

    assertThat(first).isInstanceOf(UserCreated.class);
    assertThat(door.create(EMAIL, "Ann", PASSWORD, "k")).isEqualTo(first);
  }

  @Test
  void aRequestIdForAnotherAccountIsRefused() {
    door.create(EMAIL, "Ann", PASSWORD, "k");

    assertThat(reason(door.create("bob@example.org", "Bob", PASSWORD, "k")))
        .isEqualTo("REQUEST_ID_REUSED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ann", "@example.org", "ann@", "a b@example.org", "a@b@c.org", "a@b"})
  void whatIsNoAddressIsRefused(String email) {
    assertThat(reason(door.create(email, "Ann", PASSWORD, ""))).isEqualTo("EMAIL_MALFORMED");
    assertThat(door.replica.applied()).isEmpty();
  }

  @Test
  void passwordsHave8To128Characters() {
    assertThat(reason(door.create(EMAIL, "Ann", new Secret("1234567"), "")))
        .isEqualTo("PASSWORD_WEAK");
    assertThat(reason(door.create(EMAIL, "Ann", new Secret("x".repeat(129)), "")))
        .isEqualTo("PASSWORD_WEAK");
    // Characters are counted, not UTF-16 units.
    assertThat(door.create(EMAIL, "Ann", new Secret("\uD83C\uDFAD".repeat(128)), ""))
        .isInstanceOf(UserCreated.class);
    assertThat(door.create("bob@example.org", "Bob", new Secret("12345678"), ""))
        .isInstanceOf(UserCreated.class);
  }

  @Test
  void anUnknownAccountIsNotFound() {
    assertThat(reason(door.get("u-nobody"))).isEqualTo("RESOURCE_NOT_FOUND");
  }

  @Test
  void withoutALeaderNothingIsKnownAndNothingIsDone() {
    door.create();
    door.replica.setAvailable(false);

    assertThat(reason(door.get("u1"))).isEqualTo("NO_LEADER");
    assertThat(reason(door.create("bob@example.org", "Bob", PASSWORD, ""))).isEqualTo("NO_LEADER");
    assertThat(reason(door.login(EMAIL, PASSWORD))).isEqualTo("NO_LEADER");
    assertThat(reason(door.logout("u1", "s1"))).isEqualTo("NO_LEADER");
    assertThat(reason(door.authenticate(new Secret("t"), true))).isEqualTo("NO_LEADER");
  }

  @Test
  void noMessageShowsASecret() {
    assertThat(new Secret("hush").toString()).doesNotContain("hush");
    assertThat(((UserCreated) door.create()).toString()).doesNotContain("argon2");
  }
}
