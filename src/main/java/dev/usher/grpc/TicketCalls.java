package dev.usher.grpc;

import dev.usher.api.booking.v1.RedeemTicketRequest;
import dev.usher.api.booking.v1.Ticket;
import dev.usher.booking.Ids;
import dev.usher.seats.SeatGroups;
import dev.usher.seats.proto.RedeemTicket;
import dev.usher.seats.proto.SeatCommand;
import java.util.concurrent.CompletionStage;

/** Letting people in. A ticket is its booking's; the gate sees no more of the booking than that. */
final class TicketCalls {
  private final SeatGroups seats;
  private final Requests requests;

  TicketCalls(SeatGroups seats, Requests requests) {
    this.seats = seats;
    this.requests = requests;
  }

  CompletionStage<Ticket> redeem(RedeemTicketRequest in, Call call) {
    var violations = new Violations();
    var name = ResourceNames.parseTicket(in.getName(), "name", violations);
    var requestId = requests.id(in.getRequestId(), violations);
    violations.check();
    var command =
        SeatCommand.newBuilder()
            .setRedeemTicket(
                RedeemTicket.newBuilder()
                    .setEventId(name.eventId())
                    .setBookingId(name.bookingId())
                    .setSeatId(name.seatId())
                    .setRedemptionId(Ids.redemptionId(call.userId(), requestId)))
            .build();
    return seats
        .propose(Requests.key(call.userId(), "RedeemTicket", requestId), command, call.timeout())
        .thenApply(outcome -> Outcomes.applied(outcome, seats.of(name.eventId()).leader()))
        .thenApply(applied -> BookingMessages.ticket(in.getName(), applied.done().getRedemption()));
  }
}
