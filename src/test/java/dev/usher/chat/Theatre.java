package dev.usher.chat;

import dev.usher.auth.AuthProtocol.Secret;
import dev.usher.booking.Bookings;
import dev.usher.raft.GroupId;
import dev.usher.replica.LocalReplica;
import dev.usher.seats.SeatGroups;
import dev.usher.seats.SeatModel;
import dev.usher.seats.SeatOutcome;
import dev.usher.seats.SeatView;
import dev.usher.seats.proto.BookingRecord;
import dev.usher.seats.proto.CategoryPrice;
import dev.usher.seats.proto.CreateEvent;
import dev.usher.seats.proto.Plan;
import dev.usher.seats.proto.PlanSeat;
import dev.usher.seats.proto.PublishEvent;
import dev.usher.seats.proto.SeatCommand;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * A small theatre on a real seat model: Hamlet on Friday 9 and Saturday 10 January 2026, a jazz
 * evening that costs nothing, The Tempest. Each has row A and B of six in the stalls (£45) and row
 * C of four in the circle (£25); at most six tickets at a time. Today is Thursday 1 January.
 */
final class Theatre {
  static final Duration TIMEOUT = Duration.ofSeconds(5);

  private static final int LIMIT = 6;
  private static final ZoneId LONDON = ZoneId.of("Europe/London");
  private static final Tongues TONGUES = Tongues.shipped(LONDON);

  final LocalReplica<SeatView> replica =
      new LocalReplica<>(new GroupId("seats-0"), new SeatModel());
  final SeatGroups seats = new SeatGroups(List.of(replica));
  final LocalBookings bookings = new LocalBookings(seats);
  final Town town;
  final ChatDependencies deps;

  Theatre() {
    this(new Town());
  }

  Theatre(Town town) {
    this.town = town;
    this.deps =
        ChatDependencies.of(
            TONGUES,
            LONDON,
            () -> Instant.ofEpochMilli(replica.time()),
            new LiveReads(seats, town.directory),
            new LiveHolds(seats),
            bookings);
    open("hamlet-fri", "Hamlet", "Royal Theatre", "London", "2026-01-09T19:30:00Z", 4500, 2500);
    open("hamlet-sat", "Hamlet", "Royal Theatre", "London", "2026-01-10T19:30:00Z", 4500, 2500);
    open("jazz", "An Evening of Jazz", "Corn Hall", "Leeds", "2026-01-16T20:00:00Z", 0, 0);
    open("tempest", "The Tempest", "Corn Hall", "Leeds", "2026-02-01T19:30:00Z", 4500, 2500);
  }

  private void open(
      String id, String name, String venue, String city, String start, long stalls, long circle) {
    var event =
        CreateEvent.newBuilder()
            .setEventId(id)
            .setDisplayName(name)
            .setVenueId("venue")
            .setVenueDisplayName(venue)
            .setCity(city)
            .setStartTimeMillis(Instant.parse(start).toEpochMilli())
            .setCurrency("GBP")
            .setSeatLimitPerBooking(LIMIT)
            .setPlan(plan())
            .addPrices(price("Premium", stalls))
            .addPrices(price("Standard", circle))
            .build();
    propose(SeatCommand.newBuilder().setCreateEvent(event).build());
    var publish = PublishEvent.newBuilder().setEventId(id);
    propose(SeatCommand.newBuilder().setPublishEvent(publish).build());
  }

  private static CategoryPrice price(String category, long minor) {
    return CategoryPrice.newBuilder().setCategory(category).setPriceMinor(minor).build();
  }

  private static Plan plan() {
    var plan = Plan.newBuilder().addCategories("Premium").addCategories("Standard");
    addRow(plan, "Stalls", "A", 6, "Premium", 0);
    addRow(plan, "Stalls", "B", 6, "Premium", 10);
    addRow(plan, "Circle", "C", 4, "Standard", 30);
    return plan.build();
  }

  private static void addRow(
      Plan.Builder plan, String section, String row, int count, String category, double y) {
    IntStream.rangeClosed(1, count)
        .forEach(
            n ->
                plan.addSeats(
                    PlanSeat.newBuilder()
                        .setSeatId(row + "-" + n)
                        .setSection(section)
                        .setRow(row)
                        .setNumber(Integer.toString(n))
                        .setCategory(category)
                        .setX(n * 10.0 + (6 - count) * 5.0)
                        .setY(y)));
  }

  private void propose(SeatCommand command) {
    var outcome = seats.propose("", command, TIMEOUT).toCompletableFuture().join();
    if (!(outcome instanceof SeatOutcome.Applied)) {
      throw new AssertionError("the theatre did not open: " + outcome);
    }
  }

  /** Time goes on for the seats and for the journal. */
  void wait(Duration time) {
    replica.advanceTime(time);
    town.replica.setTime(replica.time());
  }

  /** Somebody else is quicker. */
  void otherBuys(String eventId, List<String> seatIds) {
    for (int from = 0; from < seatIds.size(); from += LIMIT) {
      otherBuysAtOnce(eventId, seatIds.subList(from, Math.min(from + LIMIT, seatIds.size())));
    }
  }

  private void otherBuysAtOnce(String eventId, List<String> seatIds) {
    long total =
        replica
            .readStale(view -> seatIds.stream().mapToLong(id -> priceOf(view, eventId, id)).sum())
            .toCompletableFuture()
            .join();
    var order =
        new Bookings.Order(
            new Secret("other-token"),
            "other",
            "other-" + eventId + seatIds,
            eventId,
            seatIds,
            "",
            "pm_other",
            OptionalLong.of(total),
            "GBP");
    var result = bookings.commit(order).toCompletableFuture().join();
    if (!(result instanceof Bookings.Booked)) {
      throw new AssertionError("the other buyer got nothing: " + result);
    }
  }

  /** The user of a ticket comes to the door. */
  void comesIn(String eventId, String seatId) {
    var redeem = SeatCommand.newBuilder();
    redeem
        .getRedeemTicketBuilder()
        .setEventId(eventId)
        .setBookingId(bookingWith(eventId, seatId))
        .setSeatId(seatId)
        .setRedemptionId("gate");
    propose(redeem.build());
  }

  private String bookingWith(String eventId, String seatId) {
    return replica
        .readStale(
            view ->
                view.bookingsAfter("", "", 100).stream()
                    .filter(booking -> booking.getEventId().equals(eventId))
                    .filter(booking -> booking.getState() == BookingRecord.State.STATE_CONFIRMED)
                    .filter(booking -> booking.getSeatIdsList().contains(seatId))
                    .map(BookingRecord::getBookingId)
                    .findFirst()
                    .orElseThrow())
        .toCompletableFuture()
        .join();
  }

  private static long priceOf(SeatView view, String eventId, String seatId) {
    return view.seat(eventId, seatId).orElseThrow().priceMinor();
  }

  int freeSeats(String eventId) {
    return replica
        .readStale(view -> view.event(eventId).orElseThrow().freeSeatCount())
        .toCompletableFuture()
        .join();
  }

  /** The user's bookings that count, as {@code event:seat,seat}. */
  List<String> bookingsOf(String userId) {
    return replica
        .readStale(
            view ->
                view.bookingsOf(userId).stream()
                    .filter(booking -> booking.getState() == BookingRecord.State.STATE_CONFIRMED)
                    .map(b -> b.getEventId() + ":" + String.join(",", b.getSeatIdsList()))
                    .sorted()
                    .toList())
        .toCompletableFuture()
        .join();
  }
}
