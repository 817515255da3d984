package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.raft.GroupId;
import dev.usher.replica.UnavailableException;
import io.grpc.Status;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a call is told that failed where the gate did not see it. */
class FailuresTest {
  private final Failures failures = new Failures(new Random(1));

  static Stream<Throwable> ofABusyCluster() {
    return Stream.of(
        new UnavailableException(new GroupId("seats-0")), new TimeoutException("no answer"));
  }

  @ParameterizedTest
  @MethodSource("ofABusyCluster")
  void aBusyClusterIsUnavailableAndNotBroken(Throwable failure) {
    assertThat(failures.trailers(failure).status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(failures.trailers(new CompletionException(failure)).status().getCode())
        .isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void whatNobodyForesawIsInternalAndItsDetailsStayHere() {
    var told = failures.trailers(new IllegalStateException("the secret is 42")).status();
    assertThat(told.getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(told.getDescription()).contains("log of this node").doesNotContain("42 ", "secret");
  }
}
