package dev.usher.cli;

import com.google.protobuf.Duration;
import dev.usher.api.booking.v1.CreateHoldRequest;
import dev.usher.api.booking.v1.Hold;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.term.Amounts;
import dev.usher.cli.term.Names;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "hold",
    header = "Hold seats for a while, all of them or none, and pay later.",
    footer = {
      "",
      "Examples:",
      "  usher hold hamlet --seats stalls-a-1,stalls-a-2 --minutes 5",
      "  usher book hamlet --hold HOLD --test-card ok"
    })
final class HoldCommand extends ApiCommand {
  @Parameters(paramLabel = "EVENT", description = "The event.")
  String event = "";

  @Option(
      names = "--seats",
      required = true,
      split = ",",
      hideParamSyntax = true,
      paramLabel = "SEAT,…",
      description = "Seats, separated by commas, as `usher seats EVENT --list` names them.",
      order = 1)
  List<String> seats = List.of();

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "How long (default: 15, at most 120).",
      order = 2)
  Optional<Integer> minutes = Optional.empty();

  @Option(
      names = "--request-id",
      paramLabel = "ID",
      description = "Repeats an earlier request whose outcome is not known.",
      order = 3)
  Optional<String> requestId = Optional.empty();

  HoldCommand(Cli cli) {
    super(cli);
  }

  @Override
  int run(UsherClient client) {
    String parent = Names.of("events", event);
    var hold = Hold.newBuilder();
    seats.forEach(seat -> hold.addSeats(Names.under(parent, "seats", seat.strip())));
    var request =
        CreateHoldRequest.newBuilder()
            .setParent(parent)
            .setHold(hold)
            .setRequestId(requestId.orElseGet(ApiCommand::newRequestId));
    minutes.ifPresent(m -> request.setTtl(Duration.newBuilder().setSeconds(60L * m)));
    Hold held =
        Repeatable.call(cli, client, Api.CREATE_HOLD, request.build(), request.getRequestId());
    return print(
        held,
        () ->
            "Held %s for %s until %s as %s%n→ usher book %s --hold %s --card"
                .formatted(
                    String.join(", ", held.getSeatsList().stream().map(Names::id).toList()),
                    Amounts.text(held.getTotal()),
                    Times.text(held.getExpireTime()),
                    Names.id(held.getName()),
                    Names.id(parent),
                    Names.id(held.getName())));
  }
}
