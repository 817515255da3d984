package dev.usher.seats;

import static dev.usher.seats.Box.EVENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.seats.proto.BookingRecord;
import dev.usher.seats.proto.BookingRecord.State;
import dev.usher.seats.proto.CancelBooking;
import dev.usher.seats.proto.RedeemTicket;
import dev.usher.seats.proto.SeatCommand;
import dev.usher.seats.proto.SeatResult;
import dev.usher.seats.proto.TicketRedemption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Tickets in whatever log, against a reference that knows three things only: who was let in, with
 * what, and what state a booking was in when its ticket was shown.
 */
class SeatTicketProperties {
  private static final int TRIES = 250;

  /** A ticket of the reference. */
  private record Ticket(String bookingId, String seatId) {}

  @Provide
  Arbitrary<List<Step>> logs() {
    return Step.logs();
  }

  /**
   * Confirmed bookings are rare in a log that is random from the start: here it begins with two.
   */
  private static Box withBookings() {
    var box = Box.withEvent();
    box.confirmed("b0", "user-0", "a-1", "a-2");
    box.confirmed("b1", "user-1", "a-3", "a-4", "a-5");
    return box;
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void theModelLetsInWhomTheReferenceLetsInAndNobodyElse(@ForAll("logs") List<Step> log) {
    var box = withBookings();
    Map<Ticket, TicketRedemption> let = new HashMap<>();
    for (var step : log) {
      var command = step.command();
      var expected = expectation(box, let, command);
      var result = box.after(step.pass()).propose(command.toBuilder());
      if (!expected.isEmpty()) {
        assertThat(told(result)).isEqualTo(expected);
      }
      if (command.hasRedeemTicket() && result.hasDone()) {
        var in = command.getRedeemTicket();
        let.putIfAbsent(
            new Ticket(in.getBookingId(), in.getSeatId()), result.getDone().getRedemption());
      }
      assertTheRecordsSayTheSame(box, let);
    }
  }

  /** What the reference says to this command; empty when it knows nothing about it. */
  private static String expectation(
      Box box, Map<Ticket, TicketRedemption> let, SeatCommand command) {
    if (command.hasRedeemTicket()) {
      return expected(box, let, command.getRedeemTicket());
    }
    return command.hasCancelBooking() ? expected(box, let, command.getCancelBooking()) : "";
  }

  private static String expected(Box box, Map<Ticket, TicketRedemption> let, CancelBooking cancel) {
    var bookingId = cancel.getBookingId();
    if (let.keySet().stream().noneMatch(ticket -> ticket.bookingId().equals(bookingId))) {
      return "";
    }
    return box.booking(bookingId).getUserId().equals(cancel.getUserId())
        ? "TICKET_ALREADY_REDEEMED"
        : "RESOURCE_NOT_FOUND";
  }

  private static String expected(Box box, Map<Ticket, TicketRedemption> let, RedeemTicket in) {
    var before = let.get(new Ticket(in.getBookingId(), in.getSeatId()));
    if (before != null) {
      return before.getRedemptionId().equals(in.getRedemptionId())
          ? "done"
          : "TICKET_ALREADY_REDEEMED";
    }
    return box.view()
        .booking(EVENT, in.getBookingId())
        .filter(booking -> booking.getSeatIdsList().contains(in.getSeatId()))
        .map(
            booking ->
                switch (booking.getState()) {
                  case STATE_CONFIRMED -> "done";
                  case STATE_COMMITTED -> "TICKET_UNPAID";
                  case STATE_CANCELLED -> "TICKET_CANCELLED";
                  case STATE_FENCED,
                      STATE_REJECTED,
                      STATE_RELEASED,
                      STATE_UNSPECIFIED,
                      UNRECOGNIZED ->
                      "RESOURCE_NOT_FOUND";
                })
        .orElse("RESOURCE_NOT_FOUND");
  }

  private static String told(SeatResult result) {
    return result.hasDone() ? "done" : result.getRefusal().getReason();
  }

  private static void assertTheRecordsSayTheSame(Box box, Map<Ticket, TicketRedemption> let) {
    Map<Ticket, TicketRedemption> recorded = new HashMap<>();
    for (var booking : box.view().bookingsAfter("", "", 100)) {
      for (var redemption : booking.getRedemptionsList()) {
        assertThat(
                recorded.put(
                    new Ticket(booking.getBookingId(), redemption.getSeatId()), redemption))
            .as("redeemed twice")
            .isNull();
        assertIsKept(booking);
      }
    }
    assertThat(recorded).isEqualTo(let);
  }

  /** G11. */
  private static void assertIsKept(BookingRecord booking) {
    assertThat(booking.getState()).isEqualTo(State.STATE_CONFIRMED);
    assertThat(booking.getCapturedMinor()).isEqualTo(booking.getTotalMinor());
    assertThat(booking.getRefundedMinor()).isZero();
    assertThat(BookingTable.owes(booking)).isFalse();
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void aReplicaThatBeganWithASnapshotGoesOnWithTheSameTickets(
      @ForAll("logs") List<Step> log, @ForAll int cut) {
    var box = withBookings();
    int at = Math.floorMod(cut, log.size());
    log.subList(0, at).forEach(step -> play(box, step));
    var twin = box.twin(box.model.snapshot());
    assertThat(twin.model.digest()).isEqualTo(box.model.digest());

    for (var step : log.subList(at, log.size())) {
      assertThat(play(twin, step)).isEqualTo(play(box, step));
      assertThat(twin.model.digest()).isEqualTo(box.model.digest());
    }
    assertThat(tickets(twin)).isEqualTo(tickets(box));
  }

  private static List<TicketRedemption> tickets(Box box) {
    var all = new ArrayList<TicketRedemption>();
    box.view().bookingsAfter("", "", 100).forEach(b -> all.addAll(b.getRedemptionsList()));
    return all;
  }

  private static SeatResult play(Box box, Step step) {
    return box.after(step.pass()).propose(step.command().toBuilder());
  }
}
