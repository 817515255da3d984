package dev.usher.booking;

import dev.usher.booking.Bookings.Booked;
import dev.usher.booking.Bookings.PaymentUnknown;
import dev.usher.booking.Bookings.Refused;
import dev.usher.booking.Bookings.Result;
import dev.usher.booking.Bookings.Unavailable;
import dev.usher.booking.QuickCheck.Verdict;
import dev.usher.booking.Wanted.Price;
import dev.usher.payment.PaymentProvider.AuthorizeOutcome;
import dev.usher.payment.PaymentProvider.Authorized;
import dev.usher.payment.PaymentProvider.Declined;
import dev.usher.payment.PaymentProvider.Found;
import dev.usher.payment.PaymentProvider.Impossible;
import dev.usher.payment.PaymentProvider.Lookup;
import dev.usher.payment.PaymentProvider.NotAnswered;
import dev.usher.payment.PaymentProvider.Payment;
import dev.usher.payment.PaymentProvider.PaymentState;
import dev.usher.payment.PaymentProvider.RequiresAction;
import dev.usher.payment.PaymentProvider.Unanswered;
import dev.usher.replica.Outcome.Reason;
import dev.usher.seats.SeatOutcome;
import dev.usher.seats.proto.BookingRecord;
import dev.usher.seats.proto.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.BehaviorBuilder;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * One booking on its way (BOOKING.md §2), after the session was found valid: a look at the seats,
 * authorization, commit, capture. Money moves only after the seats are committed, and a refused
 * card never comes to a proposal. Two copies may live on two nodes: every step is idempotent, and
 * the log decides. It has no journal: when it dies, what it owes is in the log and is paid by the
 * {@link Reconciler}, which also gives up an authorization that no commit followed.
 *
 * <pre>
 * checking → authorizing ⇄ paymentUnknown
 *    │            └→ committing → capturing → over
 *    └→ repeating ────────┘└────→ voiding ────↗
 * </pre>
 */
final class BookingSaga {
  sealed interface Command {}

  private record Checked(Verdict verdict) implements Command {}

  private record CheckFailed() implements Command {}

  private record AuthorizeAnswered(AuthorizeOutcome outcome) implements Command {}

  private record PaymentsAnswered(Lookup<List<Payment>> payments) implements Command {}

  private record CommitAnswered(SeatOutcome outcome) implements Command {}

  private record DebtAnswered(DebtPayer.Result result) implements Command {}

  private record TryAgain() implements Command {}

  private record PatienceOver() implements Command {}

  private static final Unavailable NO_LEADER =
      new Unavailable("NO_LEADER", "No leader answered in time; try again.");
  private static final Unavailable OUTCOME_UNKNOWN =
      new Unavailable(
          "OUTCOME_UNKNOWN", "The booking is not decided yet; ask again with the same request_id.");

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final ActorRef<BookingDesk.Command> desk;
  private final Wanted order;
  private final SagaSteps steps;
  private final DebtPayer debts;
  private final SagaSettings settings;
  private boolean sawDecline;

  private BookingSaga(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ActorRef<BookingDesk.Command> desk,
      Wanted order,
      SagaShare share) {
    this.context = context;
    this.timers = timers;
    this.desk = desk;
    this.order = order;
    this.steps = share.steps();
    this.debts = share.debts();
    this.settings = share.settings();
  }

  /**
   * @param checkWithin how long the look at the seats may take: as long as the first asker waits
   */
  static Behavior<Command> create(
      ActorRef<BookingDesk.Command> desk, Wanted order, SagaShare share, Duration checkWithin) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new BookingSaga(context, timers, desk, order, share).checking(checkWithin)));
  }

  private Behavior<Command> checking(Duration within) {
    context.pipeToSelf(
        steps.check(order, within),
        (verdict, failure) -> failure == null ? new Checked(verdict) : new CheckFailed());
    return busy(NO_LEADER)
        .onMessage(CheckFailed.class, failed -> leave(NO_LEADER))
        .onMessage(
            Checked.class,
            checked ->
                switch (checked.verdict()) {
                  case QuickCheck.Go go -> firstStep(go.price());
                  case QuickCheck.Existing existing -> repeat(existing.booking());
                  case QuickCheck.No no -> finish(new Refused(no.refusal()));
                })
        .build();
  }

  /**
   * The log knows this booking. Proposing it again with the very same bytes makes the request table
   * tell whether it is the same order (G7), and gives a refused one its refusal again.
   */
  private Behavior<Command> repeat(BookingRecord booking) {
    var differs = QuickCheck.differs(booking, order);
    if (differs.isPresent()) {
      return leave(new Refused(differs.get()));
    }
    var price = new Price(booking.getTotalMinor(), booking.getCurrency());
    pipe(
        steps.commit(order, price, booking.getPaymentId(), settings.stepTimeout()),
        CommitAnswered::new);
    return busy(OUTCOME_UNKNOWN)
        .onMessage(
            CommitAnswered.class,
            answer ->
                switch (answer.outcome()) {
                  case SeatOutcome.Applied applied -> owned(booking);
                  case SeatOutcome.Refused refused ->
                      booking.getVoidOwed()
                          ? voiding(booking, refused.refusal())
                          : finish(new Refused(refused.refusal()));
                  case SeatOutcome.Rejected rejected -> leave(rejected(rejected.reason()));
                  case SeatOutcome.Unknown none -> leave(OUTCOME_UNKNOWN);
                })
        .build();
  }

  private Behavior<Command> firstStep(Price price) {
    timers.startSingleTimer(new PatienceOver(), settings.patience());
    return price.totalMinor() == 0
        ? committing(price, "", settings.firstBackoff())
        : authorizing(price, settings.firstBackoff());
  }

  /** T3. A definite no ends here: no command of this booking is in the log (G5). */
  private Behavior<Command> authorizing(Price price, Duration backoff) {
    pipe(steps.authorize(order, price, settings.stepTimeout()), AuthorizeAnswered::new);
    return busy(paymentUnknownResult())
        .onMessage(
            AuthorizeAnswered.class,
            answer ->
                switch (answer.outcome()) {
                  case Authorized(var paymentId) ->
                      committing(price, paymentId, settings.firstBackoff());
                  case Declined(var code, var message) ->
                      finish(new Refused(Refusals.declined(code, message)));
                  case Impossible(var code, var message) ->
                      finish(new Refused(Refusals.declined(code, message)));
                  // Not asked for yet: authorizations are not interactive.
                  case RequiresAction action -> paymentUnknown(price, backoff);
                  case Unanswered unanswered -> {
                    log("payment", "unknown", unanswered.message());
                    yield paymentUnknown(price, backoff);
                  }
                })
        .build();
  }

  /** Never guessed: the provider is asked what it did, and only if nothing, to do it. */
  private Behavior<Command> paymentUnknown(Price price, Duration backoff) {
    timers.startSingleTimer(new TryAgain(), backoff);
    return busy(paymentUnknownResult())
        .onMessage(
            TryAgain.class,
            again -> {
              pipe(
                  steps.findPayments(order.bookingId(), settings.stepTimeout()),
                  PaymentsAnswered::new);
              return Behaviors.same();
            })
        .onMessage(
            PaymentsAnswered.class,
            answer ->
                switch (answer.payments()) {
                  case NotAnswered<List<Payment>> none ->
                      paymentUnknown(price, settings.after(backoff));
                  case Found<List<Payment>> found -> found(price, backoff, found.value());
                })
        .build();
  }

  /**
   * Whatever was reserved goes to the log, even if it has been given up since: only a booking that
   * can't commit any more is voided, and the log says so. A decline is asked for once more with the
   * same key, which gives the same decline with its code; if that is not to be had, it is a decline
   * all the same (perhaps of another card under this request id).
   */
  private Behavior<Command> found(Price price, Duration backoff, List<Payment> payments) {
    if (payments.stream().anyMatch(p -> p.state() == PaymentState.REQUIRES_ACTION)) {
      return paymentUnknown(price, settings.after(backoff));
    }
    var reserved =
        payments.stream().filter(payment -> payment.state() != PaymentState.DECLINED).findFirst();
    if (reserved.isPresent()) {
      return committing(price, reserved.get().paymentId(), settings.firstBackoff());
    }
    if (!payments.isEmpty() && sawDecline) {
      return finish(new Refused(Refusals.declinedBefore()));
    }
    sawDecline = !payments.isEmpty();
    return authorizing(price, settings.after(backoff));
  }

  /** T4, with the same key until the outcome is known. */
  private Behavior<Command> committing(Price price, String paymentId, Duration backoff) {
    pipe(steps.commit(order, price, paymentId, settings.stepTimeout()), CommitAnswered::new);
    return busy(OUTCOME_UNKNOWN)
        .onMessage(
            CommitAnswered.class,
            answer ->
                switch (answer.outcome()) {
                  case SeatOutcome.Applied applied -> owned(applied.done().getBooking());
                  case SeatOutcome.Refused refused -> lost(paymentId, refused);
                  case SeatOutcome.Rejected(var reason) when reason == Reason.REQUEST_ID_REUSED ->
                      // Perhaps the other order's authorization: the sweep finds out whose it is.
                      leave(rejected(reason));
                  case SeatOutcome.Rejected rejected -> later(backoff);
                  case SeatOutcome.Unknown unknown -> later(backoff);
                })
        .onMessage(TryAgain.class, again -> committing(price, paymentId, settings.after(backoff)))
        .build();
  }

  private Behavior<Command> later(Duration backoff) {
    timers.startSingleTimer(new TryAgain(), backoff);
    return Behaviors.same();
  }

  private Behavior<Command> lost(String paymentId, SeatOutcome.Refused refused) {
    if (paymentId.isEmpty()) {
      return finish(new Refused(refused.refusal()));
    }
    var debt =
        BookingRecord.newBuilder()
            .setEventId(order.eventId())
            .setBookingId(order.bookingId())
            .setPaymentId(paymentId)
            .setRevision(refused.revision())
            .build();
    return voiding(debt, refused.refusal());
  }

  private Behavior<Command> owned(BookingRecord booking) {
    return switch (booking.getState()) {
      case STATE_COMMITTED -> capturing(booking);
      case STATE_CONFIRMED, STATE_CANCELLED -> finish(new Booked(booking));
      case STATE_RELEASED -> finish(new Refused(Refusals.released()));
      case STATE_FENCED, STATE_REJECTED, STATE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalStateException("sold, but " + booking.getState());
    };
  }

  /** T5, T6: tried once; when it can't be done now, the debt is in the log and gets paid. */
  private Behavior<Command> capturing(BookingRecord booking) {
    pipe(debts.capture(booking), DebtAnswered::new);
    var committed = new Booked(booking);
    return busy(committed)
        .onMessage(
            DebtAnswered.class,
            answer ->
                switch (answer.result()) {
                  case DebtPayer.Paid(var paid) -> owned(paid);
                  case DebtPayer.StillOwed(var why) -> {
                    log("capture", "owed", why);
                    yield leave(committed);
                  }
                })
        .build();
  }

  /** The seats went to somebody else, or the fence was faster. */
  private Behavior<Command> voiding(BookingRecord booking, Refusal refusal) {
    pipe(debts.voidAuthorization(booking), DebtAnswered::new);
    var refused = new Refused(refusal);
    return busy(refused).onMessage(DebtAnswered.class, answer -> finish(refused)).build();
  }

  /** Final: the desk may give this answer to repeats. */
  private Behavior<Command> finish(Result result) {
    desk.tell(new BookingDesk.Over(result, true));
    return Behaviors.stopped();
  }

  /** Not final: a repeat must look again. */
  private Behavior<Command> leave(Result result) {
    desk.tell(new BookingDesk.Over(result, false));
    return Behaviors.stopped();
  }

  /**
   * What every state has in common.
   *
   * @param interim the answer for those whose time is up, and for all when patience is over
   */
  private BehaviorBuilder<Command> busy(Result interim) {
    desk.tell(new BookingDesk.Interim(interim));
    return Behaviors.receive(Command.class)
        .onMessage(
            PatienceOver.class,
            over -> {
              log("saga", "left-to-reconciler", interim.getClass().getSimpleName());
              return leave(interim);
            });
  }

  private static Result reused() {
    return new Refused(Refusals.requestIdReused());
  }

  private static Result rejected(Reason reason) {
    return switch (reason) {
      case REQUEST_ID_REUSED -> reused();
      case NO_LEADER -> NO_LEADER;
      case OVERLOADED -> new Unavailable("OVERLOADED", "Too much at once; try again.");
    };
  }

  private PaymentUnknown paymentUnknownResult() {
    return new PaymentUnknown(order.eventId(), order.bookingId());
  }

  private void log(String step, String what, String why) {
    context.getLog().warn("booking={} {}={} reason={}", order.name(), step, what, why);
  }

  /** For stages that never fail. */
  private <T> void pipe(CompletionStage<T> stage, Function<T, Command> message) {
    context.pipeToSelf(
        stage,
        (value, failure) -> {
          if (failure != null) {
            throw new IllegalStateException("a step failed that never fails", failure);
          }
          return message.apply(value);
        });
  }
}
