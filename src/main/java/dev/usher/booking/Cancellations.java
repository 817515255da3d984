package dev.usher.booking;

import dev.usher.auth.AuthProtocol;
import dev.usher.auth.AuthProtocol.Authenticated;
import dev.usher.booking.Bookings.Booked;
import dev.usher.booking.Bookings.Cancellation;
import dev.usher.booking.Bookings.Refused;
import dev.usher.booking.Bookings.Result;
import dev.usher.booking.Bookings.Unavailable;
import dev.usher.seats.SeatGroups;
import dev.usher.seats.SeatOutcome;
import dev.usher.seats.proto.BookingRecord;
import dev.usher.seats.proto.CancelBooking;
import dev.usher.seats.proto.SeatCommand;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Cancels: session, then one entry that frees the seats and records what is owed, then the money.
 * No saga is needed: once the entry is in the log, whoever comes pays the debt. Safe for any
 * thread.
 */
final class Cancellations {
  private final SessionCheck sessions;
  private final SeatGroups seats;
  private final DebtPayer debts;

  Cancellations(SessionCheck sessions, SeatGroups seats, DebtPayer debts) {
    this.sessions = sessions;
    this.seats = seats;
    this.debts = debts;
  }

  CompletionStage<Result> cancel(Cancellation cancellation, Duration timeout) {
    return sessions
        .authenticate(cancellation.token(), timeout)
        .thenCompose(
            reply ->
                switch (reply) {
                  case AuthProtocol.Refused refused -> done(SessionAnswers.of(refused));
                  case Authenticated(var principal) ->
                      principal.userId().equals(cancellation.userId())
                          ? propose(cancellation, timeout)
                          : done(new Refused(Refusals.foreignSession()));
                });
  }

  private CompletionStage<Result> propose(Cancellation cancellation, Duration timeout) {
    var command =
        SeatCommand.newBuilder()
            .setCancelBooking(
                CancelBooking.newBuilder()
                    .setEventId(cancellation.eventId())
                    .setBookingId(cancellation.bookingId())
                    .setUserId(cancellation.userId()))
            .build();
    return seats
        .propose(
            "cancel/"
                + cancellation.userId()
                + '/'
                + cancellation.bookingId()
                + '/'
                + cancellation.requestId(),
            command,
            timeout)
        .exceptionally(failure -> new SeatOutcome.Unknown())
        .thenCompose(
            outcome ->
                switch (outcome) {
                  case SeatOutcome.Applied applied -> settle(applied.done().getBooking());
                  case SeatOutcome.Refused refused -> done(new Refused(refused.refusal()));
                  case SeatOutcome.Rejected rejected ->
                      done(new Unavailable(rejected.reason().name(), "Try again."));
                  case SeatOutcome.Unknown unknown ->
                      done(
                          new Unavailable(
                              "OUTCOME_UNKNOWN", "Perhaps cancelled; ask again to make sure."));
                });
  }

  /** The caller needn't wait for money that does not move now: the debt is in the log. */
  private CompletionStage<Result> settle(BookingRecord cancelled) {
    if (!cancelled.getVoidOwed() && !cancelled.getRefundOwed()) {
      return done(new Booked(cancelled));
    }
    return debts
        .pay(cancelled)
        .thenApply(
            result ->
                switch (result) {
                  case DebtPayer.Paid(var paid) -> new Booked(paid);
                  case DebtPayer.StillOwed owed -> new Booked(cancelled);
                });
  }

  private static CompletionStage<Result> done(Result result) {
    return CompletableFuture.completedFuture(result);
  }
}
