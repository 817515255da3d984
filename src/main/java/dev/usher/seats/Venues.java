package dev.usher.seats;

import dev.usher.replica.StateDigest;
import dev.usher.seats.proto.CreateVenue;
import dev.usher.seats.proto.Plan;
import dev.usher.seats.proto.Refusal;
import dev.usher.seats.proto.SeatResult;
import dev.usher.seats.proto.SeatSnapshotPiece;
import dev.usher.seats.proto.VenueState;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The venues of the group, by id. */
final class Venues {
  private record Imported(CreateVenue venue, long revision) {}

  private final TreeMap<String, Imported> venues = new TreeMap<>();

  SeatResult create(long index, CreateVenue venue) {
    var problem = check(venue);
    if (problem.isPresent()) {
      return Answers.refused(problem.get());
    }
    var there = venues.get(venue.getVenueId());
    if (there != null) {
      return there.venue().equals(venue) ? Answers.done() : Answers.refused(exists(venue));
    }
    if (venues.size() >= SeatLimits.VENUES_PER_GROUP) {
      return Answers.refused(Answers.groupFull("venues", SeatLimits.VENUES_PER_GROUP));
    }
    venues.put(venue.getVenueId(), new Imported(venue, index));
    return Answers.done();
  }

  private static Optional<Refusal> check(CreateVenue venue) {
    if (venue.getRepairsCount() > SeatLimits.REPAIRS_PER_VENUE) {
      return Checks.malformed("repairs", "at most " + SeatLimits.REPAIRS_PER_VENUE + " sentences");
    }
    return Checks.ids("venue_id", venue.getVenueId())
        .or(() -> Checks.text("display_name", venue.getDisplayName()))
        .or(() -> Checks.text("city", venue.getCity()))
        .or(
            () ->
                venue.getRepairsList().stream()
                    .flatMap(repair -> Checks.text("repairs", repair).stream())
                    .findFirst())
        .or(() -> Checks.plan(venue.getPlan()));
  }

  private static Refusal exists(CreateVenue venue) {
    var name = Names.venue(venue.getVenueId());
    return Answers.about(
        SeatReason.VENUE_EXISTS,
        name,
        "There is another " + name + " already; import the plan under a new id.");
  }

  Optional<SeatView.Venue> find(String venueId) {
    return Optional.ofNullable(venues.get(venueId)).map(Venues::view);
  }

  List<SeatView.Venue> all() {
    return venues.values().stream().map(Venues::view).toList();
  }

  Optional<Plan> plan(String venueId) {
    return Optional.ofNullable(venues.get(venueId)).map(imported -> imported.venue().getPlan());
  }

  private static SeatView.Venue view(Imported imported) {
    var venue = imported.venue();
    return new SeatView.Venue(
        venue.getVenueId(),
        venue.getDisplayName(),
        venue.getCity(),
        List.copyOf(venue.getPlan().getCategoriesList()),
        venue.getPlan().getSeatsCount(),
        List.copyOf(venue.getRepairsList()),
        imported.revision());
  }

  Stream<SeatSnapshotPiece> snapshot() {
    return List.copyOf(venues.values()).stream()
        .map(
            imported ->
                SeatSnapshotPiece.newBuilder()
                    .setVenue(
                        VenueState.newBuilder()
                            .setVenue(imported.venue())
                            .setRevision(imported.revision()))
                    .build());
  }

  void restore(VenueState state) {
    venues.put(state.getVenue().getVenueId(), new Imported(state.getVenue(), state.getRevision()));
  }

  void clear() {
    venues.clear();
  }

  void digest(StateDigest digest) {
    digest.add(venues.size());
    venues.values().forEach(imported -> digest.add(imported.venue()).add(imported.revision()));
  }
}
