package dev.usher.cli;

import com.google.type.Money;
import dev.usher.api.catalog.v1.CategoryPrice;
import dev.usher.api.catalog.v1.CreateEventRequest;
import dev.usher.api.catalog.v1.Event;
import dev.usher.api.catalog.v1.GetVenueRequest;
import dev.usher.api.catalog.v1.PublishEventRequest;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.term.Amounts;
import dev.usher.cli.term.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "create",
    header = "Create an event at a venue, as a draft or on sale at once.",
    description = {"", "Every category of the venue needs a price."},
    footer = {
      "",
      "Examples:",
      "  usher event create hamlet --venue playhouse --name Hamlet --start 2027-03-01T20:00 \\",
      "      --price 45 --price Economy=30.50 --publish",
      "  usher event create lear --venue playhouse --name 'King Lear' --start 2027-03-02T20:00 \\",
      "      --price 25"
    })
final class EventCreateCommand extends ApiCommand {
  @Parameters(paramLabel = "ID", description = "The event's id: a-z, 0-9 and -.")
  String id = "";

  @Option(names = "--venue", required = true, paramLabel = "VENUE", order = 1)
  String venue = "";

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "What people call it.",
      order = 2)
  String name = "";

  @Option(
      names = "--start",
      required = true,
      paramLabel = "TIME",
      description = "2027-03-01T20:00, with +01:00 for another zone than this machine's.",
      order = 3)
  String start = "";

  @Option(
      names = "--price",
      required = true,
      paramLabel = "[CATEGORY=]AMOUNT",
      description = "A category's price; without a category, the price of all others.",
      order = 4)
  List<String> prices = List.of();

  @Option(
      names = "--currency",
      paramLabel = "CODE",
      description = "ISO 4217 (default: ${DEFAULT-VALUE}).",
      order = 5)
  String currency = "EUR";

  @Option(
      names = "--seat-limit",
      paramLabel = "N",
      description = "Most seats in one booking (default: 10).",
      order = 6)
  int seatLimit;

  @Option(names = "--publish", description = "Put it on sale at once.", order = 7)
  boolean publish;

  EventCreateCommand(Cli cli) {
    super(cli);
  }

  @Override
  int run(UsherClient client) {
    String venueName = Names.of("venues", venue);
    var event =
        Event.newBuilder()
            .setDisplayName(name)
            .setVenue(venueName)
            .setSeatLimitPerBooking(seatLimit);
    Map<String, Money> priced;
    try {
      event.setStartTime(Times.parse(start));
      priced = parsePrices(prices, currency);
    } catch (IllegalArgumentException e) {
      throw new CliException(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
    event.addAllPrices(prices(client, venueName, priced));
    Event made =
        client.call(
            Api.CREATE_EVENT,
            CreateEventRequest.newBuilder()
                .setEventId(id)
                .setEvent(event)
                .setRequestId(newRequestId())
                .build());
    if (!publish) {
      return print(made, () -> "Created the draft " + id + "\n→ usher event publish " + id);
    }
    Event published =
        client.call(
            Api.PUBLISH_EVENT,
            PublishEventRequest.newBuilder()
                .setName(made.getName())
                .setRequestId(newRequestId())
                .build());
    return print(
        published,
        () ->
            "On sale: " + id + " with " + published.getSeatCount() + " seats\n→ usher seats " + id);
  }

  /** By category; the price without one is under the empty name. */
  static Map<String, Money> parsePrices(List<String> typed, String currency) {
    Map<String, Money> prices = new LinkedHashMap<>();
    for (String price : typed) {
      int equals = price.lastIndexOf('=');
      String category = equals < 0 ? "" : price.substring(0, equals).strip();
      var money = Amounts.parse(price.substring(equals + 1).strip(), currency);
      if (prices.put(category, money) != null) {
        throw new IllegalArgumentException(
            category.isEmpty() ? "two prices without a category" : "two prices of " + category);
      }
    }
    return prices;
  }

  private static List<CategoryPrice> prices(
      UsherClient client, String venue, Map<String, Money> priced) {
    List<CategoryPrice> prices = new ArrayList<>();
    priced.forEach(
        (category, price) -> {
          if (!category.isEmpty()) {
            prices.add(CategoryPrice.newBuilder().setCategory(category).setPrice(price).build());
          }
        });
    Money others = priced.get("");
    if (others != null) {
      var known = client.call(Api.GET_VENUE, GetVenueRequest.newBuilder().setName(venue).build());
      known.getCategoriesList().stream()
          .filter(category -> !priced.containsKey(category))
          .map(c -> CategoryPrice.newBuilder().setCategory(c).setPrice(others).build())
          .forEach(prices::add);
    }
    return prices;
  }
}
