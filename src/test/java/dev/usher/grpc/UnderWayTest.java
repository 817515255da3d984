package dev.usher.grpc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import dev.usher.api.booking.v1.Booking;
import dev.usher.api.booking.v1.BookingService;
import dev.usher.api.booking.v1.CreateBookingRequest;
import dev.usher.api.booking.v1.WatchSeatsRequest;
import dev.usher.api.booking.v1.WatchSeatsResponse;
import dev.usher.api.chatbot.v1.ChatbotService;
import dev.usher.api.chatbot.v1.SendMessageRequest;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What of a real connection counts as under way; nothing here waits without a bound. */
class UnderWayTest {
  private static final String BOOK = BookingService.name + "/CreateBooking";
  private static final House house = new House(NoProvider.get());

  private final TestClient client = new TestClient(house.edge.address());

  @BeforeAll
  static void open() {
    house.publish("hamlet");
  }

  @AfterAll
  static void close() {
    house.close();
  }

  @AfterEach
  void hangUp() {
    client.close();
  }

  @Test
  void aSlowCallCountsUntilItsTimeIsUp() {
    var status = begin(BOOK, booking("slow", "600m"), "600m");
    awaitUnderWay(1);

    assertThat(House.await(status).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    awaitUnderWay(0);
  }

  @Test
  void aCallWhoseCallerIsGoneCountsUntilItsWorkIsOver() {
    begin(BOOK, booking("gone", "1S"), "1S");
    awaitUnderWay(1);
    client.close();

    awaitUnderWay(0);
  }

  @Test
  void aRequestThatNeverComesToItsEndIsAnsweredWhenItsTimeIsUp() throws IOException {
    try (var socket = beginAndStop("500m")) {
      awaitUnderWay(1);

      var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
      assertThat(answer.lines().anyMatch(line -> line.contains("grpc-status: 4"))).isTrue();
      awaitUnderWay(0);
    }
  }

  @Test
  void aRequestWhoseCallerVanishesInTheMiddleCountsNoMore() throws IOException {
    try (var socket = beginAndStop("60S")) {
      awaitUnderWay(1);
    }

    awaitUnderWay(0);
  }

  @Test
  void aCallThatBreaksCountsNoMore() {
    var status =
        begin(
            ChatbotService.name + "/SendMessage",
            SendMessageRequest.newBuilder().setText("throw").build(),
            "5S");

    assertThat(House.await(status).getCode()).isEqualTo(Status.Code.INTERNAL);
    awaitUnderWay(0);
  }

  @Test
  void aWatchThatHasBegunIsSentElsewhereAndNotWaitedFor() {
    var watch =
        client.stream(
            BookingService.name + "/WatchSeats",
            WatchSeatsRequest.newBuilder().setParent("events/hamlet").build(),
            WatchSeatsResponse.getDefaultInstance(),
            "");
    assertThat(watch.next().getSnapshot()).isTrue();

    awaitUnderWay(0);
  }

  private static void awaitUnderWay(long calls) {
    house
        .kit
        .createTestProbe()
        .awaitAssert(
            House.PATIENCE,
            () -> {
              assertThat(house.edge.callsUnderWay()).isEqualTo(calls);
              return true;
            });
  }

  private static CreateBookingRequest booking(String requestId, String timeout) {
    return CreateBookingRequest.newBuilder()
        .setParent("events/hamlet")
        .setBooking(Booking.newBuilder().addSeats("events/hamlet/seats/A-1"))
        .setPaymentMethod("paymentMethods/pm_slow")
        .setRequestId(requestId + timeout)
        .build();
  }

  /** Begins a call; gives how it ends. */
  private CompletableFuture<Status> begin(String method, Message request, String timeout) {
    Metadata headers = TestClient.bearer(TestAuth.ALICE);
    headers.merge(TestClient.header("grpc-timeout", timeout));
    var call =
        client
            .with(headers)
            .newCall(
                TestClient.descriptor(
                    MethodType.UNARY, method, request, Empty.getDefaultInstance()),
                CallOptions.DEFAULT);
    var status = new CompletableFuture<Status>();
    call.start(
        new ClientCall.Listener<Empty>() {
          @Override
          public void onClose(Status how, Metadata trailers) {
            status.complete(how);
          }
        },
        new Metadata());
    call.request(1);
    call.sendMessage(request);
    call.halfClose();
    return status;
  }

  /** A request of gRPC-Web of which nothing comes but the first three of a hundred bytes. */
  private static Socket beginAndStop(String timeout) throws IOException {
    var address = house.edge.address();
    var socket = new Socket(address.getAddress(), address.getPort());
    socket.setSoTimeout(Math.toIntExact(House.PATIENCE.toMillis()));
    var head =
        "POST /%s HTTP/1.1\r\nHost: usher\r\nContent-Type: application/grpc-web+proto\r\n"
            + "Connection: close\r\nContent-Length: 100\r\ngrpc-timeout: %s\r\n\r\n";
    socket.getOutputStream().write(head.formatted(BOOK, timeout).getBytes(US_ASCII));
    socket.getOutputStream().write(new byte[3]);
    return socket;
  }
}
