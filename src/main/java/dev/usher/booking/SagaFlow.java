package dev.usher.booking;

import dev.usher.booking.Bookings.Booked;
import dev.usher.booking.Bookings.Refused;
import dev.usher.booking.Bookings.Result;
import dev.usher.booking.Bookings.Unavailable;
import dev.usher.booking.SagaAnswer.Asked;
import dev.usher.booking.SagaAnswer.GivenUp;
import dev.usher.booking.SagaAnswer.Looked;
import dev.usher.booking.SagaAnswer.Payments;
import dev.usher.booking.SagaAnswer.Proposed;
import dev.usher.booking.SagaAnswer.Tried;
import dev.usher.booking.SagaStep.Authorize;
import dev.usher.booking.SagaStep.AwaitBuyer;
import dev.usher.booking.SagaStep.Capture;
import dev.usher.booking.SagaStep.Check;
import dev.usher.booking.SagaStep.Commit;
import dev.usher.booking.SagaStep.Decline;
import dev.usher.booking.SagaStep.End;
import dev.usher.booking.SagaStep.Intend;
import dev.usher.booking.SagaStep.KeepHold;
import dev.usher.booking.SagaStep.Query;
import dev.usher.booking.SagaStep.Recheck;
import dev.usher.booking.SagaStep.Repeat;
import dev.usher.booking.SagaStep.StopWaiting;
import dev.usher.booking.SagaStep.Void;
import dev.usher.booking.Wanted.Price;
import dev.usher.payment.PaymentProvider.Authorized;
import dev.usher.payment.PaymentProvider.Declined;
import dev.usher.payment.PaymentProvider.Found;
import dev.usher.payment.PaymentProvider.Impossible;
import dev.usher.payment.PaymentProvider.Payment;
import dev.usher.payment.PaymentProvider.PaymentState;
import dev.usher.payment.PaymentProvider.RequiresAction;
import dev.usher.payment.PaymentProvider.Settled;
import dev.usher.payment.PaymentProvider.Unanswered;
import dev.usher.replica.Outcome.Reason;
import dev.usher.seats.SeatOutcome;
import dev.usher.seats.proto.BookingRecord;
import java.time.Duration;
import java.util.List;

/**
 * What a saga does after what (docs/booking.md §2): pure, so that the simulation of the crash
 * matrix runs the very same. Money is reserved only after the intent is in the journal, and moved
 * only after the seats are committed; a refused card never comes to a proposal; what is not known
 * is asked for, never guessed.
 *
 * <pre>
 * check ─→ intend ─→ authorize ⇄ query ←─ recheck (a saga that was woken up)
 *   │                  │  └→ awaitBuyer ⇄ stopWaiting
 *   │                  ├→ decline ─→ end
 *   └→ repeat ─┐   commit ─→ capture ─→ end
 *              └──────┴───→ void ────↗
 * </pre>
 *
 * Before a wait, for the buyer or for an answer that did not come, the hold is kept for the payment
 * (keepHold).
 */
final class SagaFlow {
  private final SagaSettings settings;
  private final HoldKeeper holds;

  SagaFlow(SagaSettings settings) {
    this.settings = settings;
    this.holds = new HoldKeeper(settings);
  }

  /** The first step of a saga that comes back. */
  SagaStep resume(Intent intent) {
    return new Recheck(intent, Duration.ZERO, false);
  }

  /**
   * The step after one that was done.
   *
   * @param nowMs milliseconds since 1970
   */
  SagaStep next(SagaStep done, SagaAnswer answer, long nowMs) {
    return switch (done) {
      case Check check -> checked(check, ((Looked) answer).verdict(), nowMs);
      case Intend(var intent) -> new Authorize(intent, settings.firstBackoff());
      case Recheck recheck -> rechecked(recheck, ((Looked) answer).verdict());
      case Authorize authorize -> asked(authorize, (Asked) answer);
      case KeepHold keep -> holds.after(keep, ((Proposed) answer).outcome());
      case Query query -> found(query.intent(), query.pause(), (Payments) answer, nowMs);
      case AwaitBuyer wait -> found(wait.intent(), wait.pause(), (Payments) answer, nowMs);
      case StopWaiting stop -> stopped(stop, (GivenUp) answer);
      case Decline decline -> new End(decline.wanted(), decline.interim(), true, false);
      case Commit commit -> proposed(commit, ((Proposed) answer).outcome());
      case Repeat repeat -> repeated(repeat, ((Proposed) answer).outcome());
      case Capture capture -> captured(capture, ((Tried) answer).result());
      case Void given -> finish(given.wanted(), given.interim());
      case End end -> throw new IllegalStateException("nothing comes after the end");
    };
  }

  private SagaStep checked(Check check, QuickCheck.Verdict verdict, long nowMs) {
    var wanted = check.wanted();
    return switch (verdict) {
      case QuickCheck.Go(var price) ->
          price.totalMinor() == 0
              ? commit(wanted, price, "")
              : new Intend(new Intent(wanted, price, nowMs, check.interactive()));
      case QuickCheck.Existing(var booking) -> repeat(wanted, booking);
      case QuickCheck.No(var refusal) -> finish(wanted, new Refused(refusal));
      case QuickCheck.NotSeen none -> leave(wanted, SagaStep.NO_LEADER);
    };
  }

  /** The provider is asked before it is told anything: the dead saga may have come that far. */
  private SagaStep rechecked(Recheck recheck, QuickCheck.Verdict verdict) {
    var intent = recheck.intent();
    return switch (verdict) {
      case QuickCheck.Existing(var booking) -> repeat(intent.wanted(), booking);
      case QuickCheck.NotSeen none ->
          new Recheck(intent, settings.after(recheck.pause()), recheck.voided());
      case QuickCheck.Go go -> notInTheLog(recheck);
      case QuickCheck.No no -> notInTheLog(recheck);
    };
  }

  private SagaStep notInTheLog(Recheck recheck) {
    return recheck.voided()
        ? declineForWaiting(recheck.intent())
        : holds.before(new Query(recheck.intent(), Duration.ZERO));
  }

  /** Only a payment that waited for its buyer in vain is given up without a word in the log. */
  private static SagaStep declineForWaiting(Intent intent) {
    return new Decline(
        intent,
        "authentication_required",
        "The card was not authenticated in time; pay anew with a new request_id.");
  }

  private SagaStep repeat(Wanted wanted, BookingRecord booking) {
    return QuickCheck.differs(booking, wanted)
        .<SagaStep>map(refusal -> new End(wanted, new Refused(refusal), false, true))
        .orElseGet(() -> new Repeat(wanted, booking));
  }

  /** T3. A definite no ends here: no command of this booking is in the log (G5). */
  private SagaStep asked(Authorize authorize, Asked asked) {
    var intent = authorize.intent();
    return switch (asked.outcome()) {
      case Authorized(var paymentId) -> commit(intent.wanted(), intent.price(), paymentId);
      case Declined(var code, var message) -> new Decline(intent, code, message);
      case Impossible(var code, var message) -> new Decline(intent, code, message);
      case RequiresAction(var paymentId, var uri) ->
          holds.before(new AwaitBuyer(intent, paymentId, uri, settings.buyerPoll()));
      case Unanswered none -> holds.before(new Query(intent, authorize.backoff()));
    };
  }

  /**
   * Whatever was reserved goes to the log. What was given up since is in the log, too, or was given
   * up while it waited for its buyer. If the provider has nothing, it is asked again with the same
   * key.
   */
  private SagaStep found(Intent intent, Duration pause, Payments answer, long nowMs) {
    if (!(answer.payments() instanceof Found<List<Payment>>(var payments))) {
      return new Query(intent, settings.after(pause));
    }
    var best =
        payments.stream()
            .filter(payment -> payment.state() != PaymentState.DECLINED)
            .findFirst()
            .or(() -> payments.stream().findFirst());
    if (best.isEmpty()) {
      return new Authorize(intent, settings.after(pause));
    }
    var payment = best.get();
    return switch (payment.state()) {
      case REQUIRES_ACTION -> waiting(intent, payment, nowMs);
      case DECLINED -> {
        var code = payment.declineCode().orElse("generic_decline");
        yield new Decline(intent, code, Refusals.declinedMessage(code));
      }
      case VOIDED -> new Recheck(intent, Duration.ZERO, true);
      case AUTHORIZED, CAPTURED, REFUNDED ->
          commit(intent.wanted(), intent.price(), payment.paymentId());
    };
  }

  private SagaStep waiting(Intent intent, Payment payment, long nowMs) {
    return nowMs - intent.atMs() > settings.buyerPatience().toMillis()
        ? new StopWaiting(intent, payment.paymentId())
        : new AwaitBuyer(
            intent, payment.paymentId(), payment.nextActionUri().orElse(""), settings.buyerPoll());
  }

  private SagaStep stopped(StopWaiting stop, GivenUp given) {
    var intent = stop.intent();
    return switch (given.outcome()) {
      case Settled settled -> declineForWaiting(intent);
      case Impossible none -> new Query(intent, settings.firstBackoff());
      case Unanswered none -> new Query(intent, settings.firstBackoff());
    };
  }

  private SagaStep commit(Wanted wanted, Price price, String paymentId) {
    return new Commit(wanted, price, paymentId, Duration.ZERO, settings.firstBackoff());
  }

  /** T4. */
  private SagaStep proposed(Commit commit, SeatOutcome outcome) {
    var wanted = commit.wanted();
    return switch (outcome) {
      case SeatOutcome.Applied applied -> owned(wanted, applied.done().getBooking());
      case SeatOutcome.Refused refused -> lost(commit, refused);
      case SeatOutcome.Rejected(var reason) when reason == Reason.REQUEST_ID_REUSED ->
          // Perhaps the other order's authorization: the sweep finds out whose it is.
          new End(wanted, rejected(reason), false, true);
      case SeatOutcome.Rejected rejected -> again(commit);
      case SeatOutcome.Unknown unknown -> again(commit);
    };
  }

  private SagaStep again(Commit commit) {
    return new Commit(
        commit.wanted(),
        commit.price(),
        commit.paymentId(),
        commit.backoff(),
        settings.after(commit.backoff()));
  }

  private static SagaStep lost(Commit commit, SeatOutcome.Refused refused) {
    var wanted = commit.wanted();
    if (commit.paymentId().isEmpty()) {
      return finish(wanted, new Refused(refused.refusal()));
    }
    var debt =
        BookingRecord.newBuilder()
            .setEventId(wanted.eventId())
            .setBookingId(wanted.bookingId())
            .setPaymentId(commit.paymentId())
            .setRevision(refused.revision())
            .build();
    return new Void(wanted, debt, refused.refusal());
  }

  private static SagaStep repeated(Repeat repeat, SeatOutcome outcome) {
    var wanted = repeat.wanted();
    return switch (outcome) {
      case SeatOutcome.Applied applied -> owned(wanted, repeat.booking());
      case SeatOutcome.Refused(var revision, var refusal) ->
          repeat.booking().getVoidOwed()
              ? new Void(wanted, repeat.booking(), refusal)
              : finish(wanted, new Refused(refusal));
      case SeatOutcome.Rejected(var reason) -> {
        boolean reused = reason == Reason.REQUEST_ID_REUSED;
        yield new End(wanted, rejected(reason), false, reused);
      }
      case SeatOutcome.Unknown none -> leave(wanted, SagaStep.OUTCOME_UNKNOWN);
    };
  }

  private static SagaStep owned(Wanted wanted, BookingRecord booking) {
    return switch (booking.getState()) {
      case STATE_COMMITTED -> new Capture(wanted, booking);
      case STATE_CONFIRMED, STATE_CANCELLED -> finish(wanted, new Booked(booking));
      case STATE_RELEASED -> finish(wanted, new Refused(Refusals.released()));
      case STATE_FENCED, STATE_REJECTED, STATE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalStateException("sold, but " + booking.getState());
    };
  }

  /** T5, T6: tried once; when it can't be done now, the debt is in the log and gets paid. */
  private static SagaStep captured(Capture capture, DebtPayer.Result result) {
    return switch (result) {
      case DebtPayer.Paid(var paid) -> owned(capture.wanted(), paid);
      case DebtPayer.StillOwed owed -> new End(capture.wanted(), capture.interim(), false, true);
    };
  }

  /** Final: this answer may be given to repeats. */
  private static SagaStep finish(Wanted wanted, Result result) {
    return new End(wanted, result, true, true);
  }

  /** Not final, and not settled: a repeat, or the sweep, must look again. */
  private static SagaStep leave(Wanted wanted, Result result) {
    return new End(wanted, result, false, false);
  }

  private static Result rejected(Reason reason) {
    return switch (reason) {
      case REQUEST_ID_REUSED -> new Refused(Refusals.requestIdReused());
      case NO_LEADER -> SagaStep.NO_LEADER;
      case OVERLOADED -> new Unavailable("OVERLOADED", "Too much at once; try again.");
      case DISK_FULL ->
          new Unavailable("DISK_FULL", "The disk is full; try again when there is space.");
    };
  }
}
