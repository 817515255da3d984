package dev.usher.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import dev.usher.api.booking.v1.Booking;
import dev.usher.api.booking.v1.CreateBookingRequest;
import dev.usher.cli.client.FakeNode.Answering;
import io.grpc.Status;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UsherClientTest {
  private static final CreateBookingRequest REQUEST =
      CreateBookingRequest.newBuilder().setParent("events/hamlet").setRequestId("r-1").build();
  private static final Booking BOOKING =
      Booking.newBuilder().setName("events/hamlet/bookings/b1").build();
  private static final Duration DEADLINE = Duration.ofMinutes(10);

  /** A busy machine's slowness is not taken for a silent node. */
  private static UsherClient patient(Connections connections, Waiting waiting) {
    return UsherClient.of(connections, DEADLINE, waiting).withAttemptLimit(DEADLINE);
  }

  private static FakeNode booking() throws IOException {
    return FakeNode.start(new Answering<>(Api.CREATE_BOOKING, request -> BOOKING));
  }

  private static FakeNode refusing(Code code, String reason) throws IOException {
    return FakeNode.start(
        new Answering<>(
            Api.CREATE_BOOKING,
            request -> {
              throw FakeNode.error(code, reason, "no");
            }));
  }

  private static NodeAddress nobody() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return new NodeAddress("127.0.0.1", socket.getLocalPort());
    }
  }

  @Test
  void aNodeThatRefusesConnectionsIsPassedOver() throws IOException {
    try (var node = booking();
        var connections = new Connections(List.of(nobody(), node.address()))) {
      var client = patient(connections, new JumpingClock());
      assertThat(client.call(Api.CREATE_BOOKING, REQUEST)).isEqualTo(BOOKING);
      assertThat(client.lastNode()).isEqualTo(node.address());
    }
  }

  @Test
  void theSameRequestGoesToTheNextNodeWhenOneHasNoLeader() throws IOException {
    try (var first = refusing(Code.UNAVAILABLE, "NO_LEADER");
        var second = booking();
        var connections = new Connections(List.of(first.address(), second.address()))) {
      var client = patient(connections, new JumpingClock());
      assertThat(client.call(Api.CREATE_BOOKING, REQUEST)).isEqualTo(BOOKING);
      assertThat(first.received()).containsOnly(REQUEST);
      assertThat(second.received()).containsOnly(REQUEST);
    }
  }

  @Test
  void aDefiniteRefusalIsNotAskedElsewhere() throws IOException {
    try (var first = refusing(Code.FAILED_PRECONDITION, "SEAT_UNAVAILABLE");
        var second = booking();
        var connections = new Connections(List.of(first.address(), second.address()))) {
      var client = patient(connections, new JumpingClock());
      var failure =
          catchThrowableOfType(
              CallFailedException.class, () -> client.call(Api.CREATE_BOOKING, REQUEST));
      assertThat(failure.reason()).isEqualTo("SEAT_UNAVAILABLE");
      assertThat(failure.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
      assertThat(second.received()).isEmpty();
    }
  }

  @Test
  void itGoesRoundUntilALeaderIsElected() throws IOException {
    var asked = new AtomicInteger();
    try (var node =
            FakeNode.start(
                new Answering<>(
                    Api.CREATE_BOOKING,
                    request -> {
                      if (asked.incrementAndGet() < 5) {
                        throw FakeNode.error(Code.UNAVAILABLE, "NO_LEADER", "electing");
                      }
                      return BOOKING;
                    }));
        var connections = new Connections(List.of(node.address(), nobody()))) {
      var clock = new JumpingClock();
      var client = patient(connections, clock);
      assertThat(client.call(Api.CREATE_BOOKING, REQUEST)).isEqualTo(BOOKING);
      assertThat(clock.pauses()).hasSize(4).isSorted();
    }
  }

  @Test
  void afterTheDeadlineItSaysWhatTheLastNodeSaid() throws IOException {
    try (var node = refusing(Code.UNAVAILABLE, "NO_LEADER");
        var connections = new Connections(List.of(node.address()))) {
      var client = patient(connections, new JumpingClock());
      var failure =
          catchThrowableOfType(
              CallFailedException.class, () -> client.call(Api.CREATE_BOOKING, REQUEST));
      assertThat(failure.code()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(failure.reason()).isEqualTo("NO_LEADER");
      assertThat(failure).hasMessageContaining("600000 ms");
    }
  }

  @Test
  void aNodeThatComesBackIsFoundAgain() throws IOException {
    var first = booking();
    int port = first.address().port();
    try (var connections = new Connections(List.of(first.address()))) {
      var client = UsherClient.of(connections, DEADLINE);
      assertThat(client.call(Api.CREATE_BOOKING, REQUEST)).isEqualTo(BOOKING);
      first.close();
      var failure =
          catchThrowableOfType(
              CallFailedException.class,
              () -> client.within(Duration.ofMillis(200)).call(Api.CREATE_BOOKING, REQUEST));
      assertThat(failure.code()).isEqualTo(Status.Code.UNAVAILABLE);
      try (var again = FakeNode.startAt(port, new Answering<>(Api.CREATE_BOOKING, r -> BOOKING))) {
        assertThat(client.call(Api.CREATE_BOOKING, REQUEST)).isEqualTo(BOOKING);
        assertThat(again.received()).contains(REQUEST);
      }
    }
  }

  @Test
  void theFaultsOfARequestAreKept() throws IOException {
    var bad =
        BadRequest.newBuilder()
            .addFieldViolations(
                BadRequest.FieldViolation.newBuilder()
                    .setField("zones[0].rows[3]")
                    .setDescription("has no seats"))
            .build();
    try (var node =
            FakeNode.start(
                new Answering<>(
                    Api.CREATE_BOOKING,
                    request -> {
                      throw FakeNode.error(Code.INVALID_ARGUMENT, "INVALID", "bad plan", bad);
                    }));
        var connections = new Connections(List.of(node.address()))) {
      var failure =
          catchThrowableOfType(
              CallFailedException.class,
              () -> UsherClient.of(connections, DEADLINE).call(Api.CREATE_BOOKING, REQUEST));
      assertThat(failure.violations())
          .containsExactly(new CallFailedException.Violation("zones[0].rows[3]", "has no seats"));
    }
  }
}
