package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.usher.api.booking.v1.BookingService;
import dev.usher.api.booking.v1.Seat;
import dev.usher.api.booking.v1.WatchSeatsRequest;
import dev.usher.api.booking.v1.WatchSeatsResponse;
import dev.usher.seats.SeatGroups;
import dev.usher.seats.proto.CreateHold;
import dev.usher.seats.proto.DeleteHold;
import dev.usher.seats.proto.SeatCommand;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchSeatsTest {
  private static final String METHOD = BookingService.name + "/WatchSeats";
  private static final WatchSettings EAGER =
      new WatchSettings(Duration.ofMillis(20), Duration.ofSeconds(5), 64, 100);

  private static House house;
  private static int events;
  private String event = "";

  @BeforeAll
  static void open() {
    house = new House(NoProvider.get());
  }

  @AfterAll
  static void close() {
    house.close();
  }

  @BeforeEach
  void anEventOfItsOwn() {
    event = "play-" + ++events;
    house.publish(event);
  }

  @Test
  void aStreamBeginsWithASnapshotAndGoesOnWithEveryChangeInLogOrder() {
    var watch = watch(house.client, 0);
    var snapshot = watch.next();
    assertThat(snapshot.getSnapshot()).isTrue();
    assertThat(snapshot.getSeatsList()).hasSize(4);
    var revisions = new ArrayList<Long>(List.of(snapshot.getRevision()));
    for (int i = 1; i <= 4; i++) {
      hold(i);
      var change = watch.next();
      assertThat(change.getSnapshot()).isFalse();
      assertThat(names(change)).containsExactly("events/" + event + "/seats/A-" + i);
      assertThat(change.getSeats(0).getState()).isEqualTo(Seat.State.STATE_HELD);
      revisions.add(change.getRevision());
    }
    assertThat(revisions).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aClientResumesAfterARevisionAndMissesNothing() {
    var watch = watch(house.client, 0);
    watch.next();
    hold(1);
    long revision = watch.next().getRevision();
    hold(2);
    release(1);
    var resumed = watch(house.client, revision).next();
    assertThat(resumed.getSnapshot()).isFalse();
    assertThat(resumed.getRevision()).isGreaterThan(revision);
    assertThat(names(resumed))
        .containsExactlyInAnyOrder(
            "events/" + event + "/seats/A-1", "events/" + event + "/seats/A-2");
  }

  @Test
  void aClientResumesWhileThereIsNoLeader() {
    long revision = watch(house.client, 0).next().getRevision();
    hold(3);
    house.first.setAvailable(false);
    house.second.setAvailable(false);
    try {
      assertThat(names(watch(house.client, revision).next()))
          .containsExactly("events/" + event + "/seats/A-3");
      var error = refused(house.client, 0);
      assertThat(error.code()).isEqualTo(Code.UNAVAILABLE);
      assertThat(error.reason()).isEqualTo("NO_LEADER");
    } finally {
      house.first.setAvailable(true);
      house.second.setAvailable(true);
    }
  }

  @Test
  void aNodeThatIsBehindCatchesUpBeforeItGoesOn() {
    long revision = watch(house.client, 0).next().getRevision();
    hold(1);
    var lagging = new LaggingReplica(house.seats.of(event), 0);
    var edge = house.bind(NoProvider.get(), new SeatGroups(List.of(lagging)), EAGER);
    try (var client = new TestClient(edge.address())) {
      assertThat(names(watch(client, revision).next()))
          .containsExactly("events/" + event + "/seats/A-1");
    }
  }

  @Test
  void aRevisionThatNeverWasIsAViolation() {
    var error = refused(house.client, 1_000_000);
    assertThat(error.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(error.fields()).containsExactly("start_revision");
  }

  @Test
  void changesThatAreNoLongerKnownAreOutOfRange() {
    long revision = watch(house.client, 0).next().getRevision();
    var forgetful = new LaggingReplica(house.seats.of(event), revision + 1);
    var edge = house.bind(NoProvider.get(), new SeatGroups(List.of(forgetful)), EAGER);
    hold(1);
    try (var client = new TestClient(edge.address())) {
      var error = refused(client, revision);
      assertThat(error.code()).isEqualTo(Code.OUT_OF_RANGE);
      assertThat(error.reason()).isEqualTo("REVISION_COMPACTED");
      assertThat(error.metadata()).containsKey("revision");
    }
  }

  @Test
  void aSilentStreamSaysItsRevisionFromTimeToTime() {
    var edge = house.bind(NoProvider.get(), house.seats, EAGER);
    try (var client = new TestClient(edge.address())) {
      var watch = watch(client, 0);
      long snapshot = watch.next().getRevision();
      var keepAlive = watch.next();
      assertThat(keepAlive.getSeatsList()).isEmpty();
      assertThat(keepAlive.getSnapshot()).isFalse();
      assertThat(keepAlive.getRevision()).isGreaterThanOrEqualTo(snapshot);
    }
  }

  @Test
  void aNodeServesAsManyWatchesAsItMayAndNoMore() {
    var one = new WatchSettings(Duration.ofSeconds(15), Duration.ofSeconds(5), 64, 1);
    var edge = house.bind(NoProvider.get(), house.seats, one);
    try (var client = new TestClient(edge.address())) {
      watch(client, 0).next();
      var error = refused(client, 0);
      assertThat(error.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
      assertThat(error.reason()).isEqualTo("OVERLOADED");
    }
  }

  @Test
  void aWatchOfNothingIsRefused() {
    event = "no-such-play";
    assertThat(refused(house.client, 0).reason()).isEqualTo("RESOURCE_NOT_FOUND");
  }

  private Iterator<WatchSeatsResponse> watch(TestClient client, long startRevision) {
    return client.stream(
        METHOD, request(startRevision), WatchSeatsResponse.getDefaultInstance(), "");
  }

  private ApiError refused(TestClient client, long startRevision) {
    return ApiError.of(
        catchThrowableOfType(
            StatusRuntimeException.class, () -> watch(client, startRevision).next()));
  }

  private WatchSeatsRequest request(long startRevision) {
    return WatchSeatsRequest.newBuilder()
        .setParent("events/" + event)
        .setStartRevision(startRevision)
        .build();
  }

  private static List<String> names(WatchSeatsResponse response) {
    return response.getSeatsList().stream().map(Seat::getName).toList();
  }

  private void hold(int seat) {
    house.propose(
        SeatCommand.newBuilder()
            .setCreateHold(
                CreateHold.newBuilder()
                    .setEventId(event)
                    .setHoldId("hold-" + seat)
                    .setUserId(TestAuth.ALICE)
                    .addSeatIds("A-" + seat))
            .build());
  }

  private void release(int seat) {
    house.propose(
        SeatCommand.newBuilder()
            .setDeleteHold(
                DeleteHold.newBuilder()
                    .setEventId(event)
                    .setHoldId("hold-" + seat)
                    .setUserId(TestAuth.ALICE))
            .build());
  }
}
