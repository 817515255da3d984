package dev.usher.grpc;

import dev.usher.api.catalog.v1.CreateVenueRequest;
import dev.usher.seats.PretixPlan;
import dev.usher.seats.proto.CreateVenue;
import dev.usher.seats.proto.SeatCommand;

/** A CreateVenue request with its seating plan read: all of it, or every fault by its path. */
final class VenueImport {
  private static final int LONGEST_NAME = 200;

  private VenueImport() {}

  static SeatCommand command(CreateVenueRequest in, Violations violations) {
    var id = ResourceNames.chosenId(in.getVenueId(), "venue_id", violations);
    var name = in.getVenue().getDisplayName();
    violations.limited("venue.display_name", name, LONGEST_NAME);
    var city = violations.limited("venue.city", in.getVenue().getCity(), LONGEST_NAME);
    var venue = CreateVenue.newBuilder().setVenueId(id).setDisplayName(name).setCity(city);
    if (in.getSeatingPlan().isEmpty()) {
      violations.add("seating_plan", "is required");
    } else {
      read(in.getSeatingPlan().toByteArray(), venue, violations);
    }
    return SeatCommand.newBuilder().setCreateVenue(venue).build();
  }

  private static void read(byte[] file, CreateVenue.Builder venue, Violations violations) {
    switch (PretixPlan.read(file)) {
      case PretixPlan.Imported imported -> {
        venue.setPlan(imported.plan()).addAllRepairs(imported.repairs());
        if (venue.getDisplayName().isEmpty()) {
          venue.setDisplayName(
              violations.limited("seating_plan.name", imported.name(), LONGEST_NAME));
        }
      }
      case PretixPlan.Faulty faulty ->
          faulty.faults().forEach(fault -> violations.add(path(fault), fault.problem()));
    }
  }

  private static String path(PretixPlan.Fault fault) {
    return fault.path().isEmpty() ? "seating_plan" : "seating_plan." + fault.path();
  }
}
