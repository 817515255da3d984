package dev.usher.cli;

import dev.usher.api.catalog.v1.Event;
import dev.usher.api.catalog.v1.ListEventsRequest;
import dev.usher.api.catalog.v1.ListEventsResponse;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.Pages;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.term.Names;
import dev.usher.cli.term.Table;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "events",
    header = "List the events on sale.",
    description = {"", "Organizers see drafts too."},
    footer = {"", "Then: usher seats EVENT"})
final class EventsCommand extends ApiCommand {
  EventsCommand(Cli cli) {
    super(cli);
  }

  @Override
  int run(UsherClient client) {
    List<Event> events =
        Pages.all(
            page ->
                client.call(
                    Api.LIST_EVENTS, ListEventsRequest.newBuilder().setPageToken(page).build()),
            ListEventsResponse::getEventsList,
            ListEventsResponse::getNextPageToken);
    return print(events, () -> text(events));
  }

  private static String text(List<Event> events) {
    if (events.isEmpty()) {
      return "No events yet. An organizer makes them: usher event create --help";
    }
    var table = Table.of("EVENT", "NAME", "WHERE", "WHEN", "FREE", "SEATS", "STATE");
    for (Event event : events) {
      table.row(
          Names.id(event.getName()),
          event.getDisplayName(),
          where(event),
          Times.text(event.getStartTime()),
          event.getFreeSeatCount(),
          event.getSeatCount(),
          Words.of(event.getState()));
    }
    return table.render();
  }

  private static String where(Event event) {
    String venue =
        event.getVenueDisplayName().isEmpty()
            ? Names.id(event.getVenue())
            : event.getVenueDisplayName();
    return event.getCity().isEmpty() ? venue : venue + ", " + event.getCity();
  }
}
