package dev.usher.cli;

import dev.usher.api.booking.v1.RedeemTicketRequest;
import dev.usher.api.booking.v1.Ticket;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.term.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "redeem",
    header = "Let people in: redeem tickets of a booking, each once; for the gate.",
    description = {
      "",
      "A ticket is a seat of a confirmed booking. One after the other is redeemed, up to the first"
          + " that is refused: redeemed before (with the time), not paid, or cancelled. A booking"
          + " with a redeemed ticket can no longer be cancelled.",
      "",
      "Needs an account with the role gate or box office: usher register --role gate."
    },
    footer = {
      "",
      "Examples:",
      "  usher redeem events/hamlet/bookings/b52… stalls-a-1",
      "  usher redeem events/hamlet/bookings/b52… stalls-a-1 stalls-a-2 -o json"
    })
final class RedeemCommand extends ApiCommand {
  @Mixin final BookingName booking = new BookingName();

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "SEAT",
      description = "The seats whose holders want to come in.")
  List<String> seats = List.of();

  @Mixin final RequestId requestId = new RequestId();

  RedeemCommand(Cli cli) {
    super(cli);
  }

  @Override
  int run(UsherClient client) {
    String name = booking.checked();
    String id = requestId.id();
    List<Ticket> redeemed = new ArrayList<>();
    try {
      for (String seat : seats) {
        redeemed.add(redeem(client, name + "/tickets/" + Names.id(seat), id));
      }
    } finally {
      // Whoever is in is in, also when the next one is refused.
      if (!redeemed.isEmpty()) {
        print(redeemed, () -> text(redeemed));
      }
    }
    return ExitCode.OK;
  }

  /** Each ticket is a request of its own. */
  private Ticket redeem(UsherClient client, String ticket, String id) {
    return Repeatable.call(
        cli,
        client,
        Api.REDEEM_TICKET,
        RedeemTicketRequest.newBuilder()
            .setName(ticket)
            .setRequestId(id + "/" + Names.id(ticket))
            .build(),
        id);
  }

  private static String text(List<Ticket> redeemed) {
    return redeemed.stream()
        .map(
            ticket ->
                "%s: let in at %s"
                    .formatted(Names.id(ticket.getName()), Times.text(ticket.getRedeemTime())))
        .collect(Collectors.joining("\n"));
  }
}
