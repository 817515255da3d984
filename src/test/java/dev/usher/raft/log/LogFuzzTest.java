package dev.usher.raft.log;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

/** A few of the inputs that {@link LogFuzz} makes. */
class LogFuzzTest {
  @Test
  void filesThatNobodyWroteAreReadAsFarAsTheyAreValidOrRefused() {
    assertThatCode(() -> new LogFuzz(7).run(20_000)).doesNotThrowAnyException();
  }
}
