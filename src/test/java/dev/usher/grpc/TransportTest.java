package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import dev.usher.api.booking.v1.Booking;
import dev.usher.api.booking.v1.BookingService;
import dev.usher.api.booking.v1.CreateBookingRequest;
import dev.usher.api.booking.v1.CreateHoldRequest;
import dev.usher.api.booking.v1.Hold;
import dev.usher.api.booking.v1.WatchSeatsRequest;
import dev.usher.api.booking.v1.WatchSeatsResponse;
import dev.usher.api.catalog.v1.CatalogService;
import dev.usher.api.catalog.v1.CreateVenueRequest;
import dev.usher.api.chatbot.v1.ChatbotService;
import dev.usher.api.chatbot.v1.SendMessageRequest;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every call, whatever its service. */
class TransportTest {
  private static final String CHAT = ChatbotService.name + "/SendMessage";
  private static House house;

  @BeforeAll
  static void open() {
    house = new House(NoProvider.get());
    house.publish("hamlet");
  }

  @AfterAll
  static void close() {
    house.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"throw", "fail", "fail without trailers"})
  void aHandlerThatBreaksLeavesTheOtherCallsOfTheConnectionAlone(String how) {
    var event = "play-" + how.replace(' ', '-');
    house.publish(event);
    var watch =
        house.client.stream(
            BookingService.name + "/WatchSeats",
            WatchSeatsRequest.newBuilder().setParent("events/" + event).build(),
            WatchSeatsResponse.getDefaultInstance(),
            "");
    assertThat(watch.next().getSnapshot()).isTrue();
    var error = house.client.refused(CHAT, say(how), TestAuth.ALICE);
    assertThat(error.code()).isEqualTo(Code.INTERNAL);
    hold(event);
    assertThat(watch.next().getSeatsList()).hasSize(1);
  }

  @Test
  void anInternalErrorTellsAReferenceAndNothingElse() {
    var error = house.client.refused(CHAT, say("throw"), TestAuth.ALICE);
    assertThat(error.reason()).isEqualTo("INTERNAL");
    assertThat(error.message()).doesNotContain("4242");
    assertThat(error.metadata().get("reference")).matches("[0-9a-f]{16}");
    assertThat(error.message()).contains(error.metadata().get("reference"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        BookingService.name + "/Steal",
        "usher.booking.v1.NoService/Get",
        "grpc.reflection.v1alpha.ServerReflection/Steal"
      })
  void anUnknownMethodIsUnimplemented(String method) {
    var thrown =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                house.client.call(
                    method, Empty.getDefaultInstance(), Empty.getDefaultInstance(), ""));
    assertThat(thrown.getStatus().getCode()).isEqualTo(Code.UNIMPLEMENTED);
  }

  @Test
  void aMalformedTimeoutIsAViolation() {
    Metadata headers = TestClient.bearer(TestAuth.ALICE);
    headers.merge(TestClient.header("grpc-timeout", "soon"));
    assertThat(house.client.refused(CHAT, say("hello"), headers).fields())
        .containsExactly("grpc-timeout");
  }

  @Test
  void theClientsDeadlineIsPassedOnToEveryStep() {
    book("on-time", "pm_1", "5S");
    assertThat(house.bookings.timeouts.get(house.bookings.timeouts.size() - 1))
        .isBetween(Duration.ofMillis(1), Duration.ofMillis(4_900));
  }

  @Test
  void aMutationThatIsNotAnsweredInTimeHasAnUnknownOutcome() {
    var error =
        ApiError.of(
            catchThrowableOfType(
                StatusRuntimeException.class, () -> book("late", "pm_slow", "200m")));
    assertThat(error.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(error.reason()).isEqualTo("OUTCOME_UNKNOWN");
    assertThat(error.message()).contains("same request_id");
    assertThat(error.mayBeRetried()).isTrue();
  }

  @Test
  void aSeatingPlanOfFourMebibytesGetsThrough() {
    var error =
        house.client.refused(CatalogService.name + "/CreateVenue", plan(4 << 20), "organizer");
    assertThat(error.code()).isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void aLargerMessageIsRefusedWithItsLimit() {
    var error =
        house.client.refused(CatalogService.name + "/CreateVenue", plan(6 << 20), "organizer");
    assertThat(error.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(error.reason()).isEqualTo("MESSAGE_TOO_LARGE");
    assertThat(error.mayBeRetried()).isFalse();
  }

  @Test
  void aCompressedMessageIsRefusedSinceItCouldUnfoldWithoutLimit() {
    var thrown =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                ClientCalls.blockingUnaryCall(
                    house.client.with(TestClient.bearer(TestAuth.ALICE)),
                    TestClient.descriptor(
                        MethodType.UNARY, CHAT, say("hello"), Empty.getDefaultInstance()),
                    CallOptions.DEFAULT.withCompression("gzip"),
                    say("hello")));
    assertThat(ApiError.of(thrown).reason()).isEqualTo("ENCODING_UNSUPPORTED");
  }

  @Test
  void aBrowserAtLargeGetsA404() throws Exception {
    var address = house.edge.address();
    var uri = URI.create("http://127.0.0.1:" + address.getPort() + "/");
    try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      var answer =
          http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).contains("gRPC");
    }
  }

  @Test
  void aDrainingEdgeSendsCallsAndStreamsElsewhere() {
    var edge = house.bind(NoProvider.get(), house.seats, WatchSettings.DEFAULT);
    try (var client = new TestClient(edge.address())) {
      var watch =
          client.stream(
              BookingService.name + "/WatchSeats",
              WatchSeatsRequest.newBuilder().setParent("events/hamlet").build(),
              WatchSeatsResponse.getDefaultInstance(),
              "");
      watch.next();
      House.await(edge.drain().toCompletableFuture());
      var ended = catchThrowableOfType(StatusRuntimeException.class, watch::next);
      assertThat(ApiError.of(ended).reason()).isEqualTo("DRAINING");
      var error = client.refused(CHAT, say("hello"), TestAuth.ALICE);
      assertThat(error.code()).isEqualTo(Code.UNAVAILABLE);
      assertThat(error.reason()).isEqualTo("DRAINING");
      House.await(edge.terminate(House.PATIENCE).toCompletableFuture());
    }
  }

  private static Booking book(String requestId, String paymentMethod, String timeout) {
    var request =
        CreateBookingRequest.newBuilder()
            .setParent("events/hamlet")
            .setBooking(Booking.newBuilder().addSeats("events/hamlet/seats/A-4"))
            .setPaymentMethod("paymentMethods/" + paymentMethod)
            .setRequestId(requestId)
            .build();
    Metadata headers = TestClient.bearer(TestAuth.ALICE);
    headers.merge(TestClient.header("grpc-timeout", timeout));
    return house.client.call(
        BookingService.name + "/CreateBooking", request, Booking.getDefaultInstance(), headers);
  }

  private static void hold(String event) {
    house.client.call(
        BookingService.name + "/CreateHold",
        CreateHoldRequest.newBuilder()
            .setParent("events/" + event)
            .setHold(Hold.newBuilder().addSeats("events/" + event + "/seats/A-1"))
            .build(),
        Hold.getDefaultInstance(),
        TestAuth.ALICE);
  }

  private static SendMessageRequest say(String text) {
    return SendMessageRequest.newBuilder().setText(text).build();
  }

  private static CreateVenueRequest plan(int bytes) {
    return CreateVenueRequest.newBuilder()
        .setVenueId("huge")
        .setSeatingPlan(ByteString.copyFrom(new byte[bytes]))
        .build();
  }
}
