package dev.usher.cli;

import dev.usher.api.booking.v1.Booking;
import dev.usher.api.booking.v1.CreateBookingRequest;
import dev.usher.api.booking.v1.CreateHoldRequest;
import dev.usher.api.booking.v1.Hold;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.term.Amounts;
import dev.usher.cli.term.Names;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "book",
    header = "Book seats, the best ones, or what you hold, and pay.",
    description = {
      "",
      "The payment is authorized, the seats are committed by the cluster, and only then is the"
          + " money taken; whoever loses a race for a seat is not charged.",
    },
    footer = {
      "",
      "Exit code 3 when the seats are taken or the card is declined, 4 when the outcome is not"
          + " known yet: the same command with the --request-id that was printed asks again.",
      "",
      "Examples:",
      "  usher book hamlet --seats stalls-a-1,stalls-a-2 --test-card ok",
      "  usher book hamlet --best 2 --test-card ok",
      "  usher book hamlet --hold h3f… --card"
    })
final class BookCommand extends ApiCommand {
  @Parameters(paramLabel = "EVENT", description = "The event.")
  String event = "";

  @ArgGroup(exclusive = true, multiplicity = "1")
  What what = new What();

  /** Exactly one of them. */
  static final class What {
    @Option(
        names = "--seats",
        split = ",",
        hideParamSyntax = true,
        paramLabel = "SEAT,…",
        description = "Seats, separated by commas.",
        order = 1)
    List<String> seats = List.of();

    @Option(names = "--hold", paramLabel = "HOLD", description = "A hold that you made.", order = 2)
    Optional<String> hold = Optional.empty();

    @ArgGroup(exclusive = false)
    @Nullable BestOptions best;
  }

  @Mixin final PaymentOptions payment = new PaymentOptions();

  @Mixin final RequestId requestId = new RequestId();

  BookCommand(Cli cli) {
    super(cli);
  }

  @Override
  int run(UsherClient client) {
    String parent = Names.of("events", event);
    var request =
        CreateBookingRequest.newBuilder()
            .setParent(parent)
            .setPaymentMethod(payment.resolve(cli, client, requestId.id()))
            .setRequestId(requestId.id());
    if (what.best != null) {
      request.setHold(hold(client, parent, what.best, request.getRequestId()).getName());
    } else if (what.hold.isPresent()) {
      request.setHold(Names.under(parent, "holds", what.hold.get()));
    } else {
      var booking = Booking.newBuilder();
      what.seats.forEach(seat -> booking.addSeats(Names.under(parent, "seats", seat.strip())));
      request.setBooking(booking);
    }
    Booking booked =
        Repeatable.call(cli, client, Api.CREATE_BOOKING, request.build(), request.getRequestId());
    print(booked, () -> text(booked));
    if (booked.getState() == Booking.State.STATE_PAYMENT_UNKNOWN) {
      cli.terminal()
          .err()
          .println(
              "The payment provider has not answered yet; the same command with --request-id "
                  + request.getRequestId()
                  + " asks again.");
      return ExitCode.UNAVAILABLE;
    }
    return ExitCode.OK;
  }

  /** The request's id again is the same hold again, even when that is a booking by now. */
  private Hold hold(UsherClient client, String parent, BestOptions best, String requestId) {
    var request =
        CreateHoldRequest.newBuilder()
            .setParent(parent)
            .setBestAvailable(best.wish())
            .setRequestId(requestId)
            .build();
    return Repeatable.call(cli, client, Api.CREATE_HOLD, request, requestId);
  }

  private static String text(Booking booking) {
    return "%s: %s for %s, %s"
        .formatted(
            Words.of(booking.getState()),
            String.join(", ", booking.getSeatsList().stream().map(Names::id).toList()),
            Amounts.text(booking.getTotal()),
            booking.getName());
  }
}
