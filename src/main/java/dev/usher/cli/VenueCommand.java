package dev.usher.cli;

import com.google.protobuf.ByteString;
import dev.usher.api.catalog.v1.CreateVenueRequest;
import dev.usher.api.catalog.v1.Venue;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.term.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code usher venue import}. */
@Command(
    name = "import",
    header = "Import a seating plan in the pretix format (JSON).",
    description = {
      "",
      "Every seat gets a unique, readable, stable name; what had to be repaired is listed. A plan"
          + " that can't be repaired is refused whole, with every fault and its place in the file.",
    },
    footer = {
      "",
      "Needs the role ORGANIZER; the operator of a local cluster has it.",
      "",
      "Example:",
      "  usher venue import conf/venues/playhouse.json --city Delft"
    })
final class VenueCommand extends ApiCommand {
  private static final long PLAN_BYTES_MAX = 4L * 1024 * 1024;

  @Parameters(paramLabel = "FILE", description = "The plan, at most 4 MiB.")
  Path file = Path.of("");

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "The venue's id: a-z, 0-9 and - (default: made from the file's name).",
      order = 1)
  Optional<String> id = Optional.empty();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What people call it (default: the plan's own name).",
      order = 2)
  Optional<String> name = Optional.empty();

  @Option(names = "--city", paramLabel = "CITY", description = "Where it is.", order = 3)
  Optional<String> city = Optional.empty();

  VenueCommand(Cli cli) {
    super(cli);
  }

  @Override
  int run(UsherClient client) {
    var venue = Venue.newBuilder();
    name.ifPresent(venue::setDisplayName);
    city.ifPresent(venue::setCity);
    Venue made =
        client.call(
            Api.CREATE_VENUE,
            CreateVenueRequest.newBuilder()
                .setVenueId(id.orElseGet(() -> idOf(file)))
                .setVenue(venue)
                .setSeatingPlan(ByteString.copyFrom(read(file)))
                .setRequestId(newRequestId())
                .build());
    return print(made, () -> text(made));
  }

  private static byte[] read(Path file) {
    try {
      if (Files.size(file) > PLAN_BYTES_MAX) {
        throw new CliException(ExitCode.USAGE, file + " is larger than 4 MiB");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new CliException(ExitCode.USAGE, "the plan " + file + " can't be read");
    }
  }

  /** {@code The Playhouse.json} gives {@code the-playhouse}. */
  static String idOf(Path file) {
    String id =
        String.valueOf(file.getFileName())
            .replaceFirst("\\.[^.]*$", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^[^a-z]+|-+$", "");
    if (id.isEmpty()) {
      throw new CliException(
          ExitCode.USAGE, "no id can be made from the file's name; give one with --id");
    }
    return id;
  }

  private static String text(Venue venue) {
    var text = new StringBuilder();
    text.append(
        "Imported %s: %s, %d seats, categories %s%n"
            .formatted(
                Names.id(venue.getName()),
                venue.getDisplayName(),
                venue.getSeatCount(),
                String.join(", ", venue.getCategoriesList())));
    if (venue.getRepairsCount() > 0) {
      text.append("Repaired:\n");
      venue.getRepairsList().forEach(repair -> text.append("  ").append(repair).append('\n'));
    }
    return text.append("→ usher event create ID --venue ")
        .append(Names.id(venue.getName()))
        .append(" …")
        .toString();
  }
}
