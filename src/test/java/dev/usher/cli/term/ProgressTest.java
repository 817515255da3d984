package dev.usher.cli.term;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressTest {
  private static void steps(Terminals terminals) {
    var progress = new Progress(terminals.terminal(), terminals.terminal().out());
    progress.begin("Starting");
    progress.news("node-1 does not answer yet");
    progress.done("Three nodes serve");
    progress.begin("Checking");
    progress.failed("One seat, two bookings");
  }

  @Test
  void aPipeGetsOnePlainLinePerStep() {
    var terminals = Terminals.piped("");
    steps(terminals);
    assertThat(terminals.out()).isEqualTo("✓ Three nodes serve\n✗ One seat, two bookings\n");
  }

  @Test
  void aTerminalSeesTheStepThatRuns() {
    var terminals = Terminals.watched();
    steps(terminals);
    assertThat(terminals.out())
        .containsSubsequence("Starting", "node-1 does not answer yet", "\r", "Three nodes serve");
  }
}
