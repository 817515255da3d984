package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.api.booking.v1.BestAvailable;
import dev.usher.api.booking.v1.BookingService;
import dev.usher.api.booking.v1.CreateHoldRequest;
import dev.usher.api.booking.v1.Hold;
import io.grpc.Status.Code;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds of seats that the log chooses, through the edge. */
class BestAvailableTest {
  private static final String CREATE_HOLD = BookingService.name + "/CreateHold";
  private static final int COUPLES = 40;

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
    var id = "best-" + ++events;
    house.publish(id);
    event = "events/" + id;
  }

  @Test
  void theAnswerNamesTheSeatsAndSaysThatTheyAreAdjacent() {
    var hold = hold(wish(2));

    assertThat(hold.getSeatsList()).containsExactly(event + "/seats/A-1", event + "/seats/A-2");
    assertThat(hold.getAdjacent()).isTrue();
    assertThat(hold.getTotal().getUnits()).isEqualTo(25);
  }

  @Test
  void theSameRequestIdIsTheSameHold() {
    var request = wish(2).setRequestId("once-" + event);

    assertThat(hold(request)).isEqualTo(hold(request));
    assertThat(refused(wish(1).setRequestId("once-" + event)).reason())
        .isEqualTo("REQUEST_ID_REUSED");
  }

  @Test
  void everyFaultOfAWishIsToldAtOnce() {
    var request = wish(0);
    request.getBestAvailableBuilder().setSection("x".repeat(501));
    request.getHoldBuilder().addSeats(event + "/seats/A-1");

    var error = refused(request);

    assertThat(error.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(error.fields())
        .containsExactlyInAnyOrder("hold.seats", "best_available.count", "best_available.section");
  }

  @Test
  void aRefusalSaysHowManyThereAre() {
    hold(wish(2));
    hold(wish(1));

    var few = refused(wish(2));
    assertThat(few.code()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(few.reason()).isEqualTo("NOT_ENOUGH_ADJACENT_SEATS");
    assertThat(few.metadata())
        .containsEntry("count", "2")
        .containsEntry("free", "1")
        .containsEntry("adjacent", "1")
        .containsEntry("event_free", "1");
    hold(wish(1));
    assertThat(refused(wish(1)).reason()).isEqualTo("SOLD_OUT");
  }

  /** Choosing before the proposal made another engine refuse 84 of 100 in this place. */
  @Test
  void asManyCouplesAsAHallHasPairsOfSeatsAllGetOneAtTheSameTime() throws Exception {
    var id = "rush-" + events;
    house.publish(id, 4, 2 * COUPLES / 4);
    event = "events/" + id;
    try (var couples = Executors.newVirtualThreadPerTaskExecutor()) {
      var holds =
          couples.invokeAll(
              IntStream.range(0, COUPLES)
                  .<Callable<Hold>>mapToObj(i -> () -> hold(wish(2)))
                  .toList());

      assertThat(holds)
          .extracting(held -> held.get().getAdjacent())
          .hasSize(COUPLES)
          .containsOnly(true);
      assertThat(holds).flatExtracting(held -> held.get().getSeatsList()).doesNotHaveDuplicates();
    }
  }

  private CreateHoldRequest.Builder wish(int count) {
    return CreateHoldRequest.newBuilder()
        .setParent(event)
        .setBestAvailable(BestAvailable.newBuilder().setCount(count));
  }

  private static Hold hold(CreateHoldRequest.Builder request) {
    return house.client.call(
        CREATE_HOLD, request.build(), Hold.getDefaultInstance(), TestAuth.ALICE);
  }

  private static ApiError refused(CreateHoldRequest.Builder request) {
    return house.client.refused(CREATE_HOLD, request.build(), TestAuth.ALICE);
  }
}
