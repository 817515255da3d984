package dev.usher.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;

class CallFailedExceptionTest {
  @Test
  void aConnectionThatBreaksForNoKnownReasonIsTriedElsewhere() {
    // grpc-java#10120: what a client may see of a node that is killed.
    var broken =
        Status.UNKNOWN.withDescription("channel closed").withCause(new ClosedChannelException());

    var failure = CallFailedException.of(broken.asRuntimeException());

    assertThat(failure.code()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(failure.retriable()).isTrue();
    assertThat(failure).hasMessage("channel closed");
  }

  @Test
  void aServersOwnUnknownIsItsAnswer() {
    var failure =
        CallFailedException.of(Status.UNKNOWN.withDescription("no idea").asRuntimeException());

    assertThat(failure.code()).isEqualTo(Status.Code.UNKNOWN);
    assertThat(failure.retriable()).isFalse();
  }
}
