package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.api.booking.v1.BookingService;
import dev.usher.api.booking.v1.CreateHoldRequest;
import dev.usher.api.booking.v1.Hold;
import dev.usher.replica.LocalReplica;
import dev.usher.seats.SeatLimits;
import dev.usher.seats.proto.CategoryPrice;
import dev.usher.seats.proto.CreateEvent;
import dev.usher.seats.proto.Plan;
import dev.usher.seats.proto.PlanSeat;
import dev.usher.seats.proto.PublishEvent;
import dev.usher.seats.proto.SeatCommand;
import io.grpc.Status.Code;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The longest errors that the API allows, through the real edge and a stock grpc-java client, which
 * takes 8 KiB of trailers and makes an error of the transport of more.
 */
class LongErrorsTest {
  private static final String CREATE_HOLD = BookingService.name + "/CreateHold";
  private static final String EVENT_ID = "e".repeat(63);
  private static final String EVENT = "events/" + EVENT_ID;

  private static final List<String> SEAT_IDS = longest('s', SeatLimits.SEATS_PER_BOOKING);

  private static House house;

  @BeforeAll
  static void open() {
    house = new House(NoProvider.get());
    publish();
    house.client.call(CREATE_HOLD, hold(SEAT_IDS), Hold.getDefaultInstance(), TestAuth.ALICE);
  }

  @AfterAll
  static void close() {
    house.close();
  }

  @Test
  void ofAHundredTakenSeatsWithTheLongestIdsAsManyAreNamedAsFitAndTheOthersAreCounted() {
    var error = house.client.refused(CREATE_HOLD, hold(SEAT_IDS), TestAuth.BOB);

    assertThat(error.code()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(error.reason()).isEqualTo("SEAT_UNAVAILABLE");
    var told = List.of(error.metadata().getOrDefault("seats", "").split(","));
    assertThat(told).hasSizeGreaterThan(5).isEqualTo(SEAT_IDS.subList(0, told.size()));
    int more = SEAT_IDS.size() - told.size();
    assertThat(error.metadata())
        .containsEntry("seats_more", Integer.toString(more))
        .containsKey("revision");
    assertThat(error.message()).startsWith("No longer free: " + told.get(0) + ",");
    assertThat(error.message()).endsWith(told.get(told.size() - 1) + " and " + more + " more.");
  }

  @Test
  void aFewTakenSeatsAreAllNamed() {
    var few = SEAT_IDS.subList(0, 10);

    var error = house.client.refused(CREATE_HOLD, hold(few), TestAuth.BOB);

    assertThat(error.metadata())
        .containsEntry("seats", String.join(",", few))
        .doesNotContainKey("seats_more");
    assertThat(error.message()).isEqualTo("No longer free: " + String.join(",", few) + ".");
  }

  @Test
  void seatsThatThereAreNotAreCountedToo() {
    var unknown = longest('u', SeatLimits.SEATS_PER_BOOKING);

    var error = house.client.refused(CREATE_HOLD, hold(unknown), TestAuth.BOB);

    assertThat(error.code()).isEqualTo(Code.NOT_FOUND);
    int told = error.metadata().getOrDefault("name", "").split(",").length;
    assertThat(error.metadata())
        .containsEntry("name_more", Integer.toString(unknown.size() - told));
  }

  @Test
  void anAlphabetOfThreeBytesALetterIsCountedInBytes() {
    var wish = CreateHoldRequest.newBuilder().setParent(EVENT);
    var longest = "座".repeat(SeatLimits.TEXT_LENGTH);
    wish.getBestAvailableBuilder().setCount(1).setSection(longest).setRow(longest);

    var error = house.client.refused(CREATE_HOLD, wish.build(), TestAuth.BOB);

    assertThat(error.code()).isEqualTo(Code.NOT_FOUND);
    assertThat(error.message()).startsWith(EVENT + " has no seat in section '座座").endsWith("…");
  }

  @Test
  void aThousandBadFieldsAreCountedInBytesToo() {
    var names = IntStream.range(0, SeatNames.MOST).mapToObj(i -> i + "座".repeat(200)).toList();
    var request =
        CreateHoldRequest.newBuilder()
            .setParent(EVENT)
            .setHold(Hold.newBuilder().addAllSeats(names))
            .build();

    var error = house.client.refused(CREATE_HOLD, request, TestAuth.BOB);

    assertThat(error.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(error.fields()).startsWith("hold.seats[0]").hasSizeBetween(5, 100);
    assertThat(error.message()).endsWith("more)");
  }

  private static CreateHoldRequest hold(List<String> seatIds) {
    var names = seatIds.stream().map(id -> EVENT + "/seats/" + id).toList();
    return CreateHoldRequest.newBuilder()
        .setParent(EVENT)
        .setHold(Hold.newBuilder().addAllSeats(names))
        .build();
  }

  private static List<String> longest(char letter, int count) {
    var start = String.valueOf(letter).repeat(SeatLimits.ID_LENGTH - 3);
    return IntStream.range(0, count).mapToObj(i -> start + "%03d".formatted(i)).toList();
  }

  private static void publish() {
    var plan = Plan.newBuilder().addCategories("stalls");
    for (int i = 0; i < SEAT_IDS.size(); i++) {
      plan.addSeats(
          PlanSeat.newBuilder()
              .setSeatId(SEAT_IDS.get(i))
              .setSection("Stalls")
              .setRow("A")
              .setNumber(Integer.toString(i))
              .setCategory("stalls")
              .setX(i));
    }
    house.propose(
        SeatCommand.newBuilder()
            .setCreateEvent(
                CreateEvent.newBuilder()
                    .setEventId(EVENT_ID)
                    .setDisplayName("Hamlet")
                    .setVenueId("globe")
                    .setVenueDisplayName("The Globe")
                    .setStartTimeMillis(LocalReplica.START_MS)
                    .setCurrency("EUR")
                    .addPrices(CategoryPrice.newBuilder().setCategory("stalls").setPriceMinor(1250))
                    .setSeatLimitPerBooking(SeatLimits.SEATS_PER_BOOKING)
                    .setPlan(plan))
            .build());
    house.propose(
        SeatCommand.newBuilder()
            .setPublishEvent(PublishEvent.newBuilder().setEventId(EVENT_ID))
            .build());
  }
}
