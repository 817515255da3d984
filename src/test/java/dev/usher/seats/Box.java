package dev.usher.seats;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.usher.raft.Bytes;
import dev.usher.seats.proto.BestSeats;
import dev.usher.seats.proto.BookingRecord;
import dev.usher.seats.proto.CategoryPrice;
import dev.usher.seats.proto.CommitBooking;
import dev.usher.seats.proto.CreateEvent;
import dev.usher.seats.proto.CreateHold;
import dev.usher.seats.proto.Detail;
import dev.usher.seats.proto.Done;
import dev.usher.seats.proto.Plan;
import dev.usher.seats.proto.PlanSeat;
import dev.usher.seats.proto.PublishEvent;
import dev.usher.seats.proto.Refusal;
import dev.usher.seats.proto.SeatCommand;
import dev.usher.seats.proto.SeatResult;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A seat model with a log in front of it, as short to use as a sentence. {@link #withEvent} has
 * event "show" on sale: seats a-1 to a-5 at 2500 and b-1 to b-5 at 1000 minor units of EUR.
 */
final class Box {
  static final String EVENT = "show";
  static final String EUR = "EUR";
  static final long A = 2500;
  static final long B = 1000;
  static final long START_MS = 1_767_225_600_000L;

  final SeatModel model = new SeatModel();
  private long index;
  private long timeMs = START_MS;

  static Box withEvent() {
    return withEvent(event(EVENT));
  }

  static Box withEvent(SeatCommand.Builder event) {
    var box = new Box();
    box.done(event);
    box.done(publish(EVENT));
    return box;
  }

  /** A model that was restored from these pieces and goes on where this one is now. */
  Box twin(Iterator<Bytes> pieces) {
    var twin = new Box();
    twin.model.restore(pieces);
    twin.index = index;
    twin.timeMs = timeMs;
    return twin;
  }

  SeatView view() {
    return model.view();
  }

  long index() {
    return index;
  }

  long timeMs() {
    return timeMs;
  }

  /** Log time moves on with an entry of its own. */
  void pass(Duration time) {
    timeMs += time.toMillis();
    model.advance(++index, timeMs);
    model.complete(index);
  }

  /** The next entry comes so much later. */
  Box after(Duration time) {
    timeMs += time.toMillis();
    return this;
  }

  SeatResult raw(Bytes bytes) {
    model.advance(++index, timeMs);
    var answer = model.apply(index, timeMs, bytes);
    model.complete(index);
    try {
      return SeatResult.parseFrom(answer.unsafeArray());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("an answer is always readable", e);
    }
  }

  SeatResult propose(SeatCommand.Builder command) {
    return raw(Bytes.wrap(command.build().toByteArray()));
  }

  Done done(SeatCommand.Builder command) {
    var result = propose(command);
    assertThat(result.hasDone()).as("%s", result).isTrue();
    return result.getDone();
  }

  Refusal refused(SeatReason reason, SeatCommand.Builder command) {
    var result = propose(command);
    assertThat(result.getRefusal().getReason()).as("%s", result).isEqualTo(reason.name());
    assertThat(result.getRefusal().getMessage()).isNotBlank();
    return result.getRefusal();
  }

  static Map<String, String> details(Refusal refusal) {
    var details = new TreeMap<String, String>();
    for (Detail detail : refusal.getDetailsList()) {
      details.put(detail.getKey(), detail.getValue());
    }
    return details;
  }

  /** A booking of seats, committed, its capture still owed. */
  BookingRecord committed(String bookingId, String userId, String... seatIds) {
    return done(commit(bookingId, userId, total(seatIds), seatIds)).getBooking();
  }

  BookingRecord confirmed(String bookingId, String userId, String... seatIds) {
    committed(bookingId, userId, seatIds);
    return done(captured(bookingId, total(seatIds))).getBooking();
  }

  BookingRecord booking(String bookingId) {
    return view().booking(EVENT, bookingId).orElseThrow();
  }

  SeatView.SeatState state(String seatId) {
    return view().seat(EVENT, seatId).orElseThrow().state();
  }

  int free() {
    return view().event(EVENT).orElseThrow().freeSeatCount();
  }

  static long total(String... seatIds) {
    return List.of(seatIds).stream().mapToLong(id -> id.startsWith("a") ? A : B).sum();
  }

  static Plan plan() {
    var plan = Plan.newBuilder().addCategories("Stalls").addCategories("Balcony");
    IntStream.rangeClosed(1, 5).forEach(n -> plan.addSeats(seat("a", n, "Stalls")));
    IntStream.rangeClosed(1, 5).forEach(n -> plan.addSeats(seat("b", n, "Balcony")));
    return plan.build();
  }

  private static PlanSeat seat(String row, int number, String category) {
    return PlanSeat.newBuilder()
        .setSeatId(row + "-" + number)
        .setSection("Hall")
        .setRow(row)
        .setNumber(Integer.toString(number))
        .setCategory(category)
        .setX(number)
        .build();
  }

  static CreateEvent.Builder eventOf(String eventId) {
    return CreateEvent.newBuilder()
        .setEventId(eventId)
        .setDisplayName("The Show")
        .setVenueId("hall")
        .setVenueDisplayName("The Hall")
        .setCity("Delft")
        .setStartTimeMillis(START_MS + Duration.ofDays(30).toMillis())
        .setCurrency(EUR)
        .addPrices(CategoryPrice.newBuilder().setCategory("Stalls").setPriceMinor(A))
        .addPrices(CategoryPrice.newBuilder().setCategory("Balcony").setPriceMinor(B))
        .setPlan(plan());
  }

  static SeatCommand.Builder event(String eventId) {
    return SeatCommand.newBuilder().setCreateEvent(eventOf(eventId));
  }

  static SeatCommand.Builder publish(String eventId) {
    return SeatCommand.newBuilder().setPublishEvent(PublishEvent.newBuilder().setEventId(eventId));
  }

  static SeatCommand.Builder hold(String holdId, String userId, String... seatIds) {
    return hold(holdId, userId, Duration.ZERO, seatIds);
  }

  static SeatCommand.Builder hold(String holdId, String userId, Duration ttl, String... seatIds) {
    return SeatCommand.newBuilder()
        .setCreateHold(
            CreateHold.newBuilder()
                .setEventId(EVENT)
                .setHoldId(holdId)
                .setUserId(userId)
                .addAllSeatIds(List.of(seatIds))
                .setTtlMillis(ttl.toMillis()));
  }

  static SeatCommand.Builder best(String holdId, String userId, BestSeats.Builder wish) {
    return SeatCommand.newBuilder()
        .setCreateHold(
            CreateHold.newBuilder()
                .setEventId(EVENT)
                .setHoldId(holdId)
                .setUserId(userId)
                .setBest(wish));
  }

  static SeatCommand.Builder deleteHold(String holdId, String userId) {
    var command = SeatCommand.newBuilder();
    command.getDeleteHoldBuilder().setEventId(EVENT).setHoldId(holdId).setUserId(userId);
    return command;
  }

  /** With payment "pay-" + booking id, unless the total is 0. */
  static SeatCommand.Builder commit(
      String bookingId, String userId, long totalMinor, String... seatIds) {
    return commitOf(
        bookingId, userId, totalMinor, booking -> booking.addAllSeatIds(List.of(seatIds)));
  }

  static SeatCommand.Builder commitHold(
      String bookingId, String userId, long totalMinor, String holdId) {
    return commitOf(bookingId, userId, totalMinor, booking -> booking.setHoldId(holdId));
  }

  static SeatCommand.Builder commitOf(
      String bookingId, String userId, long totalMinor, Consumer<CommitBooking.Builder> rest) {
    var booking =
        CommitBooking.newBuilder()
            .setEventId(EVENT)
            .setBookingId(bookingId)
            .setUserId(userId)
            .setTotalMinor(totalMinor)
            .setCurrency(EUR)
            .setPaymentId(totalMinor == 0 ? "" : "pay-" + bookingId);
    rest.accept(booking);
    return SeatCommand.newBuilder().setCommitBooking(booking);
  }

  static SeatCommand.Builder captured(String bookingId, long capturedMinor) {
    var command = SeatCommand.newBuilder();
    command
        .getRecordCaptureBuilder()
        .setEventId(EVENT)
        .setBookingId(bookingId)
        .setCapturedMinor(capturedMinor);
    return command;
  }

  static SeatCommand.Builder voided(String bookingId) {
    return voided(bookingId, "pay-" + bookingId);
  }

  static SeatCommand.Builder voided(String bookingId, String paymentId) {
    var command = SeatCommand.newBuilder();
    command
        .getRecordVoidBuilder()
        .setEventId(EVENT)
        .setBookingId(bookingId)
        .setPaymentId(paymentId);
    return command;
  }

  static SeatCommand.Builder cancel(String bookingId, String userId) {
    var command = SeatCommand.newBuilder();
    command.getCancelBookingBuilder().setEventId(EVENT).setBookingId(bookingId).setUserId(userId);
    return command;
  }

  static SeatCommand.Builder redeem(String bookingId, String seatId, String redemptionId) {
    var command = SeatCommand.newBuilder();
    command
        .getRedeemTicketBuilder()
        .setEventId(EVENT)
        .setBookingId(bookingId)
        .setSeatId(seatId)
        .setRedemptionId(redemptionId);
    return command;
  }

  static SeatCommand.Builder refunded(String bookingId, long refundedMinor) {
    var command = SeatCommand.newBuilder();
    command
        .getRecordRefundBuilder()
        .setEventId(EVENT)
        .setBookingId(bookingId)
        .setRefundedMinor(refundedMinor);
    return command;
  }

  static SeatCommand.Builder fence(String bookingId) {
    var command = SeatCommand.newBuilder();
    command.getFenceBuilder().setEventId(EVENT).setBookingId(bookingId);
    return command;
  }

  static SeatCommand.Builder release(String bookingId) {
    var command = SeatCommand.newBuilder();
    command.getReleaseUnpaidBuilder().setEventId(EVENT).setBookingId(bookingId);
    return command;
  }
}
