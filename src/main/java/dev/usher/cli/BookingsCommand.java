package dev.usher.cli;

import dev.usher.api.booking.v1.Booking;
import dev.usher.api.booking.v1.ListBookingsRequest;
import dev.usher.api.booking.v1.ListBookingsResponse;
import dev.usher.api.booking.v1.Ticket;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.Pages;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.term.Amounts;
import dev.usher.cli.term.Names;
import dev.usher.cli.term.Table;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "bookings", header = "List your bookings, of one event or of all.")
final class BookingsCommand extends ApiCommand {
  @Parameters(arity = "0..1", paramLabel = "EVENT", description = "Only this event's.")
  Optional<String> event = Optional.empty();

  BookingsCommand(Cli cli) {
    super(cli);
  }

  @Override
  int run(UsherClient client) {
    var parent = Names.of("events", event.orElse("-"));
    List<Booking> bookings =
        Pages.all(
            page ->
                client.call(
                    Api.LIST_BOOKINGS,
                    ListBookingsRequest.newBuilder().setParent(parent).setPageToken(page).build()),
            ListBookingsResponse::getBookingsList,
            ListBookingsResponse::getNextPageToken);
    return print(bookings, () -> text(bookings));
  }

  private static String text(List<Booking> bookings) {
    if (bookings.isEmpty()) {
      return "No bookings.";
    }
    var table = Table.of("BOOKING", "SEATS", "TOTAL", "CAPTURED", "REFUNDED", "MADE", "STATE");
    for (Booking booking : bookings) {
      table.row(
          booking.getName(),
          String.join(",", booking.getSeatsList().stream().map(Names::id).toList()),
          Amounts.text(booking.getTotal()),
          Amounts.text(booking.getCaptured()),
          Amounts.text(booking.getRefunded()),
          Times.text(booking.getCreateTime()),
          state(booking));
    }
    return table.render();
  }

  private static String state(Booking booking) {
    long redeemed = booking.getTicketsList().stream().filter(Ticket::hasRedeemTime).count();
    String state = Words.of(booking.getState());
    return redeemed == 0 ? state : state + ", " + redeemed + " redeemed";
  }
}
