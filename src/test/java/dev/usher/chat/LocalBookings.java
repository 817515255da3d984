package dev.usher.chat;

import dev.usher.booking.Bookings;
import dev.usher.booking.Ids;
import dev.usher.seats.SeatGroups;
import dev.usher.seats.SeatOutcome;
import dev.usher.seats.proto.BookingRecord;
import dev.usher.seats.proto.CancelBooking;
import dev.usher.seats.proto.CommitBooking;
import dev.usher.seats.proto.Detail;
import dev.usher.seats.proto.RecordCapture;
import dev.usher.seats.proto.Refusal;
import dev.usher.seats.proto.SeatCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Booking without money: commits and captures on the seat model as the saga does. The payment
 * method {@code pm_poor} is declined; {@link #next} changes what the next call comes to.
 */
final class LocalBookings implements Bookings {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final SeatGroups seats;
  private final List<String> requestIds = new ArrayList<>();
  private Function<CompletionStage<Result>, CompletionStage<Result>> next = Function.identity();
  private Optional<Result> insteadOfDoing = Optional.empty();

  LocalBookings(SeatGroups seats) {
    this.seats = seats;
  }

  /** The request ids of all calls so far. */
  synchronized List<String> requestIds() {
    return List.copyOf(requestIds);
  }

  /** Waits until so many calls were made. */
  synchronized void awaitRequests(int count) {
    try {
      while (requestIds.size() < count) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** The next call does what it should, but its caller is told something else. */
  synchronized void nextAnswer(Result told) {
    next = done -> done.thenApply(result -> told);
  }

  /** The next call does what it should, but its stage fails. */
  synchronized void nextAnswerLost() {
    next =
        done ->
            done.thenCompose(
                result -> CompletableFuture.failedFuture(new IllegalStateException("no answer")));
  }

  /** The next call does what it should, and answers when the stage is complete. */
  synchronized void nextAnswerAfter(CompletionStage<Void> told) {
    next = done -> done.thenCombine(told, (result, ignored) -> result);
  }

  /** The next call does nothing. */
  synchronized void nextUndone(Result told) {
    insteadOfDoing = Optional.of(told);
  }

  @Override
  public synchronized CompletionStage<Result> book(Order order, Duration timeout) {
    requestIds.add(order.requestId());
    notifyAll();
    return answer(() -> commit(order));
  }

  @Override
  public synchronized CompletionStage<Result> cancel(Cancellation cancellation, Duration timeout) {
    requestIds.add(cancellation.requestId());
    var command =
        CancelBooking.newBuilder()
            .setEventId(cancellation.eventId())
            .setBookingId(cancellation.bookingId())
            .setUserId(cancellation.userId());
    return answer(
        () ->
            propose(
                "cancel/" + cancellation.bookingId(),
                SeatCommand.newBuilder().setCancelBooking(command).build()));
  }

  private CompletionStage<Result> answer(Supplier<CompletionStage<Result>> act) {
    var told = next;
    next = Function.identity();
    var undone = insteadOfDoing;
    insteadOfDoing = Optional.empty();
    return undone.isPresent()
        ? CompletableFuture.completedFuture(undone.get())
        : told.apply(act.get());
  }

  CompletionStage<Result> commit(Order order) {
    if (order.paymentMethodId().equals("pm_poor")) {
      var refusal =
          Refusal.newBuilder()
              .setReason("PAYMENT_DECLINED")
              .addDetails(Detail.newBuilder().setKey("declineCode").setValue("insufficient_funds"));
      return CompletableFuture.completedFuture(new Refused(refusal.build()));
    }
    String bookingId = Ids.bookingId(order.userId(), order.requestId());
    long total = order.expectedTotalMinor().orElseThrow();
    var command =
        CommitBooking.newBuilder()
            .setEventId(order.eventId())
            .setBookingId(bookingId)
            .setUserId(order.userId())
            .addAllSeatIds(order.seatIds())
            .setHoldId(order.holdId())
            .setTotalMinor(total)
            .setCurrency(order.expectedCurrency())
            .setPaymentId(total == 0 ? "" : "pi_" + bookingId);
    return propose(
            "commit/" + bookingId, SeatCommand.newBuilder().setCommitBooking(command).build())
        .thenCompose(result -> capture(result));
  }

  private CompletionStage<Result> capture(Result committed) {
    if (!(committed instanceof Booked booked)
        || booked.booking().getState() != BookingRecord.State.STATE_COMMITTED) {
      return CompletableFuture.completedFuture(committed);
    }
    var booking = booked.booking();
    var command =
        RecordCapture.newBuilder()
            .setEventId(booking.getEventId())
            .setBookingId(booking.getBookingId())
            .setCapturedMinor(booking.getTotalMinor());
    return propose(
        "captured/" + booking.getBookingId(),
        SeatCommand.newBuilder().setRecordCapture(command).build());
  }

  private CompletionStage<Result> propose(String key, SeatCommand command) {
    return seats
        .propose(key, command, TIMEOUT)
        .thenApply(
            outcome ->
                switch (outcome) {
                  case SeatOutcome.Applied applied -> new Booked(applied.done().getBooking());
                  case SeatOutcome.Refused refused -> new Refused(refused.refusal());
                  case SeatOutcome.Rejected rejected ->
                      new Unavailable(rejected.reason().name(), "not proposed");
                  case SeatOutcome.Unknown unknown ->
                      new Unavailable("OUTCOME_UNKNOWN", "perhaps proposed");
                });
  }
}
