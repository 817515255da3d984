package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.usher.api.booking.v1.BookingService;
import dev.usher.api.booking.v1.WatchSeatsRequest;
import dev.usher.api.booking.v1.WatchSeatsResponse;
import dev.usher.api.catalog.v1.CatalogService;
import dev.usher.api.catalog.v1.Event;
import dev.usher.api.catalog.v1.GetEventRequest;
import dev.usher.api.cluster.v1.ClusterService;
import dev.usher.api.cluster.v1.ClusterStatus;
import dev.usher.api.cluster.v1.GetClusterStatusRequest;
import dev.usher.api.health.v1.Health;
import dev.usher.api.health.v1.HealthCheckRequest;
import dev.usher.api.health.v1.HealthCheckResponse;
import dev.usher.api.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.Iterator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A node that an operator drains, and that serves again afterwards. */
class DrainingTest {
  private static final String GET_EVENT = CatalogService.name + "/GetEvent";
  private static final GetEventRequest HAMLET =
      GetEventRequest.newBuilder().setName("events/hamlet").build();

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

  @AfterEach
  void serveAgain() {
    house.edge.divert(false);
  }

  @Test
  void clientsAreSentElsewhereUntilItServesAgain() {
    house.edge.divert(true);
    var error = house.client.refused(GET_EVENT, HAMLET, "");
    assertThat(error.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(error.reason()).isEqualTo("DRAINING");
    assertThat(error.mayBeRetried()).isTrue();

    house.edge.divert(false);
    assertThat(house.client.call(GET_EVENT, HAMLET, Event.getDefaultInstance(), "").getName())
        .isEqualTo("events/hamlet");
  }

  @Test
  void aWatchIsSentElsewhereAndALaterOneIsServed() {
    var watch = watch();
    watch.next();
    house.edge.divert(true);
    var ended = catchThrowableOfType(StatusRuntimeException.class, watch::next);
    assertThat(ApiError.of(ended).reason()).isEqualTo("DRAINING");

    house.edge.divert(false);
    assertThat(watch().next().getSnapshot()).isTrue();
  }

  @Test
  void operatorsAndLoadBalancersAreStillAnswered() {
    house.edge.divert(true);
    var status =
        house.client.call(
            ClusterService.name + "/GetClusterStatus",
            GetClusterStatusRequest.getDefaultInstance(),
            ClusterStatus.getDefaultInstance(),
            TestAuth.OPERATOR);
    assertThat(status.getNodesList()).isNotEmpty();
    var health =
        house.client.call(
            Health.name + "/Check",
            HealthCheckRequest.getDefaultInstance(),
            HealthCheckResponse.getDefaultInstance(),
            "");
    assertThat(health.getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
  }

  private static Iterator<WatchSeatsResponse> watch() {
    return house.client.stream(
        BookingService.name + "/WatchSeats",
        WatchSeatsRequest.newBuilder().setParent("events/hamlet").build(),
        WatchSeatsResponse.getDefaultInstance(),
        "");
  }
}
