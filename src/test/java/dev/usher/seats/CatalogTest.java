package dev.usher.seats;

import static dev.usher.seats.Box.EVENT;
import static dev.usher.seats.Box.details;
import static dev.usher.seats.Box.event;
import static dev.usher.seats.Box.eventOf;
import static dev.usher.seats.Box.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.UnknownFieldSet;
import dev.usher.raft.Bytes;
import dev.usher.replica.Newer;
import dev.usher.seats.proto.BestSeats;
import dev.usher.seats.proto.CreateEvent;
import dev.usher.seats.proto.CreateVenue;
import dev.usher.seats.proto.Plan;
import dev.usher.seats.proto.PlanSeat;
import dev.usher.seats.proto.SeatCommand;
import dev.usher.seats.proto.SeatSnapshotPiece;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogTest {
  private static final UnknownFieldSet NEWER =
      UnknownFieldSet.newBuilder()
          .addField(1000, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
          .build();

  private final Box box = new Box();

  @Test
  void aVenueIsKeptWithItsPlanAndRepairs() {
    box.done(venue(v -> v.addRepairs("Two rows were called A.")));

    var venue = box.view().venue("hall").orElseThrow();
    assertThat(venue.seatCount()).isEqualTo(10);
    assertThat(venue.categories()).containsExactly("Stalls", "Balcony");
    assertThat(venue.repairs()).containsExactly("Two rows were called A.");
    assertThat(venue.revision()).isEqualTo(1);
    assertThat(box.view().plan("hall")).contains(Box.plan());
  }

  @Test
  void theSameVenueAgainIsFineAndAnotherUnderItsIdIsRefused() {
    box.done(venue(v -> {}));

    box.done(venue(v -> {}));
    var refusal = box.refused(SeatReason.VENUE_EXISTS, venue(v -> v.setCity("Gouda")));
    assertThat(details(refusal)).containsEntry("name", "venues/hall");
  }

  @Test
  void venuesAndEventsAreListedById() {
    box.done(venue(v -> v.setVenueId("z")));
    box.done(venue(v -> v.setVenueId("a")));
    box.done(event("y"));
    box.done(event("b"));

    assertThat(box.view().venues()).extracting(SeatView.Venue::venueId).containsExactly("a", "z");
    assertThat(box.view().events()).extracting(SeatView.Event::eventId).containsExactly("b", "y");
  }

  @Test
  void anEventIsADraftWithAllSeatsFreeUntilItIsPublished() {
    box.done(event(EVENT));

    var draft = box.view().event(EVENT).orElseThrow();
    assertThat(draft.published()).isFalse();
    assertThat(draft.seatCount()).isEqualTo(10);
    assertThat(draft.freeSeatCount()).isEqualTo(10);
    assertThat(draft.seatLimitPerBooking()).isEqualTo(10);
    assertThat(draft.prices())
        .containsExactly(new SeatView.Price("Stalls", 2500), new SeatView.Price("Balcony", 1000));
    box.done(publish(EVENT));
    assertThat(box.view().event(EVENT).orElseThrow().published()).isTrue();
  }

  @Test
  void publishingTwiceIsPublishingOnce() {
    box.done(event(EVENT));
    box.done(publish(EVENT));
    long revision = box.view().event(EVENT).orElseThrow().revision();

    box.done(publish(EVENT));

    assertThat(box.view().event(EVENT).orElseThrow().revision()).isEqualTo(revision);
  }

  @Test
  void anUnknownEventCannotBePublished() {
    var refusal = box.refused(SeatReason.RESOURCE_NOT_FOUND, publish("nowhere"));

    assertThat(details(refusal)).containsEntry("name", "events/nowhere");
  }

  @Test
  void theSameEventAgainIsFineAndAnotherUnderItsIdIsRefused() {
    box.done(event(EVENT));
    box.done(publish(EVENT));

    box.done(event(EVENT));
    box.refused(
        SeatReason.EVENT_EXISTS,
        SeatCommand.newBuilder().setCreateEvent(eventOf(EVENT).setDisplayName("Another")));
    assertThat(box.view().event(EVENT).orElseThrow().published()).isTrue();
  }

  @Test
  void seatsAreInPlanOrderWithTheirPrices() {
    box.done(event(EVENT));

    assertThat(box.view().seats(EVENT)).hasSize(10);
    assertThat(box.view().seats(EVENT).getFirst())
        .isEqualTo(
            new SeatView.Seat(
                "a-1", SeatView.SeatState.FREE, "Hall", "a", "1", "Stalls", 2500, 1, 0));
    assertThat(box.view().seats("nowhere")).isEmpty();
    assertThat(box.view().seat(EVENT, "z-1")).isEmpty();
  }

  @Test
  void everyCategoryNeedsExactlyOnePrice() {
    malformed("prices", e -> e.removePrices(1));
    malformed("prices", e -> e.addPrices(e.getPrices(0)));
    malformed("prices", e -> e.getPricesBuilder(0).setCategory("Loge"));
    malformed("prices", e -> e.getPricesBuilder(0).setPriceMinor(-1));
    malformed("prices", e -> e.getPricesBuilder(0).setPriceMinor(SeatLimits.PRICE_MINOR + 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "eur", "EURO", "E1R"})
  void aCurrencyIsThreeCapitals(String currency) {
    malformed("currency", e -> e.setCurrency(currency));
  }

  @Test
  void textsAndIdsAndLimitsAreBounded() {
    malformed("event_id", e -> e.setEventId(""));
    malformed("event_id", e -> e.setEventId("x".repeat(SeatLimits.ID_LENGTH + 1)));
    malformed("display_name", e -> e.setDisplayName("x".repeat(SeatLimits.TEXT_LENGTH + 1)));
    malformed("city", e -> e.setCity("x".repeat(SeatLimits.TEXT_LENGTH + 1)));
    malformed("seat_limit_per_booking", e -> e.setSeatLimitPerBooking(-1));
    malformed("seat_limit_per_booking", e -> e.setSeatLimitPerBooking(101));
  }

  @Test
  void aPlanHasSeatsOfDeclaredCategoriesAndNoneTwice() {
    malformedPlan("plan.seats", Plan.Builder::clearSeats);
    malformedPlan("plan.seats.seat_id", p -> p.addSeats(p.getSeats(0)));
    malformedPlan("plan.seats.seat_id", p -> p.getSeatsBuilder(0).setSeatId(""));
    malformedPlan("plan.seats.category", p -> p.getSeatsBuilder(0).setCategory("Loge"));
    malformedPlan("plan.seats.row", p -> p.getSeatsBuilder(0).setRow("r".repeat(61)));
    malformedPlan("plan.seats.x", p -> p.getSeatsBuilder(0).setX(Double.NaN));
    malformedPlan("plan.categories", p -> p.addCategories("Stalls"));
  }

  @Test
  void aPlanHasTwentyThousandSeatsAtMost() {
    var plan = Plan.newBuilder().addCategories("Stalls").addCategories("Balcony");
    for (int i = 0; i < SeatLimits.SEATS_PER_PLAN; i++) {
      plan.addSeats(PlanSeat.newBuilder().setSeatId("s-" + i).setCategory("Stalls"));
    }
    box.done(SeatCommand.newBuilder().setCreateEvent(eventOf("arena").setPlan(plan)));
    assertThat(box.view().event("arena").orElseThrow().freeSeatCount()).isEqualTo(20_000);

    malformedPlan("plan.seats", p -> p.addAllSeats(plan.getSeatsList()));
  }

  @Test
  void bytesThatAreNoCommandAreRefusedAndChangeNothing() {
    var garbage = Bytes.wrap("no command at all".getBytes(StandardCharsets.UTF_8));

    assertThat(box.raw(garbage).getRefusal().getReason()).isEqualTo("MALFORMED_COMMAND");
    assertThat(box.raw(Bytes.EMPTY).getRefusal().getReason()).isEqualTo("MALFORMED_COMMAND");
    assertThat(box.view().revision()).isEqualTo(2);
  }

  @Test
  void aCommandOfANewerVersionStopsTheNodeInsteadOfBeingRefused() {
    var known = Box.best("h1", "ann", BestSeats.newBuilder().setCount(2));
    var unknownKind = SeatCommand.newBuilder().setUnknownFields(NEWER);
    var unknownField = known.clone();
    unknownField.getCreateHoldBuilder().getBestBuilder().setUnknownFields(NEWER);

    for (var command : List.of(unknownKind, unknownField)) {
      assertThatThrownBy(() -> box.propose(command))
          .isInstanceOf(Newer.NewerVersionException.class)
          .hasMessageContaining("a seat command")
          .hasMessageContaining("Upgrade this node");
    }
  }

  @Test
  void aSnapshotOfANewerVersionIsNotTakenForTheWholeState() {
    var piece = SeatSnapshotPiece.newBuilder();
    piece.getBookingBuilder().getBookingBuilder().setBookingId("b1").setUnknownFields(NEWER);
    var pieces = List.of(Bytes.wrap(piece.build().toByteArray())).iterator();

    assertThatThrownBy(() -> new SeatModel().restore(pieces))
        .isInstanceOf(Newer.NewerVersionException.class)
        .hasMessageContaining("a snapshot of seats");
  }

  private void malformed(String field, Consumer<CreateEvent.Builder> fault) {
    var event = eventOf(EVENT);
    fault.accept(event);
    var refusal =
        box.refused(SeatReason.MALFORMED_COMMAND, SeatCommand.newBuilder().setCreateEvent(event));
    assertThat(details(refusal)).containsEntry("field", field);
    assertThat(box.view().event(EVENT)).isEmpty();
  }

  private void malformedPlan(String field, Consumer<Plan.Builder> fault) {
    malformed(field, e -> fault.accept(e.getPlanBuilder()));
  }

  private static SeatCommand.Builder venue(Consumer<CreateVenue.Builder> rest) {
    var venue =
        CreateVenue.newBuilder()
            .setVenueId("hall")
            .setDisplayName("The Hall")
            .setCity("Delft")
            .setPlan(Box.plan());
    rest.accept(venue);
    return SeatCommand.newBuilder().setCreateVenue(venue);
  }
}
