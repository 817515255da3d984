package dev.usher.seats;

import static dev.usher.seats.Box.cancel;
import static dev.usher.seats.Box.captured;
import static dev.usher.seats.Box.details;
import static dev.usher.seats.Box.redeem;
import static dev.usher.seats.Box.release;
import static dev.usher.seats.SeatView.SeatState.BOOKED;
import static dev.usher.seats.proto.BookingRecord.State.STATE_CANCELLED;
import static dev.usher.seats.proto.BookingRecord.State.STATE_CONFIRMED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.raft.Bytes;
import dev.usher.replica.StateMachine;
import dev.usher.seats.proto.CreateEvent;
import dev.usher.seats.proto.SeatCommand;
import dev.usher.seats.proto.TicketRedemption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A ticket lets one person in, once (docs/booking.md §2, row 22). */
class TicketsTest {
  private final Box box = Box.withEvent();

  @Test
  void aTicketIsRedeemedAtTheTimeOfTheLog() {
    box.confirmed("b1", "ann", "a-1", "a-2");

    var redemption =
        box.after(Duration.ofMinutes(3)).done(redeem("b1", "a-2", "r1")).getRedemption();

    assertThat(redemption)
        .isEqualTo(
            TicketRedemption.newBuilder()
                .setSeatId("a-2")
                .setRedemptionId("r1")
                .setTimeMillis(box.timeMs())
                .setRevision(box.index())
                .build());
    assertThat(box.booking("b1").getRedemptionsList()).containsExactly(redemption);
    assertThat(box.booking("b1").getRevision()).isEqualTo(box.index());
  }

  @Test
  void theSameRedemptionAgainGivesTheFirstAnswer() {
    box.confirmed("b1", "ann", "a-1", "a-2");
    var first = box.done(redeem("b1", "a-1", "r1"));
    box.done(redeem("b1", "a-2", "r2"));

    assertThat(box.after(Duration.ofDays(2)).done(redeem("b1", "a-1", "r1"))).isEqualTo(first);
    assertThat(box.booking("b1").getRedemptionsList()).hasSize(2);
  }

  @Test
  void aSecondRedemptionIsToldWhenTheFirstOneWas() {
    box.confirmed("b1", "ann", "a-1");
    box.done(redeem("b1", "a-1", "r1"));
    var time = Instant.ofEpochMilli(box.timeMs()).toString();

    var refusal =
        box.after(Duration.ofMinutes(1))
            .refused(SeatReason.TICKET_ALREADY_REDEEMED, redeem("b1", "a-1", "r2"));

    assertThat(details(refusal))
        .containsEntry("name", "events/show/bookings/b1/tickets/a-1")
        .containsEntry("redeemTime", time);
    assertThat(refusal.getMessage()).contains(time);
  }

  @Test
  void aSeatOfAnotherBookingAndABookingThatThereIsNotHaveNoTicket() {
    box.confirmed("b1", "ann", "a-1");
    box.confirmed("b2", "bob", "a-2");

    var refusal = box.refused(SeatReason.RESOURCE_NOT_FOUND, redeem("b1", "a-2", "r1"));

    assertThat(details(refusal)).containsEntry("name", "events/show/bookings/b1/tickets/a-2");
    box.refused(SeatReason.RESOURCE_NOT_FOUND, redeem("b3", "a-1", "r1"));
  }

  @Test
  void aBookingWhoseCaptureIsOwedLetsNobodyInYet() {
    box.committed("b1", "ann", "a-1");

    box.refused(SeatReason.TICKET_UNPAID, redeem("b1", "a-1", "r1"));

    box.done(captured("b1", 2500));
    box.done(redeem("b1", "a-1", "r1"));
  }

  @Test
  void aCancelledBookingLetsNobodyIn() {
    box.confirmed("b1", "ann", "a-1");
    box.done(cancel("b1", "ann"));

    var refusal = box.refused(SeatReason.TICKET_CANCELLED, redeem("b1", "a-1", "r1"));

    assertThat(details(refusal)).containsEntry("name", "events/show/bookings/b1/tickets/a-1");
    assertThat(box.booking("b1").getState()).isEqualTo(STATE_CANCELLED);
  }

  @Test
  void whatWasNeverPaidRefusedOrFencedHasNoTickets() {
    box.committed("b1", "ann", "a-1");
    box.done(release("b1"));
    box.committed("b2", "ann", "a-1");
    box.propose(Box.commit("b3", "bob", 2500, "a-1"));
    box.done(Box.fence("b4"));

    for (var bookingId : new String[] {"b1", "b3", "b4"}) {
      box.refused(SeatReason.RESOURCE_NOT_FOUND, redeem(bookingId, "a-1", "r1"));
    }
  }

  @Test
  void aBookingWithARedeemedTicketIsNotCancelledAndOwesNothing() {
    box.confirmed("b1", "ann", "a-1", "a-2");
    box.done(redeem("b1", "a-2", "r1"));
    var before = box.booking("b1");

    var refusal = box.refused(SeatReason.TICKET_ALREADY_REDEEMED, cancel("b1", "ann"));

    assertThat(details(refusal))
        .containsEntry("name", "events/show/bookings/b1")
        .containsEntry("tickets", "a-2")
        .containsEntry("redeemed", "1");
    assertThat(box.booking("b1")).isEqualTo(before);
    assertThat(before.getState()).isEqualTo(STATE_CONFIRMED);
    assertThat(box.view().debts(10)).isEmpty();
    assertThat(box.state("a-1")).isEqualTo(BOOKED);
  }

  @Test
  void aRefusalNamesTenTicketsAtMost() {
    redeemTheLargestBooking("wide");

    var command = cancel("b1", "ann");
    command.getCancelBookingBuilder().setEventId("wide");
    var refusal = box.refused(SeatReason.TICKET_ALREADY_REDEEMED, command);

    assertThat(details(refusal)).containsEntry("redeemed", "100");
    assertThat(details(refusal).getOrDefault("tickets", "").split(",")).hasSize(10);
    // Metadata of an error: 8 KiB in all, of which the details are base64.
    assertThat(refusal.getSerializedSize() * 4 / 3 + refusal.getMessage().length())
        .isLessThan(8192);
  }

  @Test
  void theLargestBookingWithAllItsTicketsRedeemedFitsIntoAPieceOfASnapshot() {
    redeemTheLargestBooking("wide");

    assertThat(box.model.snapshot())
        .toIterable()
        .extracting(Bytes::size)
        .allMatch(size -> size <= StateMachine.PIECE_BYTES_MAX);
  }

  private void redeemTheLargestBooking(String eventId) {
    var seats =
        IntStream.range(0, SeatLimits.SEATS_PER_BOOKING)
            .mapToObj(i -> "a".repeat(SeatLimits.ID_LENGTH - 3) + (100 + i))
            .toList();
    long total = seats.size() * Box.A;
    box.done(SeatCommand.newBuilder().setCreateEvent(eventWith(eventId, seats)));
    box.done(Box.publish(eventId));
    box.done(
        Box.commitOf(
            "b1", "ann", total, booking -> booking.setEventId(eventId).addAllSeatIds(seats)));
    var paid = captured("b1", total);
    paid.getRecordCaptureBuilder().setEventId(eventId);
    box.done(paid);
    for (var seat : seats) {
      var in = redeem("b1", seat, "r".repeat(33));
      in.getRedeemTicketBuilder().setEventId(eventId);
      box.done(in);
    }
  }

  private static CreateEvent eventWith(String eventId, List<String> seats) {
    var event = Box.eventOf(eventId).setSeatLimitPerBooking(seats.size());
    var plan = event.getPlanBuilder();
    var like = plan.getSeats(0);
    seats.forEach(seatId -> plan.addSeats(like.toBuilder().setSeatId(seatId)));
    return event.build();
  }
}
