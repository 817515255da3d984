package dev.usher.sim.tla;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Joint consensus (Members.tla) keeps its promises, and would not with one majority only. */
@Execution(ExecutionMode.CONCURRENT)
class MembersSpecificationTest {
  @Test
  void everyStateWithinTheBoundsIsSafe() throws Exception {
    Tlc.Outcome outcome = SpecificationTest.check("Members.tla", "Members", config());
    assertThat(outcome.troubles()).isEmpty();
    assertThat(outcome.violated()).isEmpty();
    assertThat(outcome.distinctStates()).as("all states were visited").isGreaterThan(10_000);
    System.out.printf("model=Members states=%d%n", outcome.distinctStates());
  }

  /** A rule, what takes its place, and what comes of it. */
  @ParameterizedTest
  @CsvSource({
    "Elects, AsksTheNewHalfAlone, ElectionSafety",
    "Commits, AsksTheNewHalfAlone, LeaderCompleteness",
    "Begin, ChangesAtOnce, ElectionSafety",
  })
  void aBrokenRuleDoesHarm(String rule, String mutant, String harm) throws Exception {
    String broken = config() + "CONSTANT %s <- %s%n".formatted(rule, mutant);
    assertThat(SpecificationTest.check("Members.tla", "Members" + rule, broken).violated())
        .containsExactly(harm);
  }

  private static String config() throws Exception {
    return Files.readString(Tlc.SPEC.resolve("Members.cfg"));
  }
}
