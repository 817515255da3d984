package dev.usher.cli.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.cli.client.JumpingClock;
import dev.usher.cli.local.LocalClusterException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ComebackTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final JumpingClock clock = new JumpingClock();
  private final Comeback comeback = new Comeback(clock, PATIENCE);

  @Test
  void aSlowNodeIsWaitedForAsLongAsTheOthersSell() {
    var death = comeback.await("node-2", servesAfter(600), () -> true, () -> false);

    assertThat(death).isEqualTo(new Death("node-2", Duration.ofSeconds(600), true));
  }

  @Test
  void aQuorumThatIsBackInTimeIsNoReasonToGiveUp() {
    var death = comeback.await("node-2", servesAfter(300), everySeconds(80), () -> false);

    assertThat(death.serves()).isTrue();
  }

  @Test
  void withoutAQuorumForSoLongItGivesUpAndSaysWhatTheNodeLacks() {
    assertThatThrownBy(() -> comeback.await("node-2", servesAfter(600), () -> false, () -> false))
        .isInstanceOf(LocalClusterException.class)
        .hasMessage(
            "no quorum for 90 s since node-2 was killed; it says: system: no leader is known");
    assertThat(clock.nanoTime()).isEqualTo(PATIENCE.toNanos());
  }

  @Test
  void onceTheSaleIsOverALateNodeIsNotWaitedForMuchLonger() {
    var death = comeback.await("node-2", servesAfter(600), () -> true, after(100));

    assertThat(death.serves()).isFalse();
    assertThat(death.away()).isBetween(Duration.ofSeconds(189), Duration.ofSeconds(191));
  }

  private Supplier<Optional<String>> servesAfter(long seconds) {
    var serves = after(seconds);
    return () ->
        serves.getAsBoolean() ? Optional.empty() : Optional.of("system: no leader is known");
  }

  private BooleanSupplier after(long seconds) {
    return () -> clock.nanoTime() >= Duration.ofSeconds(seconds).toNanos();
  }

  /** For a moment only. */
  private BooleanSupplier everySeconds(long seconds) {
    return () -> clock.nanoTime() % Duration.ofSeconds(seconds).toNanos() == 0;
  }
}
