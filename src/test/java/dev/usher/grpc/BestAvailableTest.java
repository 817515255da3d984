package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.api.booking.v1.BestAvailable;
import dev.usher.api.booking.v1.CreateHoldRequest;
import dev.usher.api.booking.v1.Hold;
import io.grpc.Status.Code;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Holds of seats that the log chooses, through the edge. */
class BestAvailableTest {
  private static final int COUPLES = 40;

  @RegisterExtension static final Plays plays = new Plays();

  @Test
  void theAnswerNamesTheSeatsAndSaysThatTheyAreAdjacent() {
    var hold = hold(wish(2));

    assertThat(hold.getSeatsList()).containsExactly(plays.seat(1), plays.seat(2));
    assertThat(hold.getAdjacent()).isTrue();
    assertThat(hold.getTotal().getUnits()).isEqualTo(25);
  }

  @Test
  void theSameRequestIdIsTheSameHold() {
    var request = wish(2).setRequestId("once-" + plays.event());

    assertThat(hold(request)).isEqualTo(hold(request));
    assertThat(refused(wish(1).setRequestId("once-" + plays.event())).reason())
        .isEqualTo("REQUEST_ID_REUSED");
  }

  @Test
  void everyFaultOfAWishIsToldAtOnce() {
    var request = wish(0);
    request.getBestAvailableBuilder().setSection("x".repeat(501));
    request.getHoldBuilder().addSeats(plays.seat(1));

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
    plays.open(4, 2 * COUPLES / 4);
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
        .setParent(plays.event())
        .setBestAvailable(BestAvailable.newBuilder().setCount(count));
  }

  private static Hold hold(CreateHoldRequest.Builder request) {
    return plays.call("CreateHold", request.build(), Hold.getDefaultInstance(), TestAuth.ALICE);
  }

  private static ApiError refused(CreateHoldRequest.Builder request) {
    return plays.refused("CreateHold", request.build(), TestAuth.ALICE);
  }
}
