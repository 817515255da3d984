package dev.usher.grpc;

import com.google.protobuf.Empty;
import dev.usher.api.booking.v1.Booking;
import dev.usher.api.booking.v1.BookingServicePowerApi;
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
import dev.usher.api.booking.v1.RedeemTicketRequest;
import dev.usher.api.booking.v1.Ticket;
import dev.usher.api.booking.v1.WatchSeatsRequest;
import dev.usher.api.booking.v1.WatchSeatsResponse;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.grpc.javadsl.Metadata;
import org.apache.pekko.stream.javadsl.Source;

/** Seats, holds and bookings: lets each call in and hands it to the part that does it. */
final class BookingGrpcService implements BookingServicePowerApi {
  private final Gate gate;
  private final SeatCalls seats;
  private final HoldCalls holds;
  private final BookingCalls bookings;
  private final TicketCalls tickets;

  BookingGrpcService(
      Gate gate, SeatCalls seats, HoldCalls holds, BookingCalls bookings, TicketCalls tickets) {
    this.gate = gate;
    this.seats = seats;
    this.holds = holds;
    this.bookings = bookings;
    this.tickets = tickets;
  }

  @Override
  public CompletionStage<ListSeatsResponse> listSeats(ListSeatsRequest in, Metadata metadata) {
    return gate.read("ListSeats", metadata, call -> seats.list(in, call));
  }

  @Override
  public Source<WatchSeatsResponse, NotUsed> watchSeats(WatchSeatsRequest in, Metadata metadata) {
    return gate.stream("WatchSeats", metadata, call -> seats.watch(in, call));
  }

  @Override
  public CompletionStage<Hold> createHold(CreateHoldRequest in, Metadata metadata) {
    return gate.change("CreateHold", metadata, call -> holds.create(in, call));
  }

  @Override
  public CompletionStage<Hold> getHold(GetHoldRequest in, Metadata metadata) {
    return gate.read("GetHold", metadata, call -> holds.get(in, call));
  }

  @Override
  public CompletionStage<Empty> deleteHold(DeleteHoldRequest in, Metadata metadata) {
    return gate.change("DeleteHold", metadata, call -> holds.delete(in, call));
  }

  @Override
  public CompletionStage<Booking> createBooking(CreateBookingRequest in, Metadata metadata) {
    return gate.change("CreateBooking", metadata, call -> bookings.create(in, call));
  }

  @Override
  public CompletionStage<Booking> getBooking(GetBookingRequest in, Metadata metadata) {
    return gate.read("GetBooking", metadata, call -> bookings.get(in, call));
  }

  @Override
  public CompletionStage<ListBookingsResponse> listBookings(
      ListBookingsRequest in, Metadata metadata) {
    return gate.read("ListBookings", metadata, call -> bookings.list(in, call));
  }

  @Override
  public CompletionStage<Booking> cancelBooking(CancelBookingRequest in, Metadata metadata) {
    return gate.change("CancelBooking", metadata, call -> bookings.cancel(in, call));
  }

  @Override
  public CompletionStage<Ticket> redeemTicket(RedeemTicketRequest in, Metadata metadata) {
    return gate.change("RedeemTicket", metadata, call -> tickets.redeem(in, call));
  }
}
