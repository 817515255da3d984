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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "hold",
    header = "Hold seats, by name or the best, for a while and pay later.",
    footer = {
      "",
      "Examples:",
      "  usher hold hamlet --seats stalls-a-1,stalls-a-2 --minutes 5",
      "  usher hold hamlet --best 2 --section Balcony",
      "  usher book hamlet --hold HOLD --test-card ok"
    })
final class HoldCommand extends ApiCommand {
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
        description = "Seats, separated by commas, as `usher seats EVENT --list` names them.",
        order = 1)
    List<String> seats = List.of();

    @ArgGroup(exclusive = false)
    @Nullable BestOptions best;
  }

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "How long (default: 15, at most 120).",
      order = 20)
  Optional<Integer> minutes = Optional.empty();

  @Mixin final RequestId requestId = new RequestId();

  HoldCommand(Cli cli) {
    super(cli);
  }

  @Override
  int run(UsherClient client) {
    String parent = Names.of("events", event);
    var request = CreateHoldRequest.newBuilder().setParent(parent).setRequestId(requestId.id());
    if (what.best != null) {
      request.setBestAvailable(what.best.wish());
    } else {
      var hold = request.getHoldBuilder();
      what.seats.forEach(seat -> hold.addSeats(Names.under(parent, "seats", seat.strip())));
    }
    minutes.ifPresent(m -> request.setTtl(Duration.newBuilder().setSeconds(60L * m)));
    Hold held =
        Repeatable.call(cli, client, Api.CREATE_HOLD, request.build(), request.getRequestId());
    return print(
        held,
        () ->
            "Held %s%s for %s until %s as %s%n→ usher book %s --hold %s --card"
                .formatted(
                    String.join(", ", held.getSeatsList().stream().map(Names::id).toList()),
                    held.getAdjacent() ? "" : " (not side by side)",
                    Amounts.text(held.getTotal()),
                    Times.text(held.getExpireTime()),
                    Names.id(held.getName()),
                    Names.id(parent),
                    Names.id(held.getName())));
  }
}
