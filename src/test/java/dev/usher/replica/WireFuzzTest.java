package dev.usher.replica;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

/** A few of the inputs that {@link WireFuzz} makes. */
class WireFuzzTest {
  @Test
  void bytesThatNoPeerSendsAreRefusedAndNothingElseHappens() {
    assertThatCode(() -> new WireFuzz(7).run(20_000)).doesNotThrowAnyException();
  }
}
