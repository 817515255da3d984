package dev.usher.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.auth.AuthProtocol.Secret;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class Argon2Test {
  private final SecureRandom random = new SecureRandom();

  /** From the reference implementation's test.c (phc-winner-argon2, version 0x13, Argon2id). */
  @Test
  void itAgreesWithTheReferenceImplementation() {
    var reference =
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ" + "$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

    assertThat(Argon2.matches(new Secret("password"), reference)).isTrue();
    assertThat(Argon2.matches(new Secret("passwore"), reference)).isFalse();
  }

  @Test
  void eachHashHasItsOwnSaltAndNamesItsParameters() {
    var password = new Secret("correct horse battery");
    var first = Argon2.encode(password, random);
    var second = Argon2.encode(password, random);

    assertThat(first).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(second);
    assertThat(Argon2.matches(password, first)).isTrue();
    assertThat(Argon2.matches(password, second)).isTrue();
  }

  @Test
  void nobodysHashTakesTheSameParametersAndMatchesNothing() {
    var nobody = Argon2.ofNobody(random);

    assertThat(nobody)
        .startsWith("$argon2id$v=19$m=19456,t=2,p=1$")
        .hasSameSizeAs(Argon2.encode(new Secret("12345678"), random));
    assertThat(Argon2.matches(new Secret(""), nobody)).isFalse();
  }

  @Test
  void whatIsNoHashIsSaidSoWithoutShowingIt() {
    assertThatThrownBy(() -> Argon2.matches(new Secret("x"), "plain-text-password"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a password hash is not an encoded Argon2id hash");
  }
}
