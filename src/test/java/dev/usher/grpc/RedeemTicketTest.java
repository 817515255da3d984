package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import dev.usher.api.booking.v1.Booking;
import dev.usher.api.booking.v1.BookingService;
import dev.usher.api.booking.v1.CancelBookingRequest;
import dev.usher.api.booking.v1.CreateBookingRequest;
import dev.usher.api.booking.v1.GetBookingRequest;
import dev.usher.api.booking.v1.RedeemTicketRequest;
import dev.usher.api.booking.v1.Ticket;
import dev.usher.seats.proto.CommitBooking;
import dev.usher.seats.proto.SeatCommand;
import io.grpc.Status.Code;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** At the gate, through the edge. */
class RedeemTicketTest {
  private static final String SERVICE = BookingService.name + "/";

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
    var id = "gala-" + ++events;
    house.publish(id);
    event = "events/" + id;
  }

  @Test
  void aConfirmedBookingHasATicketForEachSeatAndNobodyIsInYet() {
    var booked = book("A-1", "A-2");

    assertThat(booked.getTicketsList())
        .containsExactly(
            Ticket.newBuilder().setName(ticket(booked, "A-1")).build(),
            Ticket.newBuilder().setName(ticket(booked, "A-2")).build());
  }

  @Test
  void theGateRedeemsATicketAndTheBuyerSeesWhichAndWhen() {
    var booked = book("A-1", "A-2");

    var redeemed = redeem(ticket(booked, "A-2"), "scan-1", TestAuth.GATE);

    assertThat(redeemed.getName()).isEqualTo(ticket(booked, "A-2"));
    assertThat(redeemed.getRevision()).isGreaterThan(booked.getRevision());
    var time = house.seats.of(event.substring("events/".length()));
    assertThat(Timestamps.toMillis(redeemed.getRedeemTime()))
        .isEqualTo(House.await(time.readStale(view -> view.timeMs()).toCompletableFuture()));
    var seen = get(booked);
    assertThat(seen.getRevision()).isEqualTo(redeemed.getRevision());
    assertThat(seen.getTicketsList())
        .containsExactly(Ticket.newBuilder().setName(ticket(booked, "A-1")).build(), redeemed);
  }

  @Test
  void theBoxOfficeLetsInTooAndABuyerDoesNotLetThemselvesIn() {
    var booked = book("A-1");

    assertThat(refused(ticket(booked, "A-1"), "scan-1", TestAuth.ALICE).reason())
        .isEqualTo("ROLE_REQUIRED");
    assertThat(redeem(ticket(booked, "A-1"), "scan-1", TestAuth.BOX_OFFICE).hasRedeemTime())
        .isTrue();
  }

  @Test
  void theSameRequestAgainIsTheSameAnswerAndAnotherOneIsTooLate() {
    var booked = book("A-1");
    var first = redeem(ticket(booked, "A-1"), "scan-1", TestAuth.GATE);

    assertThat(redeem(ticket(booked, "A-1"), "scan-1", TestAuth.GATE)).isEqualTo(first);

    for (var error :
        List.of(
            refused(ticket(booked, "A-1"), "scan-2", TestAuth.GATE),
            refused(ticket(booked, "A-1"), "scan-1", TestAuth.BOX_OFFICE))) {
      assertThat(error.code()).isEqualTo(Code.FAILED_PRECONDITION);
      assertThat(error.reason()).isEqualTo("TICKET_ALREADY_REDEEMED");
      assertThat(error.metadata())
          .containsEntry("name", ticket(booked, "A-1"))
          .containsEntry("redeemTime", iso(first));
      assertThat(error.message()).contains(iso(first));
      assertThat(error.mayBeRetried()).isFalse();
    }
  }

  @Test
  void aRequestIdThatWasUsedForAnotherTicketIsRefused() {
    var booked = book("A-1", "A-2");
    redeem(ticket(booked, "A-1"), "scan-1", TestAuth.GATE);

    assertThat(refused(ticket(booked, "A-2"), "scan-1", TestAuth.GATE).reason())
        .isEqualTo("REQUEST_ID_REUSED");
  }

  @Test
  void aTicketThatThereIsNotIsNotFound() {
    var booked = book("A-1");

    var error = refused(ticket(booked, "A-2"), "scan-1", TestAuth.GATE);

    assertThat(error.code()).isEqualTo(Code.NOT_FOUND);
    assertThat(error.metadata()).containsEntry("name", ticket(booked, "A-2"));
    assertThat(refused(booked.getName(), "scan-2", TestAuth.GATE).fields()).containsExactly("name");
  }

  @Test
  void aBookingThatIsNotPaidYetLetsNobodyInAndNeitherDoesACancelledOne() {
    var unpaid = event + "/bookings/b1";
    house.propose(
        SeatCommand.newBuilder()
            .setCommitBooking(
                CommitBooking.newBuilder()
                    .setEventId(event.substring("events/".length()))
                    .setBookingId("b1")
                    .setUserId(TestAuth.ALICE)
                    .addSeatIds("A-4")
                    .setTotalMinor(1250)
                    .setCurrency("EUR")
                    .setPaymentId("pi_1"))
            .build());
    var cancelled = book("A-1");
    cancel(cancelled);

    var early = refused(unpaid + "/tickets/A-4", "scan-1", TestAuth.GATE);
    var late = refused(ticket(cancelled, "A-1"), "scan-2", TestAuth.GATE);

    assertThat(early.code()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(early.reason()).isEqualTo("TICKET_UNPAID");
    assertThat(late.code()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(late.reason()).isEqualTo("TICKET_CANCELLED");
    assertThat(cancel(cancelled).getTicketsList()).isEmpty();
  }

  @Test
  void aBookingWithARedeemedTicketCannotBeCancelled() {
    var booked = book("A-1", "A-2");
    redeem(ticket(booked, "A-2"), "scan-1", TestAuth.GATE);

    var error = house.client.refused(SERVICE + "CancelBooking", cancelling(booked), TestAuth.ALICE);

    assertThat(error.code()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(error.reason()).isEqualTo("TICKET_ALREADY_REDEEMED");
    assertThat(error.metadata())
        .containsEntry("name", booked.getName())
        .containsEntry("tickets", "A-2");
    assertThat(get(booked).getState()).isEqualTo(Booking.State.STATE_CONFIRMED);
  }

  private static String iso(Ticket ticket) {
    return Instant.ofEpochMilli(Timestamps.toMillis(ticket.getRedeemTime())).toString();
  }

  private static String ticket(Booking booking, String seatId) {
    return booking.getName() + "/tickets/" + seatId;
  }

  private Booking book(String... seatIds) {
    var booking = Booking.newBuilder();
    List.of(seatIds).forEach(id -> booking.addSeats(event + "/seats/" + id));
    return house.client.call(
        SERVICE + "CreateBooking",
        CreateBookingRequest.newBuilder()
            .setParent(event)
            .setBooking(booking)
            .setPaymentMethod("paymentMethods/pm_1")
            .setRequestId("book" + event)
            .build(),
        Booking.getDefaultInstance(),
        TestAuth.ALICE);
  }

  private static Booking get(Booking booking) {
    return house.client.call(
        SERVICE + "GetBooking",
        GetBookingRequest.newBuilder().setName(booking.getName()).build(),
        Booking.getDefaultInstance(),
        TestAuth.ALICE);
  }

  private static CancelBookingRequest cancelling(Booking booking) {
    return CancelBookingRequest.newBuilder().setName(booking.getName()).build();
  }

  private static Booking cancel(Booking booking) {
    return house.client.call(
        SERVICE + "CancelBooking",
        cancelling(booking),
        Booking.getDefaultInstance(),
        TestAuth.ALICE);
  }

  private RedeemTicketRequest redeeming(String ticket, String requestId) {
    return RedeemTicketRequest.newBuilder().setName(ticket).setRequestId(requestId + event).build();
  }

  private Ticket redeem(String ticket, String requestId, String gate) {
    return house.client.call(
        SERVICE + "RedeemTicket", redeeming(ticket, requestId), Ticket.getDefaultInstance(), gate);
  }

  private ApiError refused(String ticket, String requestId, String who) {
    return house.client.refused(SERVICE + "RedeemTicket", redeeming(ticket, requestId), who);
  }
}
