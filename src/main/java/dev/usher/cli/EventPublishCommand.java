package dev.usher.cli;

import dev.usher.api.catalog.v1.Event;
import dev.usher.api.catalog.v1.PublishEventRequest;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.term.Names;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "publish",
    header = "Put a draft event on sale.",
    description = {"", "Publishing twice is fine."})
final class EventPublishCommand extends ApiCommand {
  @Parameters(paramLabel = "EVENT", description = "The event.")
  String event = "";

  EventPublishCommand(Cli cli) {
    super(cli);
  }

  @Override
  int run(UsherClient client) {
    Event published =
        client.call(
            Api.PUBLISH_EVENT,
            PublishEventRequest.newBuilder()
                .setName(Names.of("events", event))
                .setRequestId(newRequestId())
                .build());
    String id = Names.id(published.getName());
    return print(
        published,
        () ->
            "On sale: " + id + " with " + published.getSeatCount() + " seats\n→ usher seats " + id);
  }
}
