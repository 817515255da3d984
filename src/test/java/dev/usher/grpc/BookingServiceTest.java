package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import com.google.type.Money;
import dev.usher.api.booking.v1.Booking;
import dev.usher.api.booking.v1.CancelBookingRequest;
import dev.usher.api.booking.v1.CreateBookingRequest;
import dev.usher.api.booking.v1.CreateHoldRequest;
import dev.usher.api.booking.v1.DeleteHoldRequest;
import dev.usher.api.booking.v1.GetBookingRequest;
import dev.usher.api.booking.v1.GetHoldRequest;
import dev.usher.api.booking.v1.Hold;
import dev.usher.api.booking.v1.ListBookingsRequest;
import dev.usher.api.booking.v1.ListBookingsResponse;
import dev.usher.api.booking.v1.ListSeatsRequest;
import dev.usher.api.booking.v1.ListSeatsResponse;
import dev.usher.api.booking.v1.Seat;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BookingServiceTest {
  private static final Money PRICE =
      Money.newBuilder().setCurrencyCode("EUR").setUnits(12).setNanos(500_000_000).build();

  @RegisterExtension static final Plays plays = new Plays();

  @Test
  void seatsAreListedPageByPageInPlanOrder() {
    var names = new ArrayList<String>();
    var request = ListSeatsRequest.newBuilder().setParent(plays.event()).setPageSize(3);
    ListSeatsResponse page;
    do {
      page = call("ListSeats", request.build(), ListSeatsResponse.getDefaultInstance());
      page.getSeatsList().forEach(seat -> names.add(seat.getName()));
      assertThat(page.getRevision()).isPositive();
      request.setPageToken(page.getNextPageToken());
    } while (!page.getNextPageToken().isEmpty());
    assertThat(names).containsExactly(plays.seat(1), plays.seat(2), plays.seat(3), plays.seat(4));
  }

  @Test
  void aSeatHasAPriceAndAState() {
    hold("1", plays.seat(1));
    var seats =
        call(
                "ListSeats",
                ListSeatsRequest.newBuilder().setParent(plays.event()).setAllowStale(true).build(),
                ListSeatsResponse.getDefaultInstance())
            .getSeatsList();
    assertThat(seats.get(0).getState()).isEqualTo(Seat.State.STATE_HELD);
    assertThat(seats.get(1).getState()).isEqualTo(Seat.State.STATE_FREE);
    assertThat(seats.get(0).getPrice()).isEqualTo(PRICE);
  }

  @Test
  void aHoldIsMadeReadAndGivenUp() {
    var hold = hold("1", plays.seat(1), plays.seat(2));
    assertThat(hold.getTotal().getUnits()).isEqualTo(25);
    var get = GetHoldRequest.newBuilder().setName(hold.getName()).build();
    assertThat(call("GetHold", get, Hold.getDefaultInstance())).isEqualTo(hold);
    call(
        "DeleteHold",
        DeleteHoldRequest.newBuilder().setName(hold.getName()).build(),
        Empty.getDefaultInstance());
    assertThat(refused("GetHold", get).reason()).isEqualTo("RESOURCE_NOT_FOUND");
  }

  @Test
  void theSameRequestIdIsTheSameHold() {
    assertThat(hold("again", plays.seat(1))).isEqualTo(hold("again", plays.seat(1)));
  }

  @Test
  void theSameRequestIdWithOtherSeatsIsRefused() {
    hold("reused", plays.seat(1));
    var error = refused("CreateHold", holdRequest("reused", plays.seat(2)));
    assertThat(error.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(error.reason()).isEqualTo("REQUEST_ID_REUSED");
    assertThat(error.fields()).containsExactly("request_id");
  }

  @Test
  void aTakenSeatIsAFailedPreconditionThatNamesTheSeat() {
    hold("1", plays.seat(1));
    var error =
        plays.refused("CreateHold", holdRequest("2", plays.seat(1), plays.seat(2)), TestAuth.BOB);
    assertThat(error.code()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(error.reason()).isEqualTo("SEAT_UNAVAILABLE");
    assertThat(error.metadata()).containsKeys("seats", "revision");
    assertThat(error.metadata().get("seats")).contains("A-1").doesNotContain("A-2");
    assertThat(error.mayBeRetried()).isFalse();
  }

  @Test
  void aHoldOfSomebodyElseDoesNotExist() {
    var hold = hold("1", plays.seat(1));
    var error =
        plays.refused(
            "GetHold", GetHoldRequest.newBuilder().setName(hold.getName()).build(), TestAuth.BOB);
    assertThat(error.code()).isEqualTo(Code.NOT_FOUND);
    assertThat(error.metadata()).containsEntry("name", hold.getName());
  }

  @Test
  void everyFaultOfARequestIsToldAtOnce() {
    var request =
        CreateHoldRequest.newBuilder()
            .setParent(plays.event())
            .setHold(
                Hold.newBuilder()
                    .addSeats(plays.seat(1))
                    .addSeats(plays.seat(1))
                    .addSeats("events/x/seats/y"))
            .setTtl(Duration.newBuilder().setSeconds(-1))
            .setRequestId("x".repeat(129))
            .build();
    var error = refused("CreateHold", request);
    assertThat(error.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(error.fields())
        .containsExactlyInAnyOrder("hold.seats[1]", "hold.seats[2]", "ttl", "request_id");
  }

  @Test
  void aHoldLongerThanTheMostIsRefused() {
    var request =
        holdRequest("1", plays.seat(1)).toBuilder().setTtl(Duration.newBuilder().setSeconds(7201));
    assertThat(refused("CreateHold", request.build()).reason()).isEqualTo("HOLD_MAX_TTL");
  }

  @Test
  void seatsAreBookedReadListedAndCancelled() {
    var booked = book("b1", plays.seat(3));
    assertThat(booked.getState()).isEqualTo(Booking.State.STATE_CONFIRMED);
    assertThat(booked.getTotal()).isEqualTo(PRICE);
    assertThat(booked.getCaptured()).isEqualTo(PRICE);
    assertThat(booked.getUser()).isEqualTo("users/" + TestAuth.ALICE);
    var get = GetBookingRequest.newBuilder().setName(booked.getName()).build();
    assertThat(call("GetBooking", get, Booking.getDefaultInstance())).isEqualTo(booked);
    assertThat(bookings(plays.event())).contains(booked.getName());
    var cancelled =
        call(
            "CancelBooking",
            CancelBookingRequest.newBuilder().setName(booked.getName()).build(),
            Booking.getDefaultInstance());
    assertThat(cancelled.getState()).isEqualTo(Booking.State.STATE_CANCELLED);
  }

  @Test
  void aHoldIsBooked() {
    var hold = hold("1", plays.seat(1), plays.seat(2));
    var booked =
        call(
            "CreateBooking",
            CreateBookingRequest.newBuilder()
                .setParent(plays.event())
                .setHold(hold.getName())
                .setPaymentMethod("paymentMethods/pm_1")
                .setRequestId("book-hold-" + plays.event())
                .build(),
            Booking.getDefaultInstance());
    assertThat(booked.getSeatsList()).containsExactly(plays.seat(1), plays.seat(2));
  }

  @Test
  void bookingsOfAllEventsAreListedAcrossGroupsOldestFirst() {
    var names = new ArrayList<String>();
    for (int i = 1; i <= 3; i++) {
      plays.house.first.advanceTime(java.time.Duration.ofSeconds(1));
      plays.house.second.setTime(plays.house.first.time());
      names.add(book("all-" + i, plays.seat(i)).getName());
      plays.open(1, 4);
    }
    assertThat(bookings("events/-")).containsSubsequence(names);
  }

  @Test
  void aBookingOfSomebodyElseDoesNotExist() {
    var booked = book("mine", plays.seat(1));
    var request = GetBookingRequest.newBuilder().setName(booked.getName()).build();
    assertThat(plays.refused("GetBooking", request, TestAuth.BOB).code()).isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void anUnknownPaymentIsAnAnswerAndNoError() {
    var request = bookRequest("unknown", plays.seat(1)).toBuilder();
    var booking =
        call(
            "CreateBooking",
            request.setPaymentMethod("paymentMethods/pm_unknown").build(),
            Booking.getDefaultInstance());
    assertThat(booking.getState()).isEqualTo(Booking.State.STATE_PAYMENT_UNKNOWN);
    assertThat(booking.getName()).startsWith(plays.event() + "/bookings/b");
  }

  @Test
  void aBookingNeedsARequestIdAndEitherSeatsOrAHold() {
    var request =
        CreateBookingRequest.newBuilder()
            .setParent(plays.event())
            .setExpectedTotal(Money.newBuilder().setCurrencyCode("EUR").setNanos(1))
            .build();
    assertThat(refused("CreateBooking", request).fields())
        .containsExactlyInAnyOrder("hold", "expected_total.nanos", "request_id");
  }

  @Test
  void withoutALeaderAMutationIsUnavailableAndWasNotDone() {
    plays.house.first.setAvailable(false);
    plays.house.second.setAvailable(false);
    try {
      var error = refused("CreateHold", holdRequest("no-leader", plays.seat(1)));
      assertThat(error.code()).isEqualTo(Code.UNAVAILABLE);
      assertThat(error.reason()).isEqualTo("NO_LEADER");
      assertThat(error.mayBeRetried()).isTrue();
    } finally {
      plays.house.first.setAvailable(true);
      plays.house.second.setAvailable(true);
    }
  }

  private List<String> bookings(String parent) {
    return call(
            "ListBookings",
            ListBookingsRequest.newBuilder().setParent(parent).setPageSize(500).build(),
            ListBookingsResponse.getDefaultInstance())
        .getBookingsList()
        .stream()
        .map(Booking::getName)
        .toList();
  }

  private Booking book(String requestId, String seat) {
    return call("CreateBooking", bookRequest(requestId, seat), Booking.getDefaultInstance());
  }

  private CreateBookingRequest bookRequest(String requestId, String seat) {
    return CreateBookingRequest.newBuilder()
        .setParent(plays.event())
        .setBooking(Booking.newBuilder().addSeats(seat))
        .setPaymentMethod("paymentMethods/pm_1")
        .setRequestId(requestId + plays.event())
        .build();
  }

  private Hold hold(String requestId, String... seats) {
    return call("CreateHold", holdRequest(requestId, seats), Hold.getDefaultInstance());
  }

  private CreateHoldRequest holdRequest(String requestId, String... seats) {
    return CreateHoldRequest.newBuilder()
        .setParent(plays.event())
        .setHold(Hold.newBuilder().addAllSeats(List.of(seats)))
        .setRequestId(requestId + plays.event())
        .build();
  }

  private <A extends Message> A call(String method, Message request, A answer) {
    return plays.call(method, request, answer, TestAuth.ALICE);
  }

  private ApiError refused(String method, Message request) {
    return plays.refused(method, request, TestAuth.ALICE);
  }
}
