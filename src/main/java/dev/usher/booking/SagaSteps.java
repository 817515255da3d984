package dev.usher.booking;

import dev.usher.booking.QuickCheck.Verdict;
import dev.usher.booking.Wanted.Price;
import dev.usher.directory.Directory;
import dev.usher.directory.DirectoryView;
import dev.usher.payment.PaymentProvider.Authorization;
import dev.usher.seats.SeatGroups;
import dev.usher.seats.SeatOutcome;
import dev.usher.seats.SeatView;
import dev.usher.seats.proto.SeatCommand;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Does the steps of a saga that reach out of the room. Every one of them may be repeated: the keys
 * are derived from the booking. Safe for any thread; stages never fail.
 */
public final class SagaSteps {
  /**
   * One authorization per booking, ever (G4): its key at the provider is derived from the booking
   * and this number, and never another number is used.
   */
  private static final int ATTEMPT = 1;

  private final SeatGroups seats;
  private final Directory directory;
  private final Payments payments;
  private final DebtPayer debts;
  private final Duration timeout;

  /**
   * @param timeout of a proposal or a read; the payments have their own
   */
  public SagaSteps(
      SeatGroups seats, Directory directory, Payments payments, DebtPayer debts, Duration timeout) {
    this.seats = seats;
    this.directory = directory;
    this.payments = payments;
    this.debts = debts;
    this.timeout = timeout;
  }

  CompletionStage<? extends SagaAnswer> perform(SagaStep.Outward step) {
    return switch (step) {
      case SagaStep.Check check ->
          check(check.wanted(), check.within()).thenApply(SagaAnswer.Looked::new);
      case SagaStep.Recheck recheck -> recheck(recheck.wanted()).thenApply(SagaAnswer.Looked::new);
      case SagaStep.Authorize authorize ->
          payments.authorize(authorization(authorize.intent())).thenApply(SagaAnswer.Asked::new);
      case SagaStep.KeepHold keep ->
          propose("extend/", keep.wanted(), keep.wanted().extendHold(keep.ttl()))
              .thenApply(SagaAnswer.Proposed::new);
      case SagaStep.Query query ->
          payments.findByBooking(query.intent().bookingId()).thenApply(SagaAnswer.Payments::new);
      case SagaStep.AwaitBuyer wait ->
          payments.findByBooking(wait.intent().bookingId()).thenApply(SagaAnswer.Payments::new);
      case SagaStep.StopWaiting stop ->
          payments
              .voidAuthorization(stop.paymentId(), stop.intent().bookingId())
              .thenApply(SagaAnswer.GivenUp::new);
      case SagaStep.Commit commit ->
          commit(commit.wanted(), commit.price(), commit.paymentId())
              .thenApply(SagaAnswer.Proposed::new);
      case SagaStep.Repeat(var wanted, var booking) ->
          commit(
                  wanted,
                  new Price(booking.getTotalMinor(), booking.getCurrency()),
                  booking.getPaymentId())
              .thenApply(SagaAnswer.Proposed::new);
      case SagaStep.Capture capture ->
          debts.capture(capture.booking()).thenApply(SagaAnswer.Tried::new);
      case SagaStep.Void given ->
          debts.voidAuthorization(given.booking()).thenApply(SagaAnswer.Tried::new);
    };
  }

  /**
   * The look before money is touched. This node's own copy is enough to go on; whatever it would
   * refuse, and what it knows already, is asked for again in a linearizable way, because the copy
   * may lag behind.
   */
  private CompletionStage<Verdict> check(Wanted wanted, Duration within) {
    var group = seats.of(wanted.eventId());
    Function<SeatView, Verdict> query = view -> QuickCheck.of(view, wanted);
    return group
        .readStale(query)
        .thenCompose(
            verdict ->
                verdict instanceof QuickCheck.Go
                    ? CompletableFuture.completedFuture(verdict)
                    : group.read(query, within))
        .thenCompose(verdict -> checkPaymentMethod(verdict, wanted, within))
        .exceptionally(failure -> new QuickCheck.NotSeen());
  }

  private CompletionStage<Verdict> checkPaymentMethod(
      Verdict verdict, Wanted wanted, Duration within) {
    if (!(verdict instanceof QuickCheck.Go go) || go.price().totalMinor() == 0) {
      return CompletableFuture.completedFuture(verdict);
    }
    Function<DirectoryView, Boolean> query =
        view -> view.ownsPaymentMethod(wanted.userId(), wanted.paymentMethodId());
    return directory
        .replica()
        .readStale(query)
        .thenCompose(
            owned ->
                owned ? CompletableFuture.completedFuture(true) : directory.read(query, within))
        .thenApply(
            owned ->
                owned
                    ? verdict
                    : new QuickCheck.No(
                        Refusals.notFound("paymentMethods/" + wanted.paymentMethodId())));
  }

  /** What the log knows by now, whatever became of seats and holds. */
  private CompletionStage<Verdict> recheck(Wanted wanted) {
    return seats
        .of(wanted.eventId())
        .<Verdict>read(view -> QuickCheck.of(view, wanted), timeout)
        .exceptionally(failure -> new QuickCheck.NotSeen());
  }

  static Authorization authorization(Intent intent) {
    var wanted = intent.wanted();
    return new Authorization(
        wanted.name(),
        wanted.bookingId(),
        wanted.userId(),
        ATTEMPT,
        intent.price().totalMinor(),
        intent.price().currency(),
        wanted.paymentMethodId(),
        intent.interactive(),
        intent.atMs());
  }

  /** T4. */
  CompletionStage<SeatOutcome> commit(Wanted wanted, Price price, String paymentId) {
    return propose("commit/", wanted, wanted.commit(price, paymentId));
  }

  /** With a key of the booking's: whatever repeats it, it is done once. */
  private CompletionStage<SeatOutcome> propose(String what, Wanted wanted, SeatCommand command) {
    return seats
        .propose(what + wanted.bookingId(), command, timeout)
        .exceptionally(failure -> new SeatOutcome.Unknown());
  }
}
