package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import dev.usher.api.booking.v1.Booking;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** At the gate, through the edge. */
class RedeemTicketTest {

  @RegisterExtension static final Plays plays = new Plays();

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
    var time = plays.house.seats.of(plays.eventId());
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
    var unpaid = plays.event() + "/bookings/b1";
    plays.house.propose(
        SeatCommand.newBuilder()
            .setCommitBooking(
                CommitBooking.newBuilder()
                    .setEventId(plays.eventId())
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

    var error = plays.refused("CancelBooking", cancelling(booked), TestAuth.ALICE);

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
    List.of(seatIds).forEach(id -> booking.addSeats(plays.event() + "/seats/" + id));
    return plays.call(
        "CreateBooking",
        CreateBookingRequest.newBuilder()
            .setParent(plays.event())
            .setBooking(booking)
            .setPaymentMethod("paymentMethods/pm_1")
            .setRequestId("book" + plays.event())
            .build(),
        Booking.getDefaultInstance(),
        TestAuth.ALICE);
  }

  private static Booking get(Booking booking) {
    return plays.call(
        "GetBooking",
        GetBookingRequest.newBuilder().setName(booking.getName()).build(),
        Booking.getDefaultInstance(),
        TestAuth.ALICE);
  }

  private static CancelBookingRequest cancelling(Booking booking) {
    return CancelBookingRequest.newBuilder().setName(booking.getName()).build();
  }

  private static Booking cancel(Booking booking) {
    return plays.call(
        "CancelBooking", cancelling(booking), Booking.getDefaultInstance(), TestAuth.ALICE);
  }

  private RedeemTicketRequest redeeming(String ticket, String requestId) {
    return RedeemTicketRequest.newBuilder()
        .setName(ticket)
        .setRequestId(requestId + plays.event())
        .build();
  }

  private Ticket redeem(String ticket, String requestId, String gate) {
    return plays.call(
        "RedeemTicket", redeeming(ticket, requestId), Ticket.getDefaultInstance(), gate);
  }

  private ApiError refused(String ticket, String requestId, String who) {
    return plays.refused("RedeemTicket", redeeming(ticket, requestId), who);
  }
}
