package dev.usher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.cli.TestCard;
import dev.usher.cli.demo.Checks.Check;
import dev.usher.cli.load.LoadRun;
import dev.usher.cli.load.LoadSettings;
import dev.usher.cli.term.Progress;
import dev.usher.cli.term.Terminal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code usher load} in small: declined cards, a silent provider, rivals and a dead leader. */
@ExtendWith(Theatre.Opened.class)
class LoadIT {
  @Test
  void seatsAndMoneyAgreeAfterDeclinesSilencesAndAKilledLeader(Theatre theatre) {
    var settings = new LoadSettings(300, 32, 0.05, 0.05, 0.05, Duration.ofSeconds(4));
    var terminal = Terminal.ofProcess();
    var office = theatre.office();

    var report =
        new LoadRun(
                settings,
                theatre.cluster(),
                office.visitor(),
                office.operator(),
                new Progress(terminal, terminal.err()))
            .run(office.price(), TestCard.OK.card(), TestCard.DECLINED.card());

    assertThat(report.checks())
        .isNotEmpty()
        .allSatisfy(check -> assertThat(check).matches(Check::held));
    assertThat(report.killed()).isNotEmpty();
    assertThat(report.silences()).isEqualTo(15);
    assertThat(report.answers())
        .containsOnlyKeys("booked", "refused: PAYMENT_DECLINED", "refused: SEAT_UNAVAILABLE")
        .containsEntry("refused: PAYMENT_DECLINED", 15L)
        .containsEntry("refused: SEAT_UNAVAILABLE", 15L);
  }
}
