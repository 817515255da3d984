package dev.usher.grpc;

import dev.usher.api.catalog.v1.CreateVenueRequest;
import dev.usher.seats.proto.SeatCommand;

/** A CreateVenue request, its plan read. */
final class VenueImport {
  private VenueImport() {}

  static SeatCommand command(CreateVenueRequest in, Violations violations) {
    return SeatCommand.getDefaultInstance();
  }
}
