package dev.usher.sim.tla;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The specification keeps its own promises, within bounds, and would not without its rules. */
@Execution(ExecutionMode.CONCURRENT)
class SpecificationTest {
  /** A rule, what takes its place, and what must come of it (Mutants.tla). */
  enum BrokenRule {
    COMMITS_PRIOR_TERMS_BY_COUNTING("Figure8", "MayCount", "CountsAnyTerm", "LeaderCompleteness"),
    VOTES_TWICE("Promises", "IsVoteFree", "VotesForEverybody", "OneVotePerTerm"),
    TELLS_VOTES_BEFORE_ITS_DISK(
        "Promises", "IsHardStateDurable", "TrustsItsMemory", "OneVotePerTerm"),
    ACKNOWLEDGES_BEFORE_ITS_DISK(
        "Promises", "DurableIndex", "CountsItsMemory", "CommittedMeansDurableOnQuorum"),
    READS_WITHOUT_A_ROUND("Reads", "IsConfirmed", "ReadsAtOnce", "LinearizableReads");

    private final String model;
    private final String rule;
    private final String mutant;
    private final String harm;

    BrokenRule(String model, String rule, String mutant, String harm) {
      this.model = model;
      this.rule = rule;
      this.mutant = mutant;
      this.harm = harm;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Promises", "Figure8", "Reads"})
  void everyStateWithinTheBoundsIsSafe(String model) throws Exception {
    Tlc.Outcome outcome = check("Mutants.tla", model, Files.readString(config(model)));
    assertThat(outcome.troubles()).isEmpty();
    assertThat(outcome.violated()).isEmpty();
    assertThat(outcome.distinctStates()).as("all states were visited").isGreaterThan(1_000);
    System.out.printf("model=%s states=%d%n", model, outcome.distinctStates());
  }

  @ParameterizedTest
  @EnumSource
  void aBrokenRuleDoesHarm(BrokenRule broken) throws Exception {
    String config =
        Files.readString(config(broken.model))
                // Says the same as the rule that is broken here: the harm is to be seen.
                .replace("OwnTermByCounting", "")
            + "CONSTANT %s <- %s%n".formatted(broken.rule, broken.mutant);
    assertThat(check("Mutants.tla", broken.name(), config).violated()).containsExactly(broken.harm);
  }

  static Tlc.Outcome check(String module, String session, String config)
      throws IOException, InterruptedException {
    Path workDir = Path.of("target", "tla", session).toAbsolutePath();
    Files.createDirectories(workDir);
    Files.writeString(workDir.resolve("Checked.cfg"), config);
    return Tlc.check(module, "Checked.cfg", workDir);
  }

  private static Path config(String model) {
    return Tlc.SPEC.resolve(model + ".cfg");
  }
}
