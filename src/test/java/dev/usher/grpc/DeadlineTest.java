package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.grpc.javadsl.Metadata;
import org.apache.pekko.grpc.javadsl.MetadataBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

  @ParameterizedTest
  @CsvSource({
    "2S, PT2S",
    "250m, PT0.25S",
    "900u, PT0.0009S",
    "7n, PT0.000000007S",
    "1M, PT1M",
    "1H, PT1M",
    "99999999H, PT1M"
  })
  void aTimeoutIsReadInItsUnitAndCapped(String header, Duration expected) {
    assertThat(deadline(header).timeLeft()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5x", "", "S", "-1S", "1.5S", "123456789S", "5"})
  void aMalformedTimeoutIsAViolation(String header) {
    var refused = catchThrowableOfType(CallException.class, () -> deadline(header));
    assertThat(ApiError.of(refused.status()).fields()).containsExactly("grpc-timeout");
  }

  @Test
  void withoutATimeoutTheDefaultCounts() {
    var deadline = Deadline.of(MetadataBuilder.empty(), Deadline.FOR_READS, nanos::get);
    assertThat(deadline.timeLeft()).isEqualTo(Deadline.FOR_READS);
  }

  @Test
  void theTimeLeftShrinksAndIsNeverNegative() {
    var deadline = deadline("1S");
    nanos.addAndGet(Duration.ofMillis(400).toNanos());
    assertThat(deadline.timeLeft()).isEqualTo(Duration.ofMillis(600));
    nanos.addAndGet(Duration.ofSeconds(9).toNanos());
    assertThat(deadline.timeLeft()).isEqualTo(Duration.ZERO);
  }

  @Test
  void aStepGetsLessSoThatItsAnswerCanTravel() {
    assertThat(deadline("10S").timeForStep()).isEqualTo(Duration.ofMillis(9_900));
    assertThat(deadline("100m").timeForStep()).isEqualTo(Duration.ofMillis(90));
    assertThat(deadline("1n").timeForStep()).isEqualTo(Duration.ofMillis(1));
  }

  private Deadline deadline(String header) {
    Metadata metadata = new MetadataBuilder().addText("grpc-timeout", header).build();
    return Deadline.of(metadata, Duration.ofSeconds(10), nanos::get);
  }
}
