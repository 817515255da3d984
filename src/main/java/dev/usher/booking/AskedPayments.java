package dev.usher.booking;

import dev.usher.payment.PaymentProtocol;
import dev.usher.payment.PaymentProvider.Authorization;
import dev.usher.payment.PaymentProvider.AuthorizeOutcome;
import dev.usher.payment.PaymentProvider.Lookup;
import dev.usher.payment.PaymentProvider.NotAnswered;
import dev.usher.payment.PaymentProvider.Page;
import dev.usher.payment.PaymentProvider.Payment;
import dev.usher.payment.PaymentProvider.SettleOutcome;
import dev.usher.payment.PaymentProvider.Unanswered;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** {@link Payments} by asking the payment actor. */
final class AskedPayments implements Payments {
  private static final String SILENT = "the payment room did not answer in time";

  /** How long the payment room may be silent beyond the time it was given. */
  private static final Duration GRACE = Duration.ofMillis(500);

  private final Scheduler scheduler;
  private final ActorRef<PaymentProtocol.Request> room;
  private final Duration timeout;

  AskedPayments(Scheduler scheduler, ActorRef<PaymentProtocol.Request> room, Duration timeout) {
    this.scheduler = scheduler;
    this.room = room;
    this.timeout = timeout;
  }

  @Override
  public CompletionStage<AuthorizeOutcome> authorize(Authorization wanted) {
    return this.<AuthorizeOutcome>ask(
        to -> new PaymentProtocol.Authorize(wanted, timeout, to), new Unanswered(SILENT));
  }

  @Override
  public CompletionStage<SettleOutcome> capture(String paymentId, String bookingId) {
    return settle(
        to -> new PaymentProtocol.Capture(paymentId, bookingId, OptionalLong.empty(), timeout, to));
  }

  @Override
  public CompletionStage<SettleOutcome> voidAuthorization(String paymentId, String bookingId) {
    return settle(to -> new PaymentProtocol.VoidAuthorization(paymentId, bookingId, timeout, to));
  }

  @Override
  public CompletionStage<SettleOutcome> refund(
      String paymentId, String bookingId, long amountMinor, int sequence) {
    return settle(
        to -> new PaymentProtocol.Refund(paymentId, bookingId, amountMinor, sequence, timeout, to));
  }

  @Override
  public CompletionStage<Lookup<Optional<Payment>>> find(String paymentId) {
    return lookUp(to -> new PaymentProtocol.Find(paymentId, timeout, to));
  }

  @Override
  public CompletionStage<Lookup<List<Payment>>> findByBooking(String bookingId) {
    return lookUp(to -> new PaymentProtocol.FindByBooking(bookingId, timeout, to));
  }

  @Override
  public CompletionStage<Lookup<List<Payment>>> openAuthorizations(long createdBeforeMs) {
    return lookUp(to -> new PaymentProtocol.ListOpenAuthorizations(createdBeforeMs, timeout, to));
  }

  @Override
  public CompletionStage<Lookup<Page>> list(int limit, String startingAfter) {
    return lookUp(
        to ->
            new PaymentProtocol.ListPayments(Optional.empty(), limit, startingAfter, timeout, to));
  }

  private CompletionStage<SettleOutcome> settle(
      Function<ActorRef<SettleOutcome>, PaymentProtocol.Request> request) {
    return this.<SettleOutcome>ask(request, new Unanswered(SILENT));
  }

  private <T> CompletionStage<Lookup<T>> lookUp(
      Function<ActorRef<Lookup<T>>, PaymentProtocol.Request> request) {
    return this.<Lookup<T>>ask(request, new NotAnswered<>(SILENT));
  }

  private <R> CompletionStage<R> ask(
      Function<ActorRef<R>, PaymentProtocol.Request> request, R silence) {
    return AskPattern.<PaymentProtocol.Request, R>ask(
            room, request::apply, timeout.plus(GRACE), scheduler)
        .exceptionally(silent -> silence);
  }
}
