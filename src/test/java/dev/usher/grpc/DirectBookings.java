package dev.usher.grpc;

import dev.usher.booking.Bookings;
import dev.usher.booking.Ids;
import dev.usher.seats.SeatGroups;
import dev.usher.seats.SeatOutcome;
import dev.usher.seats.proto.CancelBooking;
import dev.usher.seats.proto.CommitBooking;
import dev.usher.seats.proto.RecordCapture;
import dev.usher.seats.proto.SeatCommand;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Books without a saga: every card is good and captured at once. The payment method {@code pm_slow}
 * is never heard of again, {@code pm_unknown} has an unknown outcome.
 */
final class DirectBookings implements Bookings {
  private final SeatGroups seats;

  /** How long each call of {@link #book} was given. */
  final List<Duration> timeouts = new CopyOnWriteArrayList<>();

  DirectBookings(SeatGroups seats) {
    this.seats = seats;
  }

  @Override
  public CompletionStage<Result> book(Order order, Duration timeout) {
    timeouts.add(timeout);
    var bookingId = Ids.bookingId(order.userId(), order.requestId());
    return switch (order.paymentMethodId()) {
      case "pm_slow" -> new CompletableFuture<>();
      case "pm_unknown" ->
          CompletableFuture.completedFuture(new PaymentUnknown(order.eventId(), bookingId));
      default -> commit(order, bookingId, timeout);
    };
  }

  private CompletionStage<Result> commit(Order order, String bookingId, Duration timeout) {
    return seats
        .of(order.eventId())
        .read(
            view ->
                order.holdId().isEmpty()
                    ? order.seatIds().stream()
                        .mapToLong(id -> view.seat(order.eventId(), id).orElseThrow().priceMinor())
                        .sum()
                    : view.hold(order.eventId(), order.holdId()).orElseThrow().getTotalMinor(),
            timeout)
        .thenCompose(
            total ->
                propose(
                        "commit/" + bookingId,
                        SeatCommand.newBuilder()
                            .setCommitBooking(
                                CommitBooking.newBuilder()
                                    .setEventId(order.eventId())
                                    .setBookingId(bookingId)
                                    .setUserId(order.userId())
                                    .addAllSeatIds(order.seatIds())
                                    .setHoldId(order.holdId())
                                    .setTotalMinor(total)
                                    .setCurrency("EUR")
                                    .setPaymentId("pi_" + bookingId))
                            .build(),
                        timeout)
                    .thenCompose(
                        result ->
                            result instanceof Booked
                                ? captured(order.eventId(), bookingId, total, timeout)
                                : CompletableFuture.completedFuture(result)));
  }

  private CompletionStage<Result> captured(
      String eventId, String bookingId, long total, Duration timeout) {
    return propose(
        "captured/" + bookingId,
        SeatCommand.newBuilder()
            .setRecordCapture(
                RecordCapture.newBuilder()
                    .setEventId(eventId)
                    .setBookingId(bookingId)
                    .setCapturedMinor(total))
            .build(),
        timeout);
  }

  @Override
  public CompletionStage<Result> cancel(Cancellation cancellation, Duration timeout) {
    return propose(
        "cancel/" + cancellation.bookingId(),
        SeatCommand.newBuilder()
            .setCancelBooking(
                CancelBooking.newBuilder()
                    .setEventId(cancellation.eventId())
                    .setBookingId(cancellation.bookingId())
                    .setUserId(cancellation.userId()))
            .build(),
        timeout);
  }

  private CompletionStage<Result> propose(String key, SeatCommand command, Duration timeout) {
    return seats
        .propose(key, command, timeout)
        .thenApply(
            outcome ->
                switch (outcome) {
                  case SeatOutcome.Applied applied -> new Booked(applied.done().getBooking());
                  case SeatOutcome.Refused refused -> new Refused(refused.refusal());
                  case SeatOutcome.Rejected no -> new Unavailable("NO_LEADER", "No leader.");
                  case SeatOutcome.Unknown unknown ->
                      new Unavailable("OUTCOME_UNKNOWN", "Not known.");
                });
  }
}
