package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.raft.GroupId;
import dev.usher.replica.UnavailableException;
import io.grpc.Status;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.pekko.actor.SchedulerException;
import org.apache.pekko.pattern.AskTimeoutException;
import org.apache.pekko.stream.AbruptStageTerminationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a call is told that failed where the gate did not see it. */
class FailuresTest {
  private final Failures failures = new Failures(new Random(1));

  static Stream<Throwable> ofABusyCluster() {
    return Stream.of(
        new UnavailableException(new GroupId("seats-0")),
        new TimeoutException("no answer"),
        new AskTimeoutException("nobody answered"));
  }

  @ParameterizedTest
  @MethodSource("ofABusyCluster")
  void aBusyClusterIsUnavailableAndNotBroken(Throwable failure) {
    assertThat(failures.trailers(failure).status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(failures.trailers(new CompletionException(failure)).status().getCode())
        .isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void aReadThatWasOneTooManyIsOverload() {
    var failure = UnavailableException.overloaded(new GroupId("seats-0"));

    assertThat(failures.trailers(failure).status().getCode())
        .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
  }

  /** Timers, threads and streams of a node that shuts down go before the last calls do. */
  static Stream<Throwable> ofAnEndingNode() {
    return Stream.of(
        new SchedulerException("cannot enqueue after timer shutdown"),
        new RejectedExecutionException("the executor is shut down"),
        new AbruptStageTerminationException(null));
  }

  @ParameterizedTest
  @MethodSource("ofAnEndingNode")
  void aNodeThatEndsIsUnavailableAndTheCallIsSafelyRepeatedElsewhere(Throwable failure) {
    var told = failures.trailers(new CompletionException(failure));

    assertThat(told.status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(told.status().getDescription()).contains("same request_id");
  }

  @Test
  void aCallThatWasCancelledIsCancelled() {
    assertThat(failures.trailers(new CancellationException()).status().getCode())
        .isEqualTo(Status.Code.CANCELLED);
  }

  @Test
  void whatNobodyForesawIsInternalAndItsDetailsStayHere() {
    var told = failures.trailers(new IllegalStateException("the secret is 42")).status();
    assertThat(told.getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(told.getDescription()).contains("log of this node").doesNotContain("42 ", "secret");
  }
}
