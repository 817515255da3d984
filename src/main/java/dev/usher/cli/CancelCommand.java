package dev.usher.cli;

import dev.usher.api.booking.v1.Booking;
import dev.usher.api.booking.v1.CancelBookingRequest;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.term.Amounts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "cancel",
    header = "Cancel a booking: its seats are free again, what was paid is refunded.",
    footer = {"", "Example:", "  usher cancel events/hamlet/bookings/b52…"})
final class CancelCommand extends ApiCommand {
  @Mixin final BookingName booking = new BookingName();

  @Mixin final RequestId requestId = new RequestId();

  CancelCommand(Cli cli) {
    super(cli);
  }

  @Override
  int run(UsherClient client) {
    String name = booking.checked();
    String id = requestId.id();
    Booking cancelled =
        Repeatable.call(
            cli,
            client,
            Api.CANCEL_BOOKING,
            CancelBookingRequest.newBuilder().setName(name).setRequestId(id).build(),
            id);
    return print(
        cancelled,
        () ->
            "%s: %s, captured %s, refunded %s"
                .formatted(
                    Words.of(cancelled.getState()),
                    cancelled.getName(),
                    Amounts.text(cancelled.getCaptured()),
                    Amounts.text(cancelled.getRefunded())));
  }
}
