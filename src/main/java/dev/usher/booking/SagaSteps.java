package dev.usher.booking;

import dev.usher.auth.AuthProtocol;
import dev.usher.auth.AuthProtocol.Authenticate;
import dev.usher.auth.AuthProtocol.AuthenticateReply;
import dev.usher.auth.AuthProtocol.Secret;
import dev.usher.booking.QuickCheck.Verdict;
import dev.usher.booking.Wanted.Price;
import dev.usher.directory.Directory;
import dev.usher.directory.DirectoryView;
import dev.usher.payment.PaymentProtocol;
import dev.usher.payment.PaymentProvider.Authorization;
import dev.usher.payment.PaymentProvider.AuthorizeOutcome;
import dev.usher.payment.PaymentProvider.Lookup;
import dev.usher.payment.PaymentProvider.NotAnswered;
import dev.usher.payment.PaymentProvider.Payment;
import dev.usher.payment.PaymentProvider.Unanswered;
import dev.usher.seats.SeatGroups;
import dev.usher.seats.SeatOutcome;
import dev.usher.seats.SeatView;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/**
 * The steps of a booking that reach out of the room. Every one of them may be repeated: the keys
 * are derived from the booking. Safe for any thread.
 */
public final class SagaSteps {
  /**
   * One authorization per booking, ever (G4): its key at the provider is derived from the booking
   * and this number, and never another number is used.
   */
  private static final int ATTEMPT = 1;

  /** How long an actor may be silent beyond the time it was given. */
  private static final Duration GRACE = Duration.ofMillis(500);

  private final Scheduler scheduler;
  private final ActorRef<AuthProtocol.Request> auth;
  private final ActorRef<PaymentProtocol.Request> payments;
  private final SeatGroups seats;
  private final Directory directory;

  /**
   * @param scheduler of an actor system that outlives the sagas
   */
  public SagaSteps(
      Scheduler scheduler,
      ActorRef<AuthProtocol.Request> auth,
      ActorRef<PaymentProtocol.Request> payments,
      SeatGroups seats,
      Directory directory) {
    this.scheduler = scheduler;
    this.auth = auth;
    this.payments = payments;
    this.seats = seats;
    this.directory = directory;
  }

  SeatGroups seats() {
    return seats;
  }

  /** T0: linearizable, so that a session that was ended on any node is ended here. */
  CompletionStage<AuthenticateReply> authenticate(Secret token, Duration timeout) {
    return AskPattern.<AuthProtocol.Request, AuthenticateReply>ask(
            auth,
            replyTo -> new Authenticate(token, true, timeout, replyTo),
            timeout.plus(GRACE),
            scheduler)
        .exceptionally(
            silent ->
                new AuthProtocol.Refused(
                    "OUTCOME_UNKNOWN", "The session could not be checked in time.", Duration.ZERO));
  }

  /**
   * The look before money is touched. This node's own copy is enough to go on; whatever it would
   * refuse, and what it knows already, is asked for again in a linearizable way, because the copy
   * may lag behind.
   */
  CompletionStage<Verdict> check(Wanted wanted, Duration timeout) {
    var group = seats.of(wanted.eventId());
    Function<SeatView, Verdict> query = view -> QuickCheck.of(view, wanted);
    return group
        .readStale(query)
        .thenCompose(
            verdict ->
                verdict instanceof QuickCheck.Go
                    ? CompletableFuture.completedFuture(verdict)
                    : group.read(query, timeout))
        .thenCompose(verdict -> checkPaymentMethod(verdict, wanted, timeout));
  }

  private CompletionStage<Verdict> checkPaymentMethod(
      Verdict verdict, Wanted wanted, Duration timeout) {
    if (!(verdict instanceof QuickCheck.Go go) || go.price().totalMinor() == 0) {
      return CompletableFuture.completedFuture(verdict);
    }
    Function<DirectoryView, Boolean> query = view -> ownsPaymentMethod(view, wanted);
    return directory
        .replica()
        .readStale(query)
        .thenCompose(
            owned ->
                owned ? CompletableFuture.completedFuture(true) : directory.read(query, timeout))
        .thenApply(
            owned ->
                owned
                    ? verdict
                    : new QuickCheck.No(
                        Refusals.notFound("paymentMethods/" + wanted.paymentMethodId())));
  }

  private static boolean ownsPaymentMethod(DirectoryView view, Wanted wanted) {
    return view.paymentMethod(wanted.paymentMethodId())
        .filter(method -> method.userId().equals(wanted.userId()))
        .isPresent();
  }

  /** T3. Not answering is an outcome: Unanswered. */
  CompletionStage<AuthorizeOutcome> authorize(Wanted wanted, Price price, Duration timeout) {
    var authorization =
        new Authorization(
            wanted.name(),
            wanted.bookingId(),
            wanted.userId(),
            ATTEMPT,
            price.totalMinor(),
            price.currency(),
            wanted.paymentMethodId(),
            false,
            // A saga without a journal does not outlive its key: each request is its first.
            System.currentTimeMillis());
    return AskPattern.<PaymentProtocol.Request, AuthorizeOutcome>ask(
            payments,
            replyTo -> new PaymentProtocol.Authorize(authorization, timeout, replyTo),
            timeout.plus(GRACE),
            scheduler)
        .exceptionally(silent -> new Unanswered("the payment room did not answer in time"));
  }

  CompletionStage<Lookup<List<Payment>>> findPayments(String bookingId, Duration timeout) {
    return AskPattern.<PaymentProtocol.Request, Lookup<List<Payment>>>ask(
            payments,
            replyTo -> new PaymentProtocol.FindByBooking(bookingId, timeout, replyTo),
            timeout.plus(GRACE),
            scheduler)
        .exceptionally(silent -> new NotAnswered<>("the payment room did not answer in time"));
  }

  /** T4. */
  CompletionStage<SeatOutcome> commit(
      Wanted wanted, Price price, String paymentId, Duration timeout) {
    return seats
        .propose("commit/" + wanted.bookingId(), wanted.commit(price, paymentId), timeout)
        .exceptionally(failure -> new SeatOutcome.Unknown());
  }
}
