package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Empty;
import dev.usher.api.auth.v1.AuthService;
import dev.usher.api.booking.v1.BookingService;
import dev.usher.api.booking.v1.ListBookingsRequest;
import dev.usher.api.booking.v1.ListBookingsResponse;
import dev.usher.api.catalog.v1.CatalogService;
import dev.usher.api.catalog.v1.ListEventsRequest;
import dev.usher.api.catalog.v1.ListEventsResponse;
import dev.usher.api.cluster.v1.ClusterService;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, method by method, with an empty request: a refusal for its fields comes later. */
class AccessTest {
  private static final String MINE = BookingService.name + "/ListBookings";
  private static final ListBookingsRequest ALL =
      ListBookingsRequest.newBuilder().setParent("events/-").build();

  private static House house;

  @BeforeAll
  static void open() {
    house = new House(NoProvider.get());
    house.draft("secret");
    house.publish("hamlet");
  }

  @AfterAll
  static void close() {
    house.close();
  }

  static Stream<String> guarded() {
    return MethodRoles.methods().stream()
        .filter(method -> MethodRoles.of(method).orElseThrow() instanceof Access.Only)
        .sorted();
  }

  static Stream<String> unguarded() {
    return MethodRoles.methods().stream()
        .filter(method -> !(MethodRoles.of(method).orElseThrow() instanceof Access.Only))
        .filter(method -> !method.endsWith("/Watch"))
        .sorted();
  }

  @ParameterizedTest
  @MethodSource("guarded")
  void withoutASessionAGuardedMethodIsClosed(String method) {
    var error = house.client.refused(method, Empty.getDefaultInstance(), "");
    assertThat(error.code()).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(error.reason()).isEqualTo("SESSION_REQUIRED");
    assertThat(error.domain()).isEqualTo("usher");
  }

  @ParameterizedTest
  @MethodSource("guarded")
  void aSessionThatHasEndedOpensNothing(String method) {
    var error = house.client.refused(method, Empty.getDefaultInstance(), "stale");
    assertThat(error.code()).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(error.reason()).isEqualTo("SESSION_EXPIRED");
  }

  @ParameterizedTest
  @MethodSource("unguarded")
  void withoutASessionAnOpenMethodIsOpen(String method) {
    assertThat(codeOf(method)).isNotIn(Code.UNAUTHENTICATED, Code.PERMISSION_DENIED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ClusterService.name + "/GetClusterStatus",
        ClusterService.name + "/TransferLeadership",
        CatalogService.name + "/CreateVenue",
        CatalogService.name + "/CreateEvent",
        CatalogService.name + "/PublishEvent",
        BookingService.name + "/RedeemTicket"
      })
  void aCustomerMayNotDoTheWorkOfOthers(String method) {
    var error = house.client.refused(method, Empty.getDefaultInstance(), TestAuth.ALICE);
    assertThat(error.code()).isEqualTo(Code.PERMISSION_DENIED);
    assertThat(error.reason()).isEqualTo("ROLE_REQUIRED");
    assertThat(error.metadata()).containsEntry("method", method).containsKey("roles");
  }

  @Test
  void anOrganizerIsNoCustomer() {
    assertThat(house.client.refused(MINE, ALL, TestAuth.ORGANIZER).code())
        .isEqualTo(Code.PERMISSION_DENIED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice", "Basic alice", "Bearer", "Bearer ", "Bearer\talice extra"})
  void aMalformedAuthorizationIsNoSession(String header) {
    var error = house.client.refused(MINE, ALL, TestClient.header("authorization", header));
    assertThat(error.code()).isEqualTo(Code.UNAUTHENTICATED);
  }

  @Test
  void theSchemeIsReadInAnyCase() {
    var answer =
        house.client.call(
            MINE,
            ALL,
            ListBookingsResponse.getDefaultInstance(),
            TestClient.header("authorization", "bearer " + TestAuth.ALICE));
    assertThat(answer.getBookingsList()).isEmpty();
  }

  @Test
  void anOpenMethodRefusesABadSessionWhenSomeSeeMore() {
    var error =
        house.client.refused(
            CatalogService.name + "/ListEvents", ListEventsRequest.getDefaultInstance(), "stale");
    assertThat(error.reason()).isEqualTo("SESSION_EXPIRED");
  }

  @Test
  void loggingInDoesNotLookAtAnOldSession() {
    var error =
        house.client.refused(
            AuthService.name + "/CreateSession", Empty.getDefaultInstance(), "stale");
    assertThat(error.code()).isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void draftsAreForOrganizers() {
    assertThat(eventsSeenBy("")).containsExactly("events/hamlet");
    assertThat(eventsSeenBy(TestAuth.ALICE)).containsExactly("events/hamlet");
    assertThat(eventsSeenBy(TestAuth.ORGANIZER)).containsExactly("events/hamlet", "events/secret");
  }

  @Test
  void aSessionThatCannotBeCheckedInTimeLetsNobodyIn() {
    Metadata headers = TestClient.bearer(TestAuth.NOBODY_ANSWERS);
    headers.merge(TestClient.header("grpc-timeout", "100m"));
    var error = house.client.refused(MINE, ALL, headers);
    assertThat(error.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(error.reason()).isEqualTo("NOT_READY");
    assertThat(error.mayBeRetried()).isTrue();
  }

  private static Stream<String> eventsSeenBy(String token) {
    return house
        .client
        .call(
            CatalogService.name + "/ListEvents",
            ListEventsRequest.getDefaultInstance(),
            ListEventsResponse.getDefaultInstance(),
            token)
        .getEventsList()
        .stream()
        .map(event -> event.getName());
  }

  private static Code codeOf(String method) {
    try {
      if (method.endsWith("/WatchSeats")) {
        house.client.stream(method, Empty.getDefaultInstance(), Empty.getDefaultInstance(), "")
            .next();
      } else {
        house.client.call(method, Empty.getDefaultInstance(), Empty.getDefaultInstance(), "");
      }
      return Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }
}
