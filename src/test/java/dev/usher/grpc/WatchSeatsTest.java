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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WatchSeatsTest {
  private static final String METHOD = BookingService.name + "/WatchSeats";
  private static final WatchSettings EAGER =
      new WatchSettings(Duration.ofMillis(20), Duration.ofSeconds(5), 64, 100);

  @RegisterExtension static final Plays plays = new Plays();

  @Test
  void aStreamBeginsWithASnapshotAndGoesOnWithEveryChangeInLogOrder() {
    var watch = watch(plays.house.client, 0);
    var snapshot = watch.next();
    assertThat(snapshot.getSnapshot()).isTrue();
    assertThat(snapshot.getSeatsList()).hasSize(4);
    var revisions = new ArrayList<Long>(List.of(snapshot.getRevision()));
    for (int i = 1; i <= 4; i++) {
      hold(i);
      var change = watch.next();
      assertThat(change.getSnapshot()).isFalse();
      assertThat(names(change)).containsExactly(plays.seat(i));
      assertThat(change.getSeats(0).getState()).isEqualTo(Seat.State.STATE_HELD);
      revisions.add(change.getRevision());
    }
    assertThat(revisions).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aClientResumesAfterARevisionAndMissesNothing() {
    var watch = watch(plays.house.client, 0);
    watch.next();
    hold(1);
    long revision = watch.next().getRevision();
    hold(2);
    release(1);
    var resumed = watch(plays.house.client, revision).next();
    assertThat(resumed.getSnapshot()).isFalse();
    assertThat(resumed.getRevision()).isGreaterThan(revision);
    assertThat(names(resumed)).containsExactlyInAnyOrder(plays.seat(1), plays.seat(2));
  }

  @Test
  void aClientResumesWhileThereIsNoLeader() {
    long revision = watch(plays.house.client, 0).next().getRevision();
    hold(3);
    plays.house.first.setAvailable(false);
    plays.house.second.setAvailable(false);
    try {
      assertThat(names(watch(plays.house.client, revision).next())).containsExactly(plays.seat(3));
      var error = refused(plays.house.client, 0);
      assertThat(error.code()).isEqualTo(Code.UNAVAILABLE);
      assertThat(error.reason()).isEqualTo("NO_LEADER");
    } finally {
      plays.house.first.setAvailable(true);
      plays.house.second.setAvailable(true);
    }
  }

  @Test
  void aNodeThatIsBehindCatchesUpBeforeItGoesOn() {
    long revision = watch(plays.house.client, 0).next().getRevision();
    hold(1);
    var lagging = new LaggingReplica(plays.house.seats.of(plays.eventId()), 0);
    var edge = plays.house.bind(NoProvider.get(), new SeatGroups(List.of(lagging)), EAGER);
    try (var client = new TestClient(edge.address())) {
      assertThat(names(watch(client, revision).next())).containsExactly(plays.seat(1));
    }
  }

  @Test
  void aRevisionThatNeverWasIsAViolation() {
    var error = refused(plays.house.client, 1_000_000);
    assertThat(error.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(error.fields()).containsExactly("start_revision");
  }

  @Test
  void changesThatAreNoLongerKnownAreOutOfRange() {
    long revision = watch(plays.house.client, 0).next().getRevision();
    var forgetful = new LaggingReplica(plays.house.seats.of(plays.eventId()), revision + 1);
    var edge = plays.house.bind(NoProvider.get(), new SeatGroups(List.of(forgetful)), EAGER);
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
    var edge = plays.house.bind(NoProvider.get(), plays.house.seats, EAGER);
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
    var edge = plays.house.bind(NoProvider.get(), plays.house.seats, one);
    try (var client = new TestClient(edge.address())) {
      watch(client, 0).next();
      var error = refused(client, 0);
      assertThat(error.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
      assertThat(error.reason()).isEqualTo("OVERLOADED");
    }
  }

  @Test
  void aWatchOfNothingIsRefused() {
    var nothing = WatchSeatsRequest.newBuilder().setParent("events/no-such-play").build();
    var watch =
        plays.house.client.stream(METHOD, nothing, WatchSeatsResponse.getDefaultInstance(), "");

    var ended = catchThrowableOfType(StatusRuntimeException.class, watch::next);

    assertThat(ApiError.of(ended).reason()).isEqualTo("RESOURCE_NOT_FOUND");
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
        .setParent(plays.event())
        .setStartRevision(startRevision)
        .build();
  }

  private static List<String> names(WatchSeatsResponse response) {
    return response.getSeatsList().stream().map(Seat::getName).toList();
  }

  private void hold(int seat) {
    plays.house.propose(
        SeatCommand.newBuilder()
            .setCreateHold(
                CreateHold.newBuilder()
                    .setEventId(plays.eventId())
                    .setHoldId("hold-" + seat)
                    .setUserId(TestAuth.ALICE)
                    .addSeatIds("A-" + seat))
            .build());
  }

  private void release(int seat) {
    plays.house.propose(
        SeatCommand.newBuilder()
            .setDeleteHold(
                DeleteHold.newBuilder()
                    .setEventId(plays.eventId())
                    .setHoldId("hold-" + seat)
                    .setUserId(TestAuth.ALICE))
            .build());
  }
}
